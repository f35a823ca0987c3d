import { isAbsolute } from 'node:path';
import { isActionToken } from '../../domain/action-token.ts';
import type { Clues, RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { JobCredential } from '../../domain/environment.ts';
import { registryHolding } from '../../domain/github-registry.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import type { Remedy } from '../../domain/remedy.ts';
import { neededRights } from './needed-rights.ts';
import { variableFor } from './token-of-server.ts';

const githubToken = '${{ github.token }}';

/** How messages name the variable of a token: people who use the action know its input, not the variable that it makes of it. */
export function tokenName(variable: string): string {
  return isActionToken(variable) ? 'the input token of this action' : variable;
}

/** How a new token takes the place of the one in a variable, or in a line of a file, where it is better a reference. */
export function storeAs(stored: string): string {
  return isVariable(stored)
    ? `store it as ${stored}`
    : `keep it in a masked variable, and refer to that in ${stored}`;
}

function isVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/**
 * How a workflow gives the install, or the publishing, a token. `value` is what stands behind it in the workflow, by default a secret. A token that stands in a line of a
 * file gets a variable first.
 */
export function passToken(name: string, clues: Clues, value?: string): string {
  const { environment } = clues.run;
  const variable = isVariable(name) ? name : 'PACKAGES_TOKEN';
  // a secret of the name GITHUB_TOKEN is the workflow's own token
  const secret = isActionToken(variable) || variable === 'GITHUB_TOKEN' ? 'PACKAGES_TOKEN' : variable;
  const given = value ?? `\${{ secrets.${secret} }}`;
  return isActionToken(variable)
    ? `give it to the step that uses this action: with: token: ${given}`
    : `pass it to ${environment.action ? 'this step and to ' : ''}each step that ${neededRights(clues).does}: env: ${variable}: ${given}${variable === name ? '' : `, to which ${name} refers then`}`;
}

/** Whether the next line for a client belongs into a file that the CI makes anew for each job, which nobody can edit. */
export function writesAnew(run: RunFacts): boolean {
  return run.command === 'run' && run.environment.provider !== 'generic' && isAbsolute(run.configFile);
}

/**
 * The cure for a registry that lacks its credential where this program writes the configuration itself: it writes the line as soon as it has the
 * token. `null` where a person writes it, or no line of `registries` can name the registry.
 */
export function writtenByRun(clues: Clues, registry: string): Remedy | null {
  const scope = scopeOf(clues.case.target.dependency.name);
  if (!writesAnew(clues.run) || scope === null) return null;
  const { environment } = clues.run;
  const { github } = environment;
  const { verb, does } = neededRights(clues);
  if (github && registryHolding(github.registries, registry) !== null)
    return github.credential.secret === null || foreignKinds.includes(github.credential.kind)
      ? githubRemedy(clues, github.credential)
      : namedLine(`${scope}=${registry}`, "the workflow's token goes with it by itself");
  const own = environment.apiUrl !== null && sameOrigin(environment.apiUrl, registry);
  if (own) return namedLine(`${scope}=${registry}`, 'the token of the job goes with it by itself');
  const variable = variableFor(clues.run, registry, scope);
  const name = isActionToken(variable) ? 'NPM_TOKEN' : variable;
  const line = `${scope}=${registry} token=${name}`;
  return {
    who: 'whoever maintains this pipeline',
    summary: `name the registry with the variable of its token, in the input registries: ${line}`,
    steps: [
      environment.provider === 'gitlab'
        ? `${name} is a masked CI/CD variable that you make, with a token that may ${verb} packages there: later jobs need it too`
        : `${name} is a variable of this step: env: ${name}: \${{ secrets.${name} }}, a token that may ${verb} packages there${environment.action ? '' : `, and of each step that ${does}`}`,
      'the line with the credential is then written by this program: it stands in no file of the repository',
    ],
  };
}

/** Kinds of a token that is known not to be GitHub's. */
const foreignKinds: readonly JobCredential['kind'][] = ['job-token', 'personal', 'deploy'];

function namedLine(line: string, why: string): Remedy {
  return {
    who: 'whoever maintains this pipeline',
    summary: `name the registry in the input registries: ${line}`,
    steps: [`${why}, and the line with the credential is written by this program`],
  };
}

function githubRemedy(clues: Clues, { variable, secret }: { variable: string; secret: unknown }): Remedy {
  const { environment } = clues.run;
  const { does, permissions } = neededRights(clues);
  const who = 'whoever maintains the workflow';
  if (secret !== null)
    return {
      who,
      summary: `let ${tokenName(variable)} be one for GitHub: the value given is a token of another server, and does not go to this one`,
      steps: [
        environment.action
          ? `leave token out: it is ${githubToken} by itself, with ${permissions}`
          : `env: GITHUB_TOKEN: ${githubToken}, with ${permissions}`,
        'a token for another server has a variable of its own: env: OTHER_TOKEN: ${{ secrets.OTHER_TOKEN }} for this step, and token=OTHER_TOKEN behind the URL in its line of registries',
      ],
    };
  return environment.action
    ? {
        who,
        summary: 'give this action a token: its input token was empty',
        steps: [
          `leave token out: it is ${githubToken} by itself, with ${permissions}`,
          'a secret is empty where it does not exist: Settings > Secrets and variables > Actions. Runs that Dependabot starts read its own list there, > Dependabot; those of forks get none',
        ],
      }
    : {
        who,
        summary: `pass the token to this step: this program then writes the line with its reference`,
        steps: [
          `env: ${variable}: ${githubToken} for this step and for each that ${does}, with ${permissions}`,
        ],
      };
}
