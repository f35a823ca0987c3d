import type { Clues, RunFacts } from '../../domain/cause.ts';
import { githubRegistryOf } from '../../domain/github-registry-of.ts';
import { formatSource, type Source } from '../../domain/source.ts';
import { referenceTo } from './add-line.ts';
import { dockerBuildStep } from './docker-build.ts';
import { type NeededRights, neededRights } from './needed-rights.ts';
import { isHomeOf } from './token-of-server.ts';
import { unsetVariable } from './unset-variable.ts';
import { fieldOfKey, urlOfKey } from './url-of-key.ts';
import { workflowSteps } from './workflow-variable.ts';

/** What the line of a variable sets, and the URL of the server it is for (`null`: the public npm registry). */
export interface Place {
  kind: 'token' | 'login' | 'registry' | 'key';
  url: string | null;
}

/** The address that a key is for: which, the variable would say. */
export const keyPlace: Place = { kind: 'key', url: null };

/** What a key sets, and for which server. */
export function placeOf(run: RunFacts, key: string): Place {
  const field = fieldOfKey(key);
  return { kind: field === null ? 'registry' : field, url: urlOfKey(run, key) };
}

/** Whether the token of this GitLab job is for the server of a line. */
export function isForJobToken(run: RunFacts, url: string | null): boolean {
  return run.environment.provider === 'gitlab' && isHomeOf(run, 'CI_JOB_TOKEN', url);
}

/** The steps that give a variable its value, by what its line is for. */
export function stepsFor(clues: Clues, variable: string, place: Place | null): readonly string[] {
  const { provider, ref } = clues.run.environment;
  if (provider === 'gitlab')
    return [
      ...(variable === 'CI_DEPLOY_PASSWORD'
        ? [
            'GitLab sets CI_DEPLOY_PASSWORD where the project itself has a deploy token of the name gitlab-deploy-token: one of a group, or of another name, sets nothing',
          ]
        : []),
      ...(ref.isProtected === false
        ? [
            `${ref.name ?? 'this ref'} is not a protected ref: a protected variable is empty here. Settings > CI/CD > Variables > ${variable}: unprotect it; or protect the ref: Settings > Repository > Protected branches, or Protected tags`,
          ]
        : []),
      whatItHolds(clues.run, variable, {
        place,
        source: unsetVariable(clues)?.source ?? null,
        rights: neededRights(clues),
      }),
    ];
  if (provider === 'github')
    return [...withoutLine(clues, place), ...workflowSteps(clues, variable, place?.url ?? null)];
  return [dockerBuildStep(variable)];
}

/** Where a variable of the project is kept: one of another environment is empty, whatever its ref (user reports). */
const kept = 'Settings > CI/CD > Variables, masked, with the environment scope * or that of the job';

/** What the value of a variable has to be in a job on GitLab, by what its line is for. */
function whatItHolds(
  run: RunFacts,
  variable: string,
  { place, source, rights }: { place: Place | null; source: Source | null; rights: NeededRights },
): string {
  const url = place?.url ?? null;
  if (place?.kind === 'key')
    return variable === 'CI_SERVER_FQDN'
      ? 'GitLab sets CI_SERVER_FQDN from 16.10 on, and no build of an image sees it'
      : `${variable} stands in the address that the key is for, which is no secret`;
  if (place?.kind === 'registry')
    return `${variable} stands in the address of a registry: Settings > CI/CD > Variables; or write the address out, it is no secret`;
  if (isForJobToken(run, url))
    return `for GitLab's own registry no variable of your own is needed: refer to ${referenceTo(run, source, 'CI_JOB_TOKEN')}`;
  if (url !== null && githubRegistryOf(url, run.environment))
    return `${variable} has to hold a classic personal token of GitHub with the scope ${rights.scope}: ${kept}; the job token means nothing there`;
  const server = url === null ? 'the public npm registry' : new URL(url).host;
  return `${variable} has to hold a token of ${server} that may ${rights.verb} the packages: ${kept}; the job token is for another server`;
}

/** The action has a token of its own for GitHub's registry, and writes a line for it where the project's file has none. */
function withoutLine(clues: Clues, place: Place | null): readonly string[] {
  const { action, github } = clues.run.environment;
  const source = unsetVariable(clues)?.source;
  const writes = action && github && github.credential.secret !== null && clues.run.command === 'run';
  return writes && source?.kind === 'file' && isHomeOf(clues.run, 'GITHUB_TOKEN', place?.url ?? null)
    ? [
        `take the line ${formatSource(source)} out: this action then writes one with its own token, and gives later steps both`,
      ]
    : [];
}
