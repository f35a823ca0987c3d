import { type Cause, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import { registryKey } from '../domain/registry-key.ts';
import type { Setting } from '../domain/setting.ts';
import { formatSource } from '../domain/source.ts';
import { addLine, configFile, referenceLine, referenceTo, writtenLine } from './parts/add-line.ts';
import { changeSetting } from './parts/change-setting.ts';
import { tokenInAddress } from './parts/token-in-address.ts';
import { isHomeOf, isOfJobsGitLab, isThere, variableFor } from './parts/token-of-server.ts';
import { fieldOfKey, scopeOfKey, urlOfKey } from './parts/url-of-key.ts';

/** A literal token stands in a file of the checkout: whoever reads the repository has it. */
export const tokenInFile: Cause = {
  code: 'NP115',
  slug: 'token-in-file',
  title: 'a literal token stands in a file of the checkout',
  severity: 'warning',
  needs: [],
  example: 'token-in-file',
  weigh: () => ruledOut,
  state() {
    throw new Error('this cause only stands on the configuration');
  },
  inspect(run) {
    const ofSettings = run.client.problems.flatMap((problem) =>
      problem.kind === 'literal-token' && problem.setting.source.kind === 'file'
        ? [statementOf(run, problem.setting)]
        : [],
    );
    const ofLockfile = tokenInAddress(run);
    return [...ofSettings, ...(ofLockfile ? [ofLockfile] : [])].map((statement) => ({
      severity: 'warning',
      packages: [],
      statement,
    }));
  },
};

function statementOf(run: RunFacts, { source, key, written }: Setting): Statement {
  const url = urlOfKey(run, key);
  const isOwn = url !== null && (isOfJobsGitLab(run, url) || isHomeOf(run, 'GITHUB_TOKEN', url));
  // GitLab and GitHub take the token alone; what else takes a user and a password may need both
  const isLogin = fieldOfKey(key) === 'login' && !isOwn;
  const variable = isLogin ? 'NPM_LOGIN' : variableFor(run, url, scopeOfKey(key));
  const file = source.kind === 'file' ? source.path : formatSource(source);
  const before = writtenLine(source, key, written);
  const right = isLogin ? keyedKey(file, key, url) : tokenKey(keyedKey(file, key, url));
  const { client, writing } = run.client;
  const after = referenceLine(source, right ?? `//host/path/:${key}`, variable);
  const { steps, ...change } = changeSetting(
    run,
    { source, key, written },
    { key: right ?? key, text: referenceTo(run, source, variable) },
    isLogin ? [] : ['username', 'password'],
  );
  return {
    title: `${file} holds a literal token`,
    seen: before,
    location: source,
    remedy: {
      who: 'the owner of the token',
      summary: `revoke the token and refer to a variable`,
      steps: [
        'revoke it first: it stays in the history of the repository',
        isLogin
          ? `make a new one, keep it as a secret of the CI under a name like ${variable}, in the form in which it stands here, and refer to that: the job's own token is for another server`
          : isThere(run, variable)
            ? `then refer to a variable of the job; \${${variable}} is there already`
            : isOwn
              ? `then refer to a variable like ${variable}, which has no value in this step: pass it to each step that installs`
              : `make a new one, keep it as a secret of the CI under a name like ${variable}, and refer to that: the job's own token is for another server`,
        ...(right === key
          ? []
          : right === null
            ? [`write it with the address of the registry that it is for in its key: ${after}`]
            : [
                `the key is that of the registry's address, with the token alone${key.endsWith('_password') ? ': the line with username goes too' : ''}`,
              ]),
        ...(writing.credentialsInProject
          ? []
          : [
              `${client.name} ${client.version} takes no reference from a file of the project: take the line out of ${file}, and put the new one into ${configFile(run)}`,
            ]),
        ...(right !== null && writing.credentialsInProject ? steps : []),
      ],
      ...(right === null ? {} : writing.credentialsInProject ? change : { edit: addLine(run, after) }),
    },
  };
}

/**
 * A key with the address of its registry: npm 9 and later end at one without (measured: a08-a11). The nested files of Yarn 2+ and Bun have it beside
 * the token. `null` where the registry is the client's default, which no setting names.
 */
function keyedKey(file: string, key: string, url: string | null): string | null {
  if (/\.(?:ya?ml|toml)$/i.test(file)) return key;
  // a protocol behind the slashes is never looked up
  if (key.startsWith('//')) return key.replace(/^\/\/https?:\/\//i, '//');
  return url === null ? null : `${registryKey(url)}:${key.slice(key.lastIndexOf(':') + 1)}`;
}

/** The key of a token in place of the one of a user and password. */
function tokenKey(key: string | null): string | null {
  return (
    key
      ?.replace(/:_(?:auth|password)$/, ':_authToken')
      .replace(/\.npmAuthIdent$|^npmAuthIdent$/, (field) => field.replace('Ident', 'Token'))
      .replace(/\.(?:username|password)$/, '.token') ?? null
  );
}
