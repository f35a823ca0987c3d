import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import type { ClientId } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { configFile } from './parts/add-line.ts';
import { credentialLines, plannedRegistry, userFileStep } from './parts/config-lines.ts';
import { failingRequest, tokenOpensIt } from './parts/failing-request.ts';
import { keptKeyVerdict } from './parts/kept-key.ts';
import { neededRights } from './parts/needed-rights.ts';
import { refusedReference } from './parts/refused-reference.ts';
import { seenLine } from './parts/seen.ts';
import { uncoveredRequest } from './parts/uncovered.ts';
import { writtenOut } from './parts/written-out.ts';

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
    if (!refusedReference(clues)) return ruledOut;
    if (!needsToken(clues)) return { kind: 'confirmed', because: ['configuration'] };
    const uncovered = uncoveredRequest(clues);
    if (uncovered) return keptKeyVerdict(uncovered, clues);
    const request = failingRequest(clues);
    const isOpen = clues.access !== null && clues.access.faults['credential-uncovered'] !== 'always';
    return request && isOpen && !tokenOpensIt(request)
      ? { kind: 'possible', because: ['configuration', request.kind], decidedBy: reader }
      : { kind: 'confirmed', because: ['configuration', request?.kind ?? 'metadata'] };
  },
  state(clues) {
    const problem = refusedReference(clues);
    if (!problem) throw new Error('no reference is refused');
    const { setting } = problem;
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
      : credentialLines(clues, clues.github?.registry.url ?? mapped ?? setting.key);
    const place = setting.source.kind === 'file' ? setting.source.path : writing.file;
    const onGitHub = clues.run.environment.provider === 'github';
    const rights = neededRights(clues);
    if (onGitHub && place === configFile(clues.run) && /:_authToken$/.test(setting.key))
      return {
        title: titleOf(client, problem, place),
        seen: seenLine(clues, 'configuration'),
        location: setting.source,
        remedy: {
          who: 'whoever maintains the workflow',
          summary: `make ${place} the file of the user for each step that ${rights.does}`,
          steps: [
            userFileStep(place, rights),
            'or let the job call npmrc-preflight without `verify`: it then writes the line itself',
          ],
        },
      };
    return {
      title: titleOf(client, problem, place),
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
        ...(isRegistry
          ? writtenOut(clues, setting, line)
          : { edit: { file: configFile(clues.run), line: null, before: null, after: line } }),
      },
    };
  },
};

const reader = 'the same request with a token that may read the package';

function titleOf(
  { name, version }: ClientId,
  { variable, why }: NonNullable<ReturnType<typeof refusedReference>>,
  place: string,
): string {
  return `${name} ${version} ignores \${${variable}} in ${place}: ${why}`;
}

function needsToken({ case: { result } }: Clues): boolean {
  return result.kind !== 'client-stops' && result.kind !== 'asks-public-registry';
}
