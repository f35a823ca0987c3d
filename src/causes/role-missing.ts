import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { describeProject, projectApiId } from '../domain/package-project.ts';
import type { Remedy } from '../domain/remedy.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { deployTokenRemedy, orJobToken } from './parts/deploy-token-remedy.ts';
import { failingRequest } from './parts/failing-request.ts';
import { packageSettingsUrl, sentToken } from './parts/github-place.ts';
import { readerRemedy } from './parts/github-token-remedies.ts';
import { hiddenGroup } from './parts/hidden-group.ts';
import { hiddenVersionsDecidedBy, mayHideVersions } from './parts/hidden-versions.ts';
import { neededRights } from './parts/needed-rights.ts';
import { storeAs, tokenName } from './parts/pass-token.ts';
import { isTokenBot, jobUserName, pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { isProvenReader } from './parts/proven-reader.ts';
import { leastRole } from './parts/publishing.ts';
import { seenLine } from './parts/seen.ts';
import { mayBeShutOut } from './parts/shut-out.ts';
import { type TokenHolder, tokenHolder } from './parts/token-holder.ts';

/** The job user has no sufficient role in the package project; a job token never has more rights than its user (GitLab model, section 1). */
export const roleMissing: Cause = {
  code: 'NP302',
  slug: 'role-missing',
  title: 'the job user, or the owner of the token, has no sufficient role in the package project',
  severity: 'error',
  needs: [...accessProbes, 'allowed-agents'],
  example: 'role-missing',
  weigh(clues) {
    if (clues.github)
      return accessVerdict('role-missing', clues, 'an admin of the package looks at "Manage access" of it');
    if (mayHideVersions(clues))
      return {
        kind: 'possible',
        because: ['metadata'],
        decidedBy: hiddenVersionsDecidedBy(clues),
        unlikely: true,
      };
    const holder = tokenHolder(clues);
    if (holder.kind === 'job-user' && isProvenReader(clues)) return ruledOut;
    const hidden = hiddenGroup(clues);
    const decidedBy = hidden
      ? `an Owner of group ${hidden.group} looks whether ${hidden.exists ? `${clues.case.target.dependency.name} is among its packages` : 'it exists'}, and whether ${holder.name} ${holder.kind === 'deploy-token' ? 'was made there' : 'has a role in it'}`
      : holder.kind === 'deploy-token'
        ? `a Maintainer of ${describeProject(clues.packageProject)} looks for it among the deploy tokens of the project and of the groups above it`
        : `a Maintainer of ${describeProject(clues.packageProject)} looks whether ${holder.name} is a member with at least ${leastRole(clues).name}`;
    const verdict = accessVerdict('role-missing', clues, decidedBy);
    if (verdict.kind !== 'confirmed') return verdict;
    const possible = { kind: 'possible', because: verdict.because, decidedBy } as const;
    // what is said of a group that may not be there tells of the role too
    if (hidden && !hidden.exists) return { ...possible, unlikely: true };
    return mayBeShutOut(clues) ? possible : verdict;
  },
  state: (clues) =>
    clues.github
      ? {
          title: `the owner of the token in ${tokenName(sentToken(clues).name)} may not read ${clues.case.target.dependency.name}`,
          seen: seenLine(clues),
          location: sentToken(clues).source,
          remedy: readerRemedy(clues, packageSettingsUrl(clues)),
        }
      : statementOf(clues, tokenHolder(clues), hiddenGroup(clues)?.group ?? null),
};

function statementOf(clues: Clues, holder: TokenHolder, hidden: string | null): Statement {
  if (hidden !== null) return groupStatement(clues, holder, hidden);
  const project = describeProject(clues.packageProject);
  const seen = seenLine(clues);
  switch (holder.kind) {
    case 'job-user':
      return {
        title: `${holder.name} may not read packages of ${project}: no role there, or one below Reporter`,
        seen,
        location: null,
        remedy: jobUserRemedy(clues),
      };
    case 'owner':
      return {
        title: `${holder.name} may not read packages of ${project}: no role there, or one below Reporter`,
        seen,
        location: failingSource(clues),
        remedy: ownerRemedy(clues, holder.stored),
      };
    case 'deploy-token':
      return {
        title: `${holder.name} is not one of ${project}, nor of a group above it`,
        seen,
        location: failingSource(clues),
        remedy: deployTokenRemedy(clues, holder.stored),
      };
  }
}

/** Whoever has a role in a private group, or in anything below it, sees it. */
function groupStatement(clues: Clues, holder: TokenHolder, group: string): Statement {
  const { serverUrl } = clues.run.environment;
  const isDeploy = holder.kind === 'deploy-token';
  const page = isDeploy ? '-/settings/repository#js-deploy-tokens' : '-/group_members';
  const url = serverUrl === null ? null : `${serverUrl}/groups/${group}/${page}`;
  const place = url ?? (isDeploy ? 'its Settings > Repository' : 'its Manage > Members');
  return {
    title: isDeploy
      ? `${holder.name} is not one of group ${group}, nor of a project in it`
      : `${holder.name} does not see group ${group}: no role in it, nor in anything below it`,
    seen: seenLine(clues, 'place'),
    location: holder.kind === 'job-user' ? clues.case.target.registry.source : failingSource(clues),
    remedy: {
      who: `an Owner of group ${group}`,
      summary: isDeploy
        ? `make a deploy token in group ${group} and ${storeAs(holder.stored)}`
        : `give ${holder.name} the Reporter role in group ${group}`,
      steps: [
        `an Owner of group ${group} opens ${place}`,
        ...(isDeploy
          ? [`Deploy tokens > Add token > scope ${neededRights(clues).gitlab.deploy}`, storeAs(holder.stored)]
          : [
              `Invite members > ${holder.kind === 'job-user' ? `"${holder.name}"` : 'the owner of the token'} > role Reporter (or higher)`,
            ]),
        "a role in the package's own project alone is enough too: it shows the groups above",
        ...(holder.kind === 'job-user'
          ? [
              'or start the pipeline as a user who is a member: a job token has the rights of the user who pushed, scheduled or clicked',
            ]
          : orJobToken(clues)),
      ],
      ...(url ? { url } : {}),
    },
  };
}

function failingSource(clues: Clues): Statement['location'] {
  const { credential } = failingRequest(clues) ?? {};
  return credential?.kind === 'token' ? credential.source : null;
}

/** A token of somebody else: its owner needs the role, or another one takes its place. */
function ownerRemedy(clues: Clues, stored: string): Remedy {
  const { run, packageProject } = clues;
  const least = leastRole(clues);
  const page = projectPage(run, packageProject, '/-/project_members');
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: `give the owner of the token in ${stored} the ${least.name} role in ${projectForPeople(packageProject)}, or store the token of somebody who has it`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, '/-/project_members', 'Manage > Members')}`,
      `Invite members > the owner of the token > role ${least.name} (or higher)`,
      'a group or project access token belongs to a bot that is a member of that group or project alone: make it in a group above all the packages',
      ...orJobToken(clues),
    ],
    ...(page ? { url: page } : {}),
  };
}

function jobUserRemedy(clues: Clues): Remedy {
  const { run, packageProject } = clues;
  const least = leastRole(clues);
  const user = jobUserName(run);
  const page = projectPage(run, packageProject, '/-/project_members');
  const id = packageProject && projectApiId(packageProject);
  const { apiUrl } = run.environment;
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: `give ${user} the ${least.name} role in ${projectForPeople(packageProject)}, or run the job as somebody who has it`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, '/-/project_members', 'Manage > Members')}`,
      `Invite members > "${user}" > role ${least.name} (or higher)`,
      ...(isTokenBot(user)
        ? [
            `${user} is the bot of a group or project access token and a member of that place alone: make it a member here too, or make the token in a group above both`,
          ]
        : []),
      `or start the pipeline as a user who is a member: a job token has the rights of the user who pushed, scheduled or clicked`,
      clues.case.publishing
        ? 'or publish with a deploy token (scope write_package_registry) of that project, in place of the job token: where a rule protects the package, none may'
        : 'or install with a deploy token (scope read_package_registry) of a group above all the packages, in place of the job token',
    ],
    ...(page ? { url: page } : {}),
    ...(id && apiUrl
      ? {
          request: {
            method: 'POST' as const,
            url: `${apiUrl}/projects/${id}/members`,
            data: { username: user, access_level: least.level },
          },
        }
      : {}),
  };
}
