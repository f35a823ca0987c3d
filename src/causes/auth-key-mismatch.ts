import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import type { KeyNearMiss } from '../domain/credential.ts';
import { changeLine, configFile } from './parts/add-line.ts';
import { linesInPlaceOf, tarballLine, tokenSteps } from './parts/config-lines.ts';
import { seenLine } from './parts/seen.ts';
import { isGivenByCi } from './parts/token-of-server.ts';
import { uncoveredRequest, uncoveredVerdict } from './parts/uncovered.ts';

const differences: Readonly<Record<KeyNearMiss['differs'], string>> = {
  host: 'another host',
  port: 'another port',
  'relative-root': 'another relative root',
  'final-slash': 'no final slash',
  case: 'other upper and lower case',
  scheme: 'a scheme in it',
  prefix: 'another prefix',
  'parent-path': 'a shorter path',
};

/** A key that was meant for the URL differs from it by host, port, relative root, slash or case (measured: clients.md k07-k27, k46, k48). */
export const authKeyMismatch: Cause = {
  code: 'NP104',
  slug: 'auth-key-mismatch',
  title: 'the credential key differs from the URL by host, port, relative root, slash or case',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token', 'job', 'dist-tags'],
  example: 'auth-key-mismatch',
  weigh(clues) {
    const uncovered = uncoveredRequest(clues);
    if (!uncovered?.mistyped) return ruledOut;
    return uncoveredVerdict(uncovered, clues);
  },
  state(clues) {
    const uncovered = uncoveredRequest(clues);
    const near = uncovered?.mistyped;
    const url = uncovered?.request.url ?? 'https://server.example/';
    const isParent = near?.differs === 'parent-path';
    const variable = near && uncovered.token !== 'proven' ? variableOf(near, clues) : undefined;
    const right =
      isParent || uncovered?.request.kind === 'metadata'
        ? linesInPlaceOf(
            clues,
            isParent ? '' : (near?.key ?? ''),
            clues.case.target.registry.url ?? url,
            variable,
          )
        : tarballLine(clues, url, variable);
    const written = near ? `${near.key}` : '';
    const usual = near?.differs === 'port' ? usualPort(near.key, url) : null;
    const { client } = clues.run.client;
    return {
      title: usual
        ? `the key ${written} is never looked up: ${client.name} ${client.version} leaves ${usual}, the usual port, out of the address`
        : `the key ${written} does not match ${uncovered?.request.kind === 'tarball' ? url : (clues.case.target.registry.url ?? url)}: ${near && hasReference(near) ? `${client.name} ${client.version} replaces no variable in a key` : `it has ${near ? differences[near.differs] : 'another form'}`}${isParent ? `, and ${client.name} ${client.version} looks up the registry's own key only` : ''}`,
      seen: seenLine(clues, 'configuration'),
      location: near?.source ?? null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: isParent
          ? "add the key of the registry's own address"
          : 'write the key as the URL is written',
        steps: [
          'a key is the URL without its scheme: host, port when it is not the default one, relative root and path, with the final slash',
          ...(usual ? [`leave ${usual} out of the registry's address too`] : []),
          ...(variable === undefined
            ? tokenSteps(clues, uncovered?.request.kind === 'tarball' && !isParent ? url : undefined)
            : []),
        ],
        // The shorter key stays: other requests may rest on it
        edit:
          near && !isParent
            ? changeLine(clues.run, near.source, `${written}=…`, right)
            : { file: configFile(clues.run), line: null, before: null, after: right },
      },
    };
  },
};

function hasReference({ key, differs }: KeyNearMiss): boolean {
  return differs === 'host' && /\$\{?\w/.test(key);
}

/** The variable that a key refers to, where it is not the job's own token: whoever wrote it meant that one, and nothing shows that the job's would do. */
function variableOf({ key, differs }: KeyNearMiss, { run }: Clues): string | undefined {
  // what another host is given stays there
  if (differs === 'host') return undefined;
  const [only, another] = run.client.settings.find((setting) => setting.key === key)?.variables ?? [];
  if (only === undefined || another !== undefined || only.state !== 'set') return undefined;
  // which token the CI has for a server, the server tells
  return isGivenByCi(only.name) || only.name === run.environment.credential.variable ? undefined : only.name;
}

/** `:443` or `:80` where a key has it and it is the usual port of the URL's scheme (measured: k17, k19, k46). */
function usualPort(key: string, url: string): string | null {
  const port = /^\/\/(?:\[[^\]]*\]|[^/:]+)(:\d+)\//.exec(key)?.[1] ?? null;
  const { protocol, port: asked } = new URL(url);
  return asked === '' && port === (protocol === 'https:' ? ':443' : ':80') ? port : null;
}
