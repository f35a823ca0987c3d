import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { describeProject } from '../domain/package-project.ts';
import { describePrefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { Case } from '../domain/target.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { foundElsewhere } from './parts/found-elsewhere.ts';
import { githubOf } from './parts/github-place.ts';
import { hiddenGroup } from './parts/hidden-group.ts';
import { isAskedFor, lockfileCommand } from './parts/lockfile-command.ts';
import { mapToPrefix } from './parts/map-to-prefix.ts';
import { seenLine } from './parts/seen.ts';
import { tokenHolder } from './parts/token-holder.ts';

/**
 * The project of a prefix or a locked tarball does not exist: deleted, or a wrong id (GitLab model, section 4: the packages API tells). The group
 * of a prefix is told apart by nobody from one that the token does not see: GitLab says `404 Group Not Found` of both (section 3).
 */
export const projectNotFound: Cause = {
  code: 'NP305',
  slug: 'project-not-found',
  title: 'the project or group of the prefix, or the project of the lockfile, does not exist',
  severity: 'error',
  needs: [...accessProbes, 'other-prefixes'],
  example: 'project-deleted',
  weigh(clues) {
    const hidden = hiddenGroup(clues);
    if (hidden?.exists) return ruledOut;
    if (hidden)
      return {
        kind: 'possible',
        because: ['metadata'],
        decidedBy: `an Owner of group ${hidden.group} looks whether it exists, and whether the token's user is a member`,
      };
    const decidedBy = clues.github
      ? `somebody opens ${clues.github.registry.webUrl}/${clues.github.owner} in the browser: a page means that the owner exists`
      : `somebody with access opens ${describeProject(clues.packageProject)} in the browser: a page means that it exists`;
    const verdict = accessVerdict('project-not-found', clues, decidedBy);
    return clues.github && verdict.kind === 'possible' ? { ...verdict, unlikely: true } : verdict;
  },
  state: (clues) => {
    if (clues.github) return githubStatement(clues);
    const hidden = hiddenGroup(clues);
    if (hidden) return groupStatement(clues, hidden.group);
    if (clues.case.target.metadata === null) return lockStatement(clues);
    const project = describeProject(clues.packageProject);
    const { dependency, registry } = clues.case.target;
    const scope = scopeOf(dependency.name);
    const mapped = scope ?? dependency.name;
    // what an input asks for, no line of a file mends
    const [found] = isByInput(clues) ? [] : foundElsewhere(clues);
    return {
      title: `${project} does not exist on this server`,
      seen: seenLine(clues),
      location: registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `name the project that publishes the packages of ${mapped}`,
        ...(found
          ? mapToPrefix(clues, scope, found, [
              `${dependency.name} is found at the ${describePrefix(found)} prefix`,
              'or replace the id by that of the project that publishes them (shown on its overview page)',
            ])
          : {
              steps: [
                ...askedFor(clues, 'project-id', `the registry line for ${mapped} names ${project}`),
                'replace the id by that of the project that publishes them (shown on its overview page), or use the instance prefix',
              ],
            }),
      },
    };
  },
};

/** What the lockfile names is gone: one finding for all packages of the project, whose remedies must then be one. */
function lockStatement(clues: Clues): Statement {
  const project = describeProject(clues.packageProject);
  const { dependency } = clues.case.target;
  const { count, commands } = fellowsOf(clues);
  const isAlone = count < 2;
  const what = isAlone ? dependency.name : 'the packages';
  return {
    title: `${project}, which the lockfile names${isAlone ? ` for ${what}` : ''}, does not exist on this server`,
    seen: seenLine(clues),
    location: dependency.locked?.source ?? null,
    remedy: {
      who: 'whoever maintains this repository',
      summary: isAlone
        ? `lock ${what} again, from where it is published now`
        : `lock the packages of ${project} again, from where they are published now`,
      steps: [
        `the lockfile names ${isAlone ? 'a tarball' : 'tarballs'} of ${project}, which is gone: deleted, or its packages were published elsewhere`,
        ...(isAlone
          ? ['find the project that publishes the package now, then lock it again']
          : [
              'find the project that publishes each of the packages now, then lock each of them again',
              ...commands,
            ]),
      ],
      ...(isAlone ? { command: lockfileCommand(clues, 'latest') } : {}),
    },
  };
}

/** The cases that failed at locked tarballs of one project: how many, and how packages like them are locked again. */
interface Fellows {
  count: number;
  commands: ReadonlySet<string>;
}

/** Found once for all cases of a run: there may be a hundred thousand of them. */
const known = new WeakMap<readonly Case[], ReadonlyMap<string, Fellows>>();

function fellowsOf(clues: Clues): Fellows {
  const { case: own, cases } = clues;
  const all = known.get(cases) ?? byLockedProject(clues);
  known.set(cases, all);
  return all.get(lockedProject(own) ?? '') ?? { count: 1, commands: new Set() };
}

function byLockedProject(clues: Clues): ReadonlyMap<string, Fellows> {
  const found = new Map<string, { count: number; commands: Set<string> }>();
  for (const one of clues.cases) {
    const project = lockedProject(one);
    if (project === null) continue;
    const fellows = found.get(project) ?? { count: 0, commands: new Set<string>() };
    fellows.count += 1;
    fellows.commands.add(nameless(clues, one));
    found.set(project, fellows);
  }
  return found;
}

/** The project of the locked tarball at which a case failed, as the URL of its prefix. */
function lockedProject({ target, result }: Case): string | null {
  const prefix = target.metadata === null && target.tarball ? prefixOf(target.tarball.url) : null;
  return result.kind === 'tarball-failed' && prefix?.kind === 'project' ? prefixUrl(prefix) : null;
}

/** The command for a package like that of a case, as a step that holds for each of its kind. */
function nameless(clues: Clues, { target, ...one }: Case): string {
  const dependency = { ...target.dependency, name: 'PACKAGE' };
  const command = lockfileCommand(
    { ...clues, case: { ...one, target: { ...target, dependency } } },
    'latest',
  );
  return isAskedFor(target.dependency)
    ? `for each that package.json names: ${command}`
    : `for each that only other packages ask for: ${command}`;
}

function isByInput(clues: Clues): boolean {
  const scope = scopeOf(clues.case.target.dependency.name);
  const planned = clues.run.plan.scopes.find((one) => one.scope === scope);
  return planned?.why === 'asked for by the input prefix';
}

/** Where the line comes from: of what this program writes by an input, the input is what a person changes. */
function askedFor(clues: Clues, input: 'group-id' | 'project-id', otherwise: string): readonly string[] {
  return isByInput(clues)
    ? [
        `the input ${input} asks for it: correct it by the number or full path on the overview page, or leave the input prefix out, which then finds one that serves`,
      ]
    : [otherwise];
}

/** On GitHub the place of a package is its owner, whose login is the scope (GitHub notes, section A2 row 10). */
function githubStatement(clues: Clues): Statement {
  const { owner, registry } = githubOf(clues);
  const { name } = clues.case.target.dependency;
  return {
    title: `there is no owner ${owner} on ${new URL(registry.webUrl).host}, whose package ${name} would be`,
    seen: seenLine(clues),
    location: clues.case.target.registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `ask for the package by the scope of its owner`,
      steps: [
        `the scope of a package on GitHub is the login of its owner, in lower case: open ${registry.webUrl}/${owner} and see whether it was renamed`,
        `or map @${owner} to the registry that has it`,
      ],
    },
  };
}

function groupStatement(clues: Clues, group: string): Statement {
  const { registry, dependency } = clues.case.target;
  const { serverUrl } = clues.run.environment;
  const page = serverUrl === null ? null : `${serverUrl}/groups/${group}/-/group_members`;
  const scope = scopeOf(dependency.name);
  const mapped = scope ?? dependency.name;
  const better = scope === null ? undefined : foundElsewhere(clues)[0];
  const steps = [
    ...askedFor(
      clues,
      'group-id',
      `the registry line for ${mapped} names group ${group}: compare it with the number or full path on the group's overview page`,
    ),
    memberStep(clues, page),
    `or map to …/api/v4/projects/<id>/packages/npm/ of the project that publishes the packages of ${mapped}`,
  ];
  return {
    title: `group ${group} does not exist on this server, or this token does not see it`,
    seen: seenLine(clues, 'place'),
    location: registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: better
        ? `map ${mapped} to the ${describePrefix(better)} prefix, which has packages of it`
        : `name a group that the token sees, or the project that publishes the packages of ${mapped}`,
      ...(better ? mapToPrefix(clues, scope, better, steps) : { steps }),
      ...(page ? { url: page } : {}),
    },
  };
}

/** What shows a private group: a role in it or below it, or a deploy token of it. */
function memberStep(clues: Clues, page: string | null): string {
  const holder = tokenHolder(clues);
  if (holder.kind === 'deploy-token')
    return `${holder.name} sees a private group only where it is one of it, or of a project in it: make one there`;
  const user = holder.kind === 'job-user' ? `"${holder.name}"` : holder.name;
  return `a private group is seen by whoever has a role in it, or in what lies below it: an Owner opens ${page ?? 'its Manage > Members'} and invites ${user} as Reporter`;
}
