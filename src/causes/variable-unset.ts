import type { Cause, Clues, Statement } from '../domain/cause.ts';
import { registryHolding } from '../domain/github-registry.ts';
import { formatSource } from '../domain/source.ts';
import { changeLine, configFile, referenceLine } from './parts/add-line.ts';
import { isStranger, tokenSteps, tokenVariable } from './parts/config-lines.ts';
import { emptyKey, emptyVerdict } from './parts/empty-key.ts';
import { writesAnew } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';
import { unsetOffline, unsetVariable, unsetVerdict } from './parts/unset-variable.ts';
import { workflowSteps } from './parts/workflow-variable.ts';

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
  inspect: (run) =>
    unsetOffline(run, false, (variable) => `${variable} has no value here, so there is no token to send`),
  weigh: (clues) => (emptyKey(clues) ? emptyVerdict(clues) : unsetVerdict(clues, false)),
  state(clues) {
    const empty = emptyKey(clues);
    if (empty) return withoutName(clues, empty);
    const unset = unsetVariable(clues);
    const variable = unset?.variable ?? 'the variable';
    const { provider } = clues.run.environment;
    return {
      title: unset?.is
        ? unset.is === 'placeholder'
          ? `${variable} holds the placeholder of setup-node, no token: nothing was passed to this step`
          : `${variable} holds the name of another variable, no token: nothing was put in its place`
        : `${variable} has no value ${provider === 'generic' ? 'here' : 'in this job'}, so there is no token to send`,
      seen: unset?.is
        ? seenLine(clues)
        : unset?.sends
          ? `the client would send the text "${unset.sends}" as its token`
          : `the client ${endsHow(clues)}`,
      location: unset?.source ?? null,
      remedy: {
        who:
          provider === 'gitlab'
            ? 'a Maintainer of the project of this job'
            : 'whoever maintains this pipeline',
        summary: `give ${variable} a value where the install runs, or refer to a variable that has one`,
        steps: [
          ...(unset?.is === 'reference'
            ? [
                'it stays so where the other variable has no value here, or where its expansion is switched off (GitLab: "Expand variable reference")',
              ]
            : []),
          ...stepsFor(clues, variable),
        ],
        ...(provider === 'gitlab' &&
        clues.github === null &&
        !isStranger(clues) &&
        unset?.source.kind === 'file' &&
        refersOnce(clues, variable) &&
        !(writesAnew(clues.run) && unset.source.path === configFile(clues.run))
          ? {
              edit: {
                file: unset.source.path,
                line: unset.source.line,
                before: referenceLine(unset.source, unset.source.key ?? '', variable),
                after: referenceLine(unset.source, unset.source.key ?? '', 'CI_JOB_TOKEN'),
              },
            }
          : {}),
      },
    };
  },
};

/** The action has a token of its own for GitHub's registry, and writes a line for it where the project's file has none. */
function withoutLine(clues: Clues): readonly string[] {
  const { action, github } = clues.run.environment;
  const source = unsetVariable(clues)?.source;
  const url = clues.case.target.registry.url;
  const writes =
    action && github && github.credential.secret !== null && url !== null && clues.run.command === 'run';
  return writes && source?.kind === 'file' && registryHolding(github.registries, url) !== null
    ? [
        `take the line ${formatSource(source)} out: this action then writes one with its own token, and gives later steps both`,
      ]
    : [];
}

/** One line to change mends it all; where several lines refer to the variable, its value does. */
function refersOnce({ run }: Clues, variable: string): boolean {
  return run.client.settings.filter(({ written }) => written.includes(variable)).length <= 1;
}

function serverOf({ case: { target } }: Clues): string {
  const url = target.registry.url ?? target.tarball?.url ?? null;
  return url === null ? 'that server' : new URL(url).host;
}

/** The line holds no reference: what wrote it put the value there, and had none (user reports). */
function withoutName(
  clues: Clues,
  { source, line, hides }: NonNullable<ReturnType<typeof emptyKey>>,
): Statement {
  const { provider, ref } = clues.run.environment;
  const variable = tokenVariable(clues);
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
      edit: changeLine(clues.run, source, line, `${hides?.[0] ?? ''}=\${${variable}}`),
    },
  };
}

function endsHow({ case: { result } }: Clues): string {
  if (result.kind === 'client-stops') return 'stops';
  return result.kind === 'asks-public-registry'
    ? 'drops the whole file, and asks the public npm registry'
    : 'sends no credential';
}

function stepsFor(clues: Clues, variable: string): readonly string[] {
  const { provider, ref } = clues.run.environment;
  if (provider === 'gitlab')
    return [
      ...(ref.isProtected === false
        ? [
            `${ref.name ?? 'this ref'} is not a protected ref: a protected variable is empty here. Settings > CI/CD > Variables > ${variable}: unprotect it; or protect the ref: Settings > Repository > Protected branches, or Protected tags`,
          ]
        : []),
      isStranger(clues) && !clues.github
        ? `${variable} has to hold a token of ${serverOf(clues)} that may read the packages: Settings > CI/CD > Variables, masked; the job token is for another server`
        : clues.github
          ? `${variable} has to hold a classic personal token of GitHub with the scope read:packages: Settings > CI/CD > Variables, masked; the job token means nothing there`
          : "for GitLab's own registry no variable of your own is needed: refer to ${CI_JOB_TOKEN}",
    ];
  if (provider === 'github') return [...withoutLine(clues), ...workflowSteps(clues, variable)];
  return [
    `a docker build sees no variable of its surroundings: docker build --secret id=${variable},env=${variable}, and in the Dockerfile RUN --mount=type=secret,id=${variable},env=${variable} before the install command`,
  ];
}
