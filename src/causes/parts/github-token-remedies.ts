import { isActionToken } from '../../domain/action-token.ts';
import type { Clues } from '../../domain/cause.ts';
import type { Remedy } from '../../domain/remedy.ts';
import {
  githubOf,
  isOwnGitHub,
  orWorkflowToken,
  repositoryName,
  sentToken,
  tokensPage,
} from './github-place.ts';
import { neededRights } from './needed-rights.ts';
import { passToken, storeAs, tokenName } from './pass-token.ts';

const githubToken = '${{ github.token }}';

/** How a token that the registry of GitHub does not know is replaced by a live one, by what its beginning says that it is. */
export function rejectedRemedy(clues: Clues): Remedy {
  const sent = sentToken(clues).name;
  // what the CI itself fills can hold no other token
  const inWorkflow = isOwnGitHub(clues);
  const isFilled = sent === 'CI_JOB_TOKEN' || (sent === 'GITHUB_TOKEN' && !inWorkflow);
  const name = isFilled ? 'GITHUB_PACKAGES_TOKEN' : sent;
  const { form } = githubOf(clues);
  const { scope } = neededRights(clues);
  const fromNow = inWorkflow
    ? `take the token of the job that is running: ${passToken(name, clues, githubToken)}`
    : `make a classic token with the scope ${scope} at ${tokensPage(clues)} and ${storeAs(name)}, to which the key refers then`;
  const cause = {
    installation:
      "a workflow's token lives as long as its job: one kept in a file, a cache, an image or an artifact is dead in the next job",
    placeholder:
      'the value is a reference or a placeholder, no token: older setup-node puts rows of X where nothing was passed',
    gitlab: 'the value begins like a token of GitLab, which means nothing to GitHub',
    'public-registry':
      'the value begins like a token of the public npm registry, which means nothing to GitHub',
    classic: `the token is expired, revoked or mistyped: look for it at ${tokensPage(clues)}`,
    oauth: 'the token is expired or revoked',
    'fine-grained': 'the registry takes no fine-grained token',
    unknown: `the value of ${tokenName(name)} is unknown to GitHub: expired, revoked, mistyped, or of another server`,
  }[form ?? 'unknown'];
  const personal = form === 'classic' || form === 'oauth';
  const elsewhere = ofOtherGitHub(clues, sent);
  if (elsewhere) return { who: 'whoever maintains the workflow', ...elsewhere };
  return {
    who: personal ? 'the owner of the token' : 'whoever maintains the workflow',
    summary: `put a live token into ${tokenName(name)}`,
    steps: [
      cause,
      ...(personal
        ? [
            `make a new classic token with the scope ${scope}, ${keepAs(name, clues)}, and authorise it where the organisation asks for single sign-on`,
            ...orWorkflowToken(clues),
          ]
        : [fromNow]),
    ],
    ...(personal ? { url: tokensPage(clues) } : {}),
  };
}

/** The workflow's own token went to the registry of another GitHub than the one whose workflow it is. */
function ofOtherGitHub(clues: Clues, sent: string): Pick<Remedy, 'summary' | 'steps'> | null {
  const { workflow, github } = clues.run.environment;
  const [own] = github?.registries ?? [];
  const isWorkflows =
    sent === 'GITHUB_TOKEN' ||
    (workflow?.reading?.feeds.get(sent)?.some(({ kind }) => kind === 'workflow-token') ?? false);
  if (!isWorkflows || isOwnGitHub(clues) || !own || !workflow?.serverUrl) return null;
  const { url } = githubOf(clues).registry;
  const variable = sent === 'GITHUB_TOKEN' ? 'GITHUB_PACKAGES_TOKEN' : sent;
  return {
    summary: `ask the registry of ${new URL(workflow.serverUrl).host}, or send a token of ${new URL(url).host}`,
    steps: [
      `${tokenName(sent)} holds the workflow's token of ${workflow.serverUrl}, which means nothing to ${new URL(url).host}`,
      `where the package is one of ${new URL(workflow.serverUrl).host}: let registry line and key name ${own}`,
      `where it is one of ${new URL(url).host}: make a classic token with the scope ${neededRights(clues).scope} at ${tokensPage(clues)} and ${storeAs(variable)}, to which the key refers then`,
    ],
  };
}

function keepAs(name: string, clues: Clues): string {
  return isActionToken(name) ? `store it as a secret, ${passToken(name, clues)}` : storeAs(name);
}

/** What the registry of GitHub takes in place of a kind of token that it does not. */
export function unsupportedRemedy(clues: Clues): Remedy {
  const { name } = sentToken(clues);
  const { registry } = githubOf(clues);
  const onServer = registry.platform === 'server';
  const { verb, permission, scope } = neededRights(clues);
  const classic = `a classic personal token with the scope${onServer ? `s ${scope} and repo` : ` ${scope}`} of somebody who may ${verb} the package, made at ${tokensPage(clues)}`;
  return {
    who: 'whoever maintains the workflow',
    summary: `put a token of a kind that the registry takes into ${tokenName(name)}`,
    steps: onServer
      ? [
          `here a workflow's token reads the packages of its own repository alone (${repositoryName(clues)}); for others: ${classic}`,
          `store it as a secret and ${passToken(name, clues)}`,
        ]
      : [
          `GitHub Packages takes a workflow's own token, ${githubToken}, and classic personal tokens (ghp_…): neither fine-grained tokens (github_pat_…) nor those of other GitHub Apps`,
          ...(isOwnGitHub(clues)
            ? [
                `for packages that let ${repositoryName(clues)} in: ${isActionToken(name) ? `leave token out, it is ${githubToken}` : passToken(name, clues, githubToken)}, with ${permission} in the permissions of the job`,
              ]
            : []),
          `else ${classic}`,
        ],
    ...(onServer ? { url: tokensPage(clues) } : {}),
  };
}

/** How a classic token gets the scope that the case needs. */
export function scopeRemedy(clues: Clues): Remedy {
  const { name } = sentToken(clues);
  const { scope } = neededRights(clues);
  return {
    who: 'the owner of the token',
    summary: `give the token in ${tokenName(name)} the scope ${scope}`,
    steps: [
      `the owner of the token opens ${tokensPage(clues)} > the token > tick ${scope} > Update token: its value stays the same`,
      ...orWorkflowToken(clues),
    ],
    url: tokensPage(clues),
  };
}

/** The user of a classic token has to be let in by the package. */
export function readerRemedy(clues: Clues, page: string | null): Remedy {
  const { name } = clues.case.target.dependency;
  const { owner } = githubOf(clues);
  const { role } = neededRights(clues);
  return {
    who: `an admin of the package ${name}`,
    summary: `give the owner of the token in ${tokenName(sentToken(clues).name)} the role ${role} on ${name}`,
    steps: [
      `an admin of the package ${name} opens ${page ?? 'its page'} (the package's page > Package settings) > "Manage access" > Invite teams or people > role ${role}`,
      `the owner of the token has to be a member of ${owner ?? 'the owner'}: an outside collaborator of a repository alone is refused`,
      ...orWorkflowToken(clues),
    ],
    ...(page ? { url: page } : {}),
  };
}
