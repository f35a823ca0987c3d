import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { isKeptAtHome } from '../domain/credential.ts';
import { scopeOf } from '../domain/dependency.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { describeProject } from '../domain/package-project.ts';
import { describePrefix, type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import { formatSource } from '../domain/source.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { addressesOfOthers } from './parts/addresses-of-others.ts';
import { failingRequest } from './parts/failing-request.ts';
import { askedElsewhere, foundElsewhere, heldElsewhere } from './parts/found-elsewhere.ts';
import { bareName, githubOf } from './parts/github-place.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { mapToPrefix } from './parts/map-to-prefix.ts';
import { namedToday } from './parts/named-today.ts';
import { ownAddress } from './parts/other-address.ts';
import { seenLine } from './parts/seen.ts';
import { workspaceSteps } from './parts/workspace-steps.ts';

/** The place can be read and holds no such package (GitLab model, section 3, step 3 and 5). */
export const packageNotFound: Cause = {
  code: 'NP501',
  slug: 'package-not-found',
  title: 'the registry can be read and holds no such package',
  severity: 'error',
  needs: [
    'locked-metadata',
    'registry-metadata',
    'other-prefixes',
    'job',
    'packages-api',
    'holds-package',
    'as-nobody',
    'without-credential',
    'dist-tags',
  ],
  hides: ['role-missing'],
  example: 'package-not-published',
  ofPackage: true,
  weigh(clues) {
    const request = failingRequest(clues);
    if (!request || clues.case.publishing || ownAddress(clues)) return ruledOut;
    if (clues.github)
      return accessVerdict(
        'package-not-found',
        clues,
        `somebody with access looks for it among the packages of ${clues.github.owner ?? 'its owner'}`,
      );
    if (clues.access === null) {
      const isThere = ['tarball', 'no-version'].includes(namedToday(clues)?.kind ?? '');
      // what is said to nobody is not said to the client
      if (isThere || isKeptAtHome(request.credential, request.url)) return ruledOut;
      return statusOf(request.observation.outcome) === 404
        ? { kind: 'possible', because: [request.kind], decidedBy: 'the list of packages in the registry' }
        : ruledOut;
    }
    if (!isForwarded(request.observation)) {
      if (isLockedApart(clues)) return { kind: 'confirmed', because: ['holds-package', 'other-prefixes'] };
      return accessVerdict('package-not-found', clues, 'the list of packages in the registry of the project');
    }
    const elsewhere = foundElsewhere(clues).length > 0 || heldElsewhere(clues).length > 0;
    const isGone = clues.access.faults['project-not-found'] === 'always';
    if (elsewhere && !isGone && clues.case.target.prefix?.kind !== 'instance') {
      return { kind: 'confirmed', because: ['metadata', 'other-prefixes'] };
    }
    return ruledOut;
  },
  state(clues) {
    const { name } = clues.case.target.dependency;
    if (clues.github) return githubStatement(clues, name);
    const place = placeOf(clues);
    return {
      title: `${place} holds no package ${name}`,
      seen: seenLine(clues, 'place'),
      location: null,
      remedy: remedyOf(clues, name, place),
    };
  },
};

/** What was asked: the project of a locked tarball, whatever prefix the scope is mapped to, else that prefix. */
function placeOf({ case: { target } }: Clues): string {
  const locked = target.metadata === null ? prefixOf(target.tarball?.url ?? '') : null;
  const prefix = locked ?? target.prefix;
  return prefix ? `the ${describePrefix(prefix)} prefix` : 'the registry';
}

/**
 * Whether the lockfile names a project that holds no such package, or is not there, which nothing tells apart before 17.4, and a prefix above it or
 * beside it holds the package.
 */
function isLockedApart(clues: Clues): boolean {
  const { access } = clues;
  if (!access?.holdsNothing || access.faults['project-not-found'] === 'always') return false;
  return clues.case.target.metadata === null && heldElsewhere(clues).length > 0;
}

/** A public package that comes here because all do. */
function sentHere({ case: { target } }: Clues): readonly string[] {
  const { registry, dependency } = target;
  return registryReach(registry) === 'all'
    ? [
        `if ${dependency.name} is a public package: ${formatSource(registry.source)} sends every name here that no line of its own scope covers, and nothing is had from here but what is published here or forwarded`,
      ]
    : [];
}

function remedyOf(clues: Clues, name: string, place: string) {
  const { url } = clues.case.target.registry;
  const isOther = (prefix: Prefix) => prefixUrl(prefix) !== url;
  const found = foundElsewhere(clues).find(isOther);
  // what sends the client on has none, so that a refusal says where it is
  const request = failingRequest(clues);
  const sentOn = request !== null && isForwarded(request.observation);
  const better =
    found ??
    (sentOn
      ? heldElsewhere(clues).find(isOther)
      : isLockedApart(clues)
        ? heldElsewhere(clues)[0]
        : undefined);
  const scope = scopeOf(name);
  if (better && clues.case.target.metadata === null) {
    return {
      who: 'whoever maintains this repository',
      summary: `lock ${name} again, from where it is published now`,
      steps: [
        `the lockfile names a tarball of a project that does not hold ${name}; it is ${found ? 'found' : 'held'} at the ${describePrefix(better)} prefix`,
        `map ${scope ?? name} there if it is mapped elsewhere, then lock it again`,
      ],
      command: lockfileCommand(clues, 'latest'),
    };
  }
  if (better && scope) {
    return {
      who: 'whoever maintains this repository',
      summary: `map ${scope} to the ${describePrefix(better)} prefix`,
      ...mapToPrefix(clues, scope, better, [
        `${name} is ${found ? 'found' : 'held'} at the ${describePrefix(better)} prefix, not at ${place}`,
        ...(found ? [] : ['whether that prefix gives it to the token that is sent, the next run says']),
      ]),
    };
  }
  return {
    who: 'whoever publishes the package',
    summary: `publish ${name}, or correct its name`,
    steps: [
      ...workspaceSteps(clues),
      `compare the spelling of ${name} with the package registry page of the project that publishes it`,
      askedElsewhere(clues)
        ? 'the other prefixes of this server were asked too and do not have it: publish it first'
        : 'publish it first if it was never published there',
      ...besideGroup(clues, scope),
      ...hiddenFrom(clues, name),
      ...(clues.access === null && failingRequest(clues)?.kind === 'metadata'
        ? [`or the line names no registry: ${addressesOfOthers}`]
        : []),
      ...sentHere(clues),
      ...(clues.case.target.prefix
        ? [
            'GitLab takes packages at the project prefix alone, …/api/v4/projects/<id>/packages/npm/: what was sent to another prefix was not stored',
          ]
        : []),
    ],
  };
}

/** Registries of others may say 404 of what a token has no right to (Artifactory, Cloudsmith; their documentation). */
function hiddenFrom(clues: Clues, name: string): readonly string[] {
  const request = failingRequest(clues);
  if (clues.access || request?.credential.kind !== 'token') return [];
  const { variable, source } = request.credential;
  return [
    `or ${new URL(request.url).host} hides it: some registries say 404 of what a token may not read, so look whether the owner of the one in ${variable ?? formatSource(source)} may read ${name}`,
  ];
}

/** Where the project that holds it is known, and the group that is asked does not have it. */
function besideGroup({ packageProject, case: { target } }: Clues, scope: string | null): readonly string[] {
  if (target.prefix?.kind !== 'group' || packageProject?.id == null || scope === null) return [];
  return [
    `if ${describeProject(packageProject)} publishes it, outside group ${target.prefix.group}: map ${scope} to …/api/v4/projects/${packageProject.id}/packages/npm/`,
  ];
}

/** On GitHub names are in lower case, and a package belongs to the owner whose login is the scope (GitHub notes, sections A1 and A2 row 9). */
function githubStatement(clues: Clues, name: string): Statement {
  const { owner, registry } = githubOf(clues);
  const host = new URL(registry.webUrl).host;
  const lower = name.toLowerCase();
  return {
    title:
      owner === null
        ? `the registry of ${host} holds no package without a scope, like ${name}`
        : `${owner} has no package ${bareName(clues)} in the registry of ${host}`,
    seen: seenLine(clues, 'place'),
    location: null,
    remedy: {
      who: 'whoever publishes the package, or maintains this repository',
      summary: `publish ${name} there, correct its name, or map its scope to the registry that has it`,
      steps: [
        ...workspaceSteps(clues),
        ...(lower === name ? [] : [`names there are in lower case: ask for ${lower}`]),
        ...(owner === null
          ? []
          : [
              `compare with the packages of ${owner}: ${registry.webUrl}/orgs/${owner}/packages?ecosystem=npm (of a person: ${registry.webUrl}/${owner}?tab=packages)`,
            ]),
        owner === null
          ? 'map a scope to this registry, and leave everything else to the default registry'
          : `if it comes from another registry, the public one for example, map @${owner} there`,
        ...(registry.platform === 'server'
          ? ['on GitHub Enterprise Server a package that may not be read can look like one that is not there']
          : []),
      ],
    },
  };
}
