import type { Clues } from '../../domain/cause.ts';
import { neededRights } from './needed-rights.ts';
import { isHomeOf } from './token-of-server.ts';

/**
 * How a variable of a GitHub workflow gets a value, by what the job's event and its workflow file tell (GitHub notes, section A3): runs of forks get no
 * secret, those of Dependabot the secrets of its own list. `url` is where the variable's value goes, `null` for the public npm registry.
 */
export function workflowSteps(clues: Clues, variable: string, url: string | null): readonly string[] {
  const { workflow } = clues.run.environment;
  const { does } = neededRights(clues);
  const feed = workflow?.reading?.feeds.get(variable)?.find(({ kind }) => kind === 'secret');
  const secret = feed?.kind === 'secret' ? feed.name : variable;
  const pass = feed
    ? []
    : [
        `pass it to ${clues.run.environment.action ? 'this step and to ' : ''}each step that ${does}: env: ${variable}: \${{ secrets.${secret} }}`,
      ];
  if (workflow?.fromDependabot)
    return [
      `Dependabot started this run, so it has the secrets of Dependabot's own list only: Settings > Secrets and variables > Dependabot > New repository secret > ${secret}`,
      ...pass,
      ...withoutSecret(clues, variable, url),
    ];
  if (workflow?.fromFork)
    return [
      `this run is of a fork, which gets no secret of ${workflow.repository ?? 'the repository'}, so ${secret} is empty in it`,
      ...withoutSecret(clues, variable, url),
      'or leave the install out for forks: if: github.event.pull_request.head.repo.full_name == github.repository',
      'or let a maintainer push the branch to the repository itself once the change was read',
    ];
  return [
    ...pass,
    `the secret${feed ? ` ${secret}` : ''} has to exist: Settings > Secrets and variables > Actions. Runs that Dependabot starts read its own list there, > Dependabot; those of forks get none, a called workflow gets what its caller hands on (secrets: inherit), and a secret of an environment reaches jobs with that environment: alone`,
    ...withoutSecret(clues, variable, url),
  ];
}

/** The workflow's own token is there in every run, and reads what lets its repository in. */
function withoutSecret(clues: Clues, variable: string, url: string | null): readonly string[] {
  const { run, github } = clues;
  const own = run.environment.workflow?.owner?.toLowerCase() === github?.owner?.toLowerCase();
  return !isHomeOf(run, 'GITHUB_TOKEN', url) || !own
    ? []
    : [
        `or without a secret: env: ${variable}: \${{ github.token }}, with ${neededRights(clues).permissions}, and ${run.environment.workflow?.repository ?? 'the repository'} in "Manage Actions access" of each package`,
      ];
}
