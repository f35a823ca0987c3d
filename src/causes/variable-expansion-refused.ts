import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import type { ConfigProblem } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { sameSource } from '../domain/source.ts';
import { configFile } from './parts/add-line.ts';
import { credentialLines, plannedRegistry } from './parts/config-lines.ts';
import { failingRequest } from './parts/failing-request.ts';
import { hostOfKey } from './parts/host-of-key.ts';
import { seenLine } from './parts/seen.ts';
import { uncoveredRequest } from './parts/uncovered.ts';

type Refused = Extract<ConfigProblem, { kind: 'refused-expansion' }>;

/** This client's version takes no `${VARIABLE}` from the project's own file (measured: clients.md, defaults 2; n11, n12, q17), or from the setting that holds the token (pnpm's `_auth`). */
export const variableExpansionRefused: Cause = {
  code: 'NP106',
  slug: 'variable-expansion-refused',
  title: 'this version of the client ignores references to variables in a file of the project',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token', 'job'],
  hides: [
    'scope-not-mapped',
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
    'variable-unset',
    'malformed-rc-line',
    'token-missing',
    'token-rejected',
  ],
  example: 'variable-expansion-refused',
  weigh(clues) {
    if (!refused(clues)) return ruledOut;
    if (!needsToken(clues)) return { kind: 'confirmed', because: ['configuration'] };
    const uncovered = uncoveredRequest(clues);
    if (!uncovered)
      return { kind: 'confirmed', because: ['configuration', failingRequest(clues)?.kind ?? 'metadata'] };
    return uncovered.token === 'untested'
      ? {
          kind: 'possible',
          because: [uncovered.request.kind],
          decidedBy: 'the same request with a token',
        }
      : { kind: 'confirmed', because: ['configuration', `${uncovered.request.kind}-with-token`] };
  },
  state(clues) {
    const problem = refused(clues);
    if (!problem) throw new Error('no reference is refused');
    const { setting, variable } = problem;
    const { client, writing } = clues.run.client;
    const { registry, dependency } = clues.case.target;
    const mapped = plannedRegistry(clues.run, dependency.name) ?? registry.url;
    const isRegistry =
      /(?:^|:)registry$/.test(setting.key) || !/auth|password|token|ident/i.test(setting.key);
    const line = isRegistry
      ? writing.registry(
          scopeOf(dependency.name),
          mapped ?? 'https://gitlab.example.com/api/v4/packages/npm/',
        )
      : credentialLines(clues, mapped ?? setting.key);
    const place = setting.source.kind === 'file' ? setting.source.path : writing.file;
    return {
      title: `${client.name} ${client.version} ignores \${${variable}} in ${place}: ${problem.why}`,
      seen: seenLine(clues, 'configuration'),
      location: setting.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: isRegistry ? 'write the URL out' : 'give the credential in a file of the user',
        steps: isRegistry
          ? [`write the URL out in ${place}: a registry's address is no secret`]
          : [
              `put the line into ${configFile(clues.run)}, which is a file of the user and may refer to variables`,
              ...(place === '.npmrc'
                ? [
                    `or set NPM_CONFIG_USERCONFIG to the path of ${place} in the job: it then counts as the user's file`,
                  ]
                : []),
            ],
        edit:
          isRegistry && setting.source.kind === 'file'
            ? { file: place, line: setting.source.line, before: `${setting.key}=…`, after: line }
            : { file: configFile(clues.run), line: null, before: null, after: line },
      },
    };
  },
};

/** The setting that this case's request would have rested on. */
function refused(clues: Clues): Refused | null {
  const { result, target } = clues.case;
  const problems = clues.run.client.problems.filter((problem) => problem.kind === 'refused-expansion');
  if (result.kind === 'client-stops')
    return problems.find(({ setting }) => sameSource(setting.source, result.stop.source)) ?? null;
  const scope = scopeOf(target.dependency.name);
  if (result.kind === 'asks-public-registry') {
    const key = scope === null ? 'registry' : `${scope}:registry`;
    return problems.find(({ setting }) => setting.key === key) ?? null;
  }
  const sent = failingRequest(clues)?.credential;
  if (sent?.kind === 'unresolved')
    return problems.find(({ setting }) => sameSource(setting.source, sent.source)) ?? null;
  const uncovered = uncoveredRequest(clues);
  if (!uncovered) return null;
  const { host } = new URL(uncovered.request.url);
  return problems.find(({ setting }) => hostOfKey(setting.key) === host) ?? null;
}

function needsToken({ case: { result } }: Clues): boolean {
  return result.kind !== 'client-stops' && result.kind !== 'asks-public-registry';
}
