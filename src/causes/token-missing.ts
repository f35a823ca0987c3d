import type { Cause, RunFacts } from '../domain/cause.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import type { Remedy } from '../domain/remedy.ts';
import { formatSource } from '../domain/source.ts';
import { referenceTo } from './parts/add-line.ts';
import { changeSetting } from './parts/change-setting.ts';
import { strangersStep } from './parts/config-lines.ts';
import { dockerBuildStep } from './parts/docker-build.ts';
import { type NeededRights, neededRights, toInstall } from './parts/needed-rights.ts';
import { isHomeOf, variableFor } from './parts/token-of-server.ts';
import { type UnsetVariable, unsetOffline, unsetVariable, unsetVerdict } from './parts/unset-variable.ts';
import { fieldOfKey, scopeOfKey, urlOfKey } from './parts/url-of-key.ts';

/** The job has no credential at all: the variable that the CI itself fills is not there. */
export const tokenMissing: Cause = {
  code: 'NP201',
  slug: 'token-missing',
  title: 'there is no credential in the environment',
  severity: 'error',
  needs: [],
  hides: [
    'token-rejected',
    'not-on-allowlist',
    'role-missing',
    'registry-restricted',
    'fine-grained-permission-missing',
    'outbound-limit',
    'package-not-found',
    'project-not-found',
  ],
  example: 'token-missing',
  inspect: (run) =>
    unsetOffline(
      run,
      true,
      (variable) => `${variable} is not set: there is no credential for the registry`,
      (unset) => strangersRemedy(run, unset, toInstall),
    ),
  weigh: (clues) => unsetVerdict(clues, true),
  state(clues) {
    const unset = unsetVariable(clues);
    if (!unset) throw new Error('no variable of the CI is unset');
    const { variable } = unset;
    const { provider } = clues.run.environment;
    const rights = neededRights(clues);
    const strangers = strangersRemedy(clues.run, unset, rights);
    return {
      title: `${variable} is not set: there is no credential for the registry`,
      seen: unset.sends
        ? `the client would send the text "${unset.sends}" as its token`
        : 'the client sends no credential',
      location: unset.source,
      remedy: strangers ?? {
        who: 'whoever runs this',
        summary:
          provider === 'generic'
            ? `set ${variable} to a token that may ${rights.verb} the packages`
            : `let the job keep its ${variable}`,
        steps: stepsFor(provider, variable, rights),
      },
    };
  },
};

/** A CI's variable in a line of another server than its own: a value would go to that one. `null` for a line of its own. */
function strangersRemedy(
  run: RunFacts,
  { variable, key, source }: UnsetVariable,
  rights: NeededRights,
): Remedy | null {
  const url = urlOfKey(run, key);
  if (isHomeOf(run, variable, url) || isMeantFor(run, variable, url)) return null;
  const right = variableFor(run, url, scopeOfKey(key));
  const written = referenceTo(run, source, variable);
  const { steps = [], ...change } =
    source.kind === 'file' && fieldOfKey(key) === 'token'
      ? changeSetting(run, { source, key, written }, { key, text: referenceTo(run, source, right) })
      : {};
  return {
    who: 'whoever maintains this repository',
    summary: `let ${formatSource(source)} refer to a variable of its own: ${
      variable === givenBy[run.environment.provider]
        ? `the token in ${variable} is for another server`
        : `${variable} is what ${variable === 'CI_JOB_TOKEN' ? 'the jobs of GitLab' : 'the workflows of GitHub'} have`
    }`,
    steps: [strangersStep(run, right, rights), ...steps],
    ...change,
  };
}

const givenBy = { gitlab: 'CI_JOB_TOKEN', github: 'GITHUB_TOKEN', generic: null } as const;

/**
 * Whether a line is of the server that the variable is for, where no CI is seen that gives it: inside a docker build, on a laptop. Any server that is not
 * GitHub's may be the GitLab of the job.
 */
function isMeantFor({ environment }: RunFacts, variable: string, url: string | null): boolean {
  if (url === null || environment.provider !== 'generic') return false;
  const isGitHubs = githubRegistryOf(url, environment) !== null;
  return variable === 'GITHUB_TOKEN' ? isGitHubs : !isGitHubs && environment.apiUrl === null;
}

function stepsFor(
  provider: 'gitlab' | 'github' | 'generic',
  variable: string,
  { verb, permission, permissions, scope, gitlab }: NeededRights,
): readonly string[] {
  if (provider === 'gitlab') {
    return [
      'GitLab gives CI_JOB_TOKEN to every job: something between the job and this step empties it (env -i, sudo, docker run without --env, an empty variable of that name)',
      'pass it on: docker run --env CI_JOB_TOKEN, or a build secret for docker build',
    ];
  }
  if (provider === 'github') {
    return [
      `a step sees the workflow's token only when it is passed: env: ${variable}: \${{ github.token }}`,
      `a job whose permissions leave packages out may not ${verb} them: contents: read and ${permission} belong there`,
    ];
  }
  if (variable === 'GITHUB_TOKEN')
    return [
      dockerBuildStep(variable),
      `in a workflow of GitHub the step that builds passes it on: env: GITHUB_TOKEN: \${{ github.token }}, with ${permissions}`,
      `elsewhere let it hold a classic personal token with the scope ${scope}`,
    ];
  return [
    dockerBuildStep(variable),
    `outside GitLab CI there is no job token: make a deploy token with the scope ${gitlab.deploy}, or a personal, project or group token with ${gitlab.personal}`,
    `put it into an environment variable and name it: --token-env NAME (read now: ${variable})`,
  ];
}
