import type { Clues } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { prefixOf } from '../../domain/prefix.ts';
import type { Remedy } from '../../domain/remedy.ts';
import { formatSource, type Source } from '../../domain/source.ts';
import { addLine, changeLine, isNested, referenceTo } from './add-line.ts';
import { changeSetting } from './change-setting.ts';
import { credentialLine } from './config-lines.ts';
import { variableFor } from './token-of-server.ts';

/** Where a user with a password stands, and what was asked with it. `registry` is the URL of the case's registry. */
interface Login {
  key: string;
  source: Source;
  registry: string;
  url: string;
}

/**
 * How a bearer token takes the place of a user with a password: under a key of its address, in the URL of a registry, without an address, or in a nested
 * file. One edit where one line does.
 */
export function bearerInstead(clues: Clues, login: Login): Pick<Remedy, 'steps' | 'edit'> {
  const { run } = clues;
  const { key, source, registry, url } = login;
  const variable = variableFor(run, url, scopeOf(clues.case.target.dependency.name));
  const line = credentialLine(clues, registry);
  const file = source.kind === 'file' ? source.path : null;
  const isInUrl = /(?:^|[:.])(?:registry|url|npmRegistryServer)$/i.test(key);
  if (isInUrl || (key.startsWith('install.') && !/\.(?:password|username|token)$/.test(key))) {
    const clean = `take user and password out of the URL at ${formatSource(source)}`;
    return file === null || isNested(file)
      ? { steps: [takes(login, `${clean}, and add the line`)], edit: addLine(run, line) }
      : {
          steps: [takes(login, `${clean}, and write the token under a key of its own`)],
          edit: changeLine(run, source, `${key}=…`, `${key}=${registry}\n${line}`),
        };
  }
  if (file !== null && /\.(?:ya?ml|toml)$/i.test(file)) {
    const own = key.replace(/[^.]*$/, /\.toml$/i.test(file) ? 'token' : 'npmAuthToken');
    const { steps, ...change } = changeSetting(
      run,
      { source, key, written: '…' },
      { key: own, text: referenceTo(run, source, variable) },
      ['username', 'password'],
    );
    return {
      steps: [
        takes(login, `replace the setting${/\.password$/.test(key) ? ', and take username out' : ''}`),
        ...steps,
      ],
      ...change,
    };
  }
  const other = key.endsWith('_password') ? ', and take the one with username out' : '';
  const bearer = key.startsWith('//') ? `${key.replace(/:[^:]*$/, '')}:_authToken=\${${variable}}` : line;
  const isNpmrc = run.client.writing.file === '.npmrc';
  return {
    steps: [takes(login, `replace the line${other}`)],
    edit: isNpmrc ? changeLine(run, source, `${key}=…`, bearer) : addLine(run, line),
  };
}

function takes(login: Login, what: string): string {
  return isOfGitLab(login)
    ? `GitLab's npm registry takes bearer tokens only: ${what}`
    : `where ${new URL(login.url).host} takes a bearer token: ${what}`;
}

/** Whether the server is known to take no user with a password for packages, right as they may be. */
export function isOfGitLab({ registry, url }: Pick<Login, 'registry' | 'url'>): boolean {
  return prefixOf(registry) !== null || prefixOf(url) !== null;
}
