import type { Cause, Clues, Occurrence, RunFacts, Statement } from '../domain/cause.ts';
import type { Remedy } from '../domain/remedy.ts';
import { formatSource, type Source } from '../domain/source.ts';
import { unsetAtPublic } from '../domain/unset-at-public.ts';
import { changeLine, configFile, referenceTo } from './parts/add-line.ts';
import { changeSetting, type SettingChange } from './parts/change-setting.ts';
import { linesInPlaceOf, plannedRegistry, tokenSteps, tokenVariable } from './parts/config-lines.ts';
import { emptyKey, emptyVerdict } from './parts/empty-key.ts';
import { lostDefaults } from './parts/lost-default.ts';
import { meantInstead } from './parts/meant-instead.ts';
import { writesAnew } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';
import { variableFor } from './parts/token-of-server.ts';
import { unsetInRegistry } from './parts/unset-registry.ts';
import { type UnsetVariable, unsetOffline, unsetVariable, unsetVerdict } from './parts/unset-variable.ts';
import { scopeOfKey, urlOfKey } from './parts/url-of-key.ts';
import { isForJobToken, keyPlace, placeOf, stepsFor } from './parts/value-steps.ts';

/** The variable of a credential has no value in this job (measured: clients.md section 2; protected variables: user reports). */
export const variableUnset: Cause = {
  code: 'NP105',
  slug: 'variable-unset',
  title: 'the variable of a credential is unset or empty in this job',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token'],
  hides: [
    'token-rejected',
    'scope-not-mapped',
    'rc-file-not-read',
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
  ],
  example: 'variable-unset',
  inspect: (run, cases) => [
    ...unsetOffline(run, false, (variable) => `${variable} has no value here, so there is no token to send`),
    ...lostDefaults(run, cases).flatMap(({ path, registry, unset }) =>
      unset === null
        ? []
        : withoutValue(run, unset.variable, unset.setting.source, {
            title: `${unset.variable} has no value, so that ${run.client.client.name} drops ${path}, and asks the public npm registry in place of ${registry}`,
            where: registry,
          }),
    ),
    ...unsetAtPublic(run).flatMap(({ variable, source, scope }) =>
      withoutValue(run, variable, source, {
        title: `${variable} has no value, so that the public npm registry gives no private package of ${scope}`,
        where: 'the public npm registry',
      }),
    ),
  ],
  weigh: (clues) => (emptyKey(clues) ? emptyVerdict(clues) : unsetVerdict(clues, false)),
  state(clues) {
    const empty = emptyKey(clues);
    if (empty) return withoutName(clues, empty);
    const unset = unsetVariable(clues);
    const variable = unset?.variable ?? 'the variable';
    const { provider } = clues.run.environment;
    const place = unset && (unset.in === 'key' ? keyPlace : placeOf(clues.run, unset.key));
    const { client, writing } = clues.run.client;
    const stops = clues.case.result.kind === 'client-stops';
    const { steps = [], ...change } =
      unset && place?.kind === 'token' && isForJobToken(clues.run, place.url) ? jobToken(clues, unset) : {};
    const lacks =
      place?.kind === 'registry'
        ? 'the registry has no address'
        : place?.kind === 'key'
          ? 'the key is for no address'
          : stops
            ? `${client.name} ${client.version} stops`
            : 'there is no token to send';
    return {
      title: unset?.is
        ? `${variable} ${placeholderTitles[unset.is]}`
        : `${variable} has no value ${provider === 'generic' ? 'here' : 'in this job'}, so ${lacks}`,
      seen: unset?.is
        ? seenLine(clues)
        : unset?.sends
          ? `the client would send the text "${unset.sends}" as its token`
          : `the client ${endsHow(clues)}`,
      location: unset?.source ?? null,
      remedy: {
        who:
          place?.kind === 'key'
            ? 'whoever maintains this repository'
            : provider === 'gitlab'
              ? 'a Maintainer of the project of this job'
              : 'whoever maintains this pipeline',
        summary:
          place?.kind === 'key'
            ? 'write the address out in the key'
            : `give ${variable} a value where the install runs, or refer to a variable that has one`,
        steps: [
          ...(unset?.is === 'reference'
            ? [
                'it stays so where the other variable has no value here, or where its expansion is switched off (GitLab: "Expand variable reference")',
              ]
            : []),
          ...(unset && !unset.is ? meantInstead(clues.run, variable, urlOfKey(clues.run, unset.key)) : []),
          ...stepsFor(clues, variable, place),
          ...steps,
          ...(stops && place?.kind !== 'registry' && writing.file === '.yarnrc.yml'
            ? [
                `where this job needs no such token: write \${${variable}-}, with which Yarn goes on without one, or take the line out`,
              ]
            : []),
        ],
        ...(unset && place?.kind === 'key' ? addressEdit(clues, unset) : {}),
        ...change,
      },
    };
  },
};

const placeholderTitles = {
  placeholder: 'holds the placeholder of setup-node, no token: nothing was passed to this step',
  reference: 'holds the name of another variable, no token: nothing was put in its place',
  fallback: 'has no value, and the server does not know the text that the line has in its place',
} as const;

/** The warning of a variable without a value where it can't be told whether a package needs it. */
function withoutValue(
  run: RunFacts,
  variable: string,
  source: Source,
  { title, where }: { title: string; where: string },
): readonly Occurrence[] {
  const place = {
    gitlab: `Settings > CI/CD > Variables > ${variable}: a protected variable is empty on refs that are not protected`,
    github: `pass it to each step that installs: env: ${variable}: ${'${{ secrets.'}${variable} }}; runs of forks and of Dependabot have no secrets of the repository`,
    generic: 'a docker build sees no variable of its surroundings: hand it in as a secret of the build',
  }[run.environment.provider];
  return [
    {
      severity: 'warning',
      packages: [],
      statement: {
        title,
        seen: null,
        location: source,
        remedy: {
          who: 'whoever maintains this pipeline',
          summary: `give ${variable} a value where the install runs, if it needs private packages of ${where}`,
          steps: [...meantInstead(run, variable, null), place, 'where it needs none, nothing has to be done'],
        },
      },
    },
  ];
}

/** The key as the registry's own address has it, in place of the one that names none. */
function addressEdit(clues: Clues, { source, key }: UnsetVariable): Pick<Remedy, 'edit'> {
  const { registry, dependency } = clues.case.target;
  const url = registry.url ?? plannedRegistry(clues.run, dependency.name);
  return url === null
    ? {}
    : { edit: changeLine(clues.run, source, `${key}=…`, linesInPlaceOf(clues, key, url)) };
}

/** The job's token in place of a variable; nothing where its line is written anew for each job, or is not the only one that refers to it. */
function jobToken({ run }: Clues, { variable, source, key, is }: UnsetVariable): Partial<SettingChange> {
  if (source.kind !== 'file' || is === 'fallback' || !refersOnce(run, variable)) return {};
  if (writesAnew(run) && source.path === configFile(run)) return {};
  const written = referenceTo(run, source, variable);
  return changeSetting(
    run,
    { source, key, written },
    { key, text: referenceTo(run, source, 'CI_JOB_TOKEN') },
  );
}

/** One line to change mends it all; where several lines refer to the variable, its value does. */
function refersOnce(run: RunFacts, variable: string): boolean {
  return run.client.settings.filter(({ written }) => written.includes(variable)).length <= 1;
}

/** The line holds no reference: what wrote it put the value there, and had none (user reports). */
function withoutName(
  clues: Clues,
  { source, line, hides }: NonNullable<ReturnType<typeof emptyKey>>,
): Statement {
  const { provider, ref } = clues.run.environment;
  const [key] = hides ?? [];
  const variable =
    key === undefined
      ? tokenVariable(clues)
      : variableFor(clues.run, urlOfKey(clues.run, key), scopeOfKey(key));
  return {
    title: `the credential in ${formatSource(source)} is empty: what wrote the line had no value for it`,
    seen: seenLine(clues, 'configuration'),
    location: source,
    remedy: {
      who: 'whoever maintains this pipeline',
      summary: 'let the line refer to a variable that has a value, instead of writing the value into it',
      steps: [
        'a script that writes "…:_authToken=$NAME" leaves nothing behind the = where NAME is unset',
        ...(provider === 'gitlab' && ref.isProtected === false
          ? [`${ref.name ?? 'this ref'} is not a protected ref: protected variables are empty here`]
          : []),
        ...(provider === 'github'
          ? [
              'a secret that does not exist is empty, and so is every secret in runs of forks; runs of Dependabot have the secrets of its own list',
            ]
          : []),
        ...tokenSteps(clues),
      ],
      ...(key === undefined
        ? {}
        : {
            edit: changeLine(
              clues.run,
              source,
              line,
              `${key.replace(/_(?:auth|password)$/, '_authToken')}=\${${variable}}`,
            ),
          }),
    },
  };
}

function endsHow(clues: Clues): string {
  const { result, target } = clues.case;
  if (result.kind === 'client-stops') return 'stops';
  if (unsetInRegistry(clues)) return `would ask "${target.registry.url}"`;
  return result.kind === 'asks-public-registry'
    ? 'drops the whole file, and asks the public npm registry'
    : 'sends no credential';
}
