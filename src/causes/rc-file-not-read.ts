import { type Cause, type RunFacts, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { prefixUrl } from '../domain/prefix.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { addLine, configFile } from './parts/add-line.ts';
import { credentialLines, fileSteps, plannedRegistry, tokenSteps } from './parts/config-lines.ts';
import { hostOfKey } from './parts/host-of-key.ts';
import { type Ignored, ignoredFile, shownPath } from './parts/ignored-file.ts';
import { keptKeyVerdict } from './parts/kept-key.ts';
import { type LostDefault, lostDefaults, lostScopes } from './parts/lost-default.ts';
import { seenLine } from './parts/seen.ts';
import { isGivenByCi, isHomeOf } from './parts/token-of-server.ts';
import { uncoveredRequest } from './parts/uncovered.ts';

/** The setting that is missing stands in a file that this client does not read (measured: clients.md y01, w02-w05). */
export const rcFileNotRead: Cause = {
  code: 'NP107',
  slug: 'rc-file-not-read',
  title: 'the client does not read the file that holds the setting',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token', 'job'],
  hides: [
    'scope-not-mapped',
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
    'remote-tarball-refused',
  ],
  example: 'rc-file-not-read',
  inspect: (run, cases) => [
    ...lostDefaults(run, cases)
      .filter(({ unset }) => unset === null)
      .map((lost) =>
        inPlace(run, lost, null, `${lost.path} has registry, and a credential is kept for its host`),
      ),
    ...lostScopes(run, cases).map((lost) =>
      inPlace(run, lost, lost.scope, `${lost.path} has ${lost.scope}:registry`),
    ),
  ],
  weigh(clues) {
    if (!ignoredFile(clues)) return ruledOut;
    const uncovered = uncoveredRequest(clues);
    return uncovered ? keptKeyVerdict(uncovered, clues) : { kind: 'confirmed', because: ['configuration'] };
  },
  state(clues) {
    const problem = ignoredFile(clues);
    if (!problem) throw new Error('every file is read');
    const { client, writing } = clues.run.client;
    const { registry, dependency, prefix } = clues.case.target;
    const scope = scopeOf(dependency.name);
    const planned = plannedRegistry(clues.run, dependency.name);
    const written = scope === null ? undefined : problem.registries?.get(scope);
    const isElsewhere =
      /^https?:\/\/[\w.-]/i.test(written ?? '') && !sameOrigin(written ?? '', planned ?? '');
    const mapped =
      registry.url ?? (isElsewhere ? written : planned) ?? written ?? (prefix && prefixUrl(prefix));
    const url = mapped ?? 'https://gitlab.example.com/api/v4/packages/npm/';
    const variable = filledVariable(clues.run, problem, url);
    const lines = [
      ...(registry.url === null && writing.file === '.npmrc' ? [writing.registry(scope, url)] : []),
      credentialLines(clues, url, variable),
    ].join('\n');
    const path = shownPath(clues.run, problem.file.path);
    const isMapped = problem.keys?.includes(scope === null ? 'registry' : `${scope}:registry`);
    return {
      title: problem.partly
        ? `${client.name} ${client.version} passes over ${problem.keys?.join(', ')} in ${path}`
        : `${client.name} ${client.version} does not read ${path}, where ${isMapped ? `${scope ?? dependency.name} is set up` : `the credential of ${scope ?? dependency.name} stands`}`,
      seen:
        registry.url === null ? `${path} has ${problem.keys?.join(', ')}` : seenLine(clues, 'configuration'),
      location: problem.source ?? { kind: 'file', path, line: 1 },
      remedy: {
        who: 'whoever maintains this repository',
        summary: `say it in ${configFile(clues.run)}`,
        steps: [
          ...(problem.file.why ? [problem.file.why] : []),
          `add the lines to ${configFile(clues.run)}, in the form that ${client.name} takes`,
          ...(variable === undefined ? tokenSteps(clues, url) : fileSteps(clues)),
        ],
        edit: addLine(clues.run, lines),
      },
    };
  },
};

/** The variable with a value that the file itself refers to for a server: its line can be taken over as it stands. */
function filledVariable(run: RunFacts, { variables }: Ignored, url: string): string | undefined {
  const host = URL.parse(url)?.host;
  return [...(variables ?? [])].find(
    ([key, name]) =>
      hostOfKey(key) === host &&
      run.variables.includes(name) &&
      (!isGivenByCi(name) || isHomeOf(run, name, url)),
  )?.[1];
}

/** What is said of a registry that only a file names which the client passes over; for one scope, or for all packages. */
function inPlace(
  run: RunFacts,
  { path, registry, why }: Pick<LostDefault, 'path' | 'registry' | 'why'>,
  scope: string | null,
  seen: string,
): ReturnType<NonNullable<Cause['inspect']>>[number] {
  const { client, writing } = run.client;
  return {
    severity: 'warning',
    packages: [],
    statement: {
      title: `${client.name} ${client.version} does not read ${path}, and asks the public npm registry${scope === null ? '' : ` for ${scope}`} in place of ${registry}`,
      seen,
      location: { kind: 'file', path, line: 1 },
      remedy: {
        who: 'whoever maintains this repository',
        summary: `say it in ${configFile(run)}, if packages come from ${registry}`,
        steps: [
          ...(why === null ? [] : [why]),
          scope === null
            ? 'its private packages are not found by an install; where there are none, for instance because the file is for publishing alone, nothing has to be done'
            : `its packages of ${scope} are not found by an install; where the public npm registry has them, nothing has to be done`,
        ],
        edit: addLine(run, writing.registry(scope, registry)),
      },
    },
  };
}
