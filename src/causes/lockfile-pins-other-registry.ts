import {
  type Cause,
  type Clues,
  type RunFacts,
  ruledOut,
  type Statement,
  type Verdict,
} from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { describePrefix, prefixOf } from '../domain/prefix.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { sameSecret } from '../domain/secret.ts';
import type { CaseResult } from '../domain/target.ts';
import { plannedRegistry } from './parts/config-lines.ts';
import { failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { type ForeignLock, foreignLocks } from './parts/foreign-lock.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { isMadeUp } from './parts/made-up-tarball.ts';
import { seenLine } from './parts/seen.ts';

type Mismatch = Extract<CaseResult, { kind: 'lockfile-mismatch' }>;

/** The lockfile's tarball URL names another host than the configured registry; the client follows the lockfile (measured: clients.md section 4). */
export const lockfilePinsOtherRegistry: Cause = {
  code: 'NP111',
  slug: 'lockfile-pins-other-registry',
  title: 'the lockfile names another host, or another project, than the configured registry',
  severity: 'error',
  needs: ['job', 'tarball-with-token', 'locked-metadata'],
  hides: [
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
    'host-unresolved',
    'connection-failed',
    'timed-out',
    'tls-untrusted',
    'proxy-failed',
    'not-a-registry',
    'package-not-found',
    'version-not-found',
    'project-not-found',
  ],
  example: 'lockfile-of-another-host',
  ofPackage: true,
  inspect: (run) =>
    foreignLocks(run).map((foreign) => ({
      severity: 'warning',
      packages: [],
      statement: foreignStatement(run, foreign),
    })),
  weigh(clues) {
    if (clues.case.result.kind === 'lockfile-mismatch')
      return { kind: 'confirmed', because: ['configuration', 'metadata'] };
    if (isMadeUp(clues)) return { kind: 'confirmed', because: ['configuration', 'tarball'] };
    if (movedProject(clues)) return movedVerdict(clues);
    const pinned = pinnedElsewhere(clues) ?? pinnedUnconfigured(clues);
    if (!pinned || failingRequest(clues)?.kind !== 'tarball') return ruledOut;
    const because = ['configuration', 'tarball'];
    const decidedBy = 'where the packages of the scope are published';
    return mayBeMeant(clues) ? { kind: 'possible', because, decidedBy } : { kind: 'confirmed', because };
  },
  state(clues) {
    if (clues.case.result.kind === 'lockfile-mismatch') return mismatchStatement(clues, clues.case.result);
    if (isMadeUp(clues)) return madeUpStatement(clues);
    const moved = movedProject(clues);
    if (moved !== null) return movedStatement(clues, moved);
    const unconfigured = pinnedUnconfigured(clues);
    if (unconfigured !== null) return unconfiguredStatement(clues, unconfigured);
    const pinned = pinnedElsewhere(clues);
    const { dependency, registry } = clues.case.target;
    const from = pinned ? new URL(pinned.locked).origin : '';
    const to = pinned ? new URL(pinned.configured).origin : '';
    const lockfile = clues.run.project.lockfile?.path ?? 'package-lock.json';
    return {
      title: `${lockfile} takes ${dependency.name} from ${from}, the configuration from ${to}`,
      seen: seenLine(clues, 'configuration'),
      location: dependency.locked?.source ?? registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `rewrite ${from} to ${to} in ${lockfile}, or give the client a key for ${from}`,
        steps: [
          `if ${to} is right: replace "${from}/" by "${to}/" in ${lockfile} and commit it; the path behind the host must match too (relative root)`,
          `if ${from} is right: map the scope there and add its credential key`,
        ],
        command: replaceCommand(lockfile, `${from}/`, `${to}/`),
      },
    };
  },
};

/** The lockfile was made behind a private registry that this job's configuration does not know. */
function unconfiguredStatement(clues: Clues, locked: string): Statement {
  const { dependency } = clues.case.target;
  const lockfile = clues.run.project.lockfile?.path ?? 'the lockfile';
  const { origin } = new URL(locked);
  return {
    title: `${lockfile} takes ${dependency.name} from ${origin}, and no registry line sends it there`,
    seen: seenLine(clues, 'configuration'),
    location: dependency.locked?.source ?? null,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `make ${lockfile} anew without ${origin}, or configure that registry here too`,
      steps: [
        `if ${dependency.name} is a public package: delete ${lockfile}, install anew where no private registry is configured, and commit the lockfile`,
        `if it comes from ${origin}: give this job the registry line and the credential key of the place where the lockfile was made`,
      ],
    },
  };
}

/** Without an address in the lockfile the client makes one up by the public registry's pattern. */
function madeUpStatement(clues: Clues): Statement {
  const { client } = clues.run.client;
  const { dependency, tarball } = clues.case.target;
  const lockfile = clues.run.project.lockfile?.path ?? 'the lockfile';
  return {
    title: `${lockfile} has no address for the tarball of ${dependency.name}, and the one that ${client.name} makes up is none of ${tarball ? new URL(tarball.url).host : 'the registry'}`,
    seen: `${lockfile} has version and integrity alone; 404 at ${tarball?.url}`,
    location: dependency.locked?.source ?? dependency.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `lock ${dependency.name} again where its registry is configured, so that ${lockfile} gets the address`,
      steps: [
        'the entry was made where another registry served the package: by its pattern the address needs no place in the lockfile',
        ...(client.name === 'pnpm'
          ? [
              'where the address is still missing then: lockfileIncludeTarballUrl: true in pnpm-workspace.yaml (lockfile-include-tarball-url=true in .npmrc up to 10.5)',
            ]
          : []),
        'commit the lockfile',
      ],
      command: lockfileCommand(clues, dependency.locked?.version ?? 'latest'),
    },
  };
}

/** Packages that are none of this job's private ones, from somebody's own mirror or cache. */
function foreignStatement({ project }: RunFacts, { origin, packages }: ForeignLock): Statement {
  const lockfile = project.lockfile?.path ?? 'the lockfile';
  const [first] = packages;
  const others = packages.length - 1;
  return {
    title: `${lockfile} takes ${first?.name ?? 'packages'}${others > 0 ? ` and ${others} more` : ''} from ${origin}, and nothing here names that host`,
    seen: `locked at ${first?.locked?.tarball}`,
    location: first?.locked?.source ?? null,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `make ${lockfile} anew without ${origin}, or configure that registry here too`,
      steps: [
        `the lockfile was made where a registry line led to ${origin}: the install goes there whatever is configured here`,
        `if they are public packages: delete ${lockfile}, install where no such registry is configured, and commit the lockfile`,
        `if ${origin} is meant: give this job its registry line and credential key`,
      ],
    },
  };
}

/** A client that asks metadata too and ends where it names another tarball than the lockfile (measured: l06, l16 on pnpm 11, 12). */
function mismatchStatement(clues: Clues, { stop, named }: Mismatch): Statement {
  const locked = clues.case.target.dependency.locked?.tarball ?? '';
  return addressStatement(clues, {
    locked,
    named,
    says: `from ${locked}, and the registry names another address`,
    seen: `${stop.code}: ${stop.message}`,
  });
}

/** The lockfile's address of a tarball and the one that the registry's metadata names today, `null` for none; what is said and was seen of them. */
interface TwoAddresses {
  locked: string;
  named: string | null;
  says: string;
  seen: string | null;
}

function addressStatement(clues: Clues, { locked, named, says, seen }: TwoAddresses): Statement {
  const { dependency, registry } = clues.case.target;
  const lockfile = clues.run.project.lockfile?.path ?? 'the lockfile';
  return {
    title: `${lockfile} takes ${dependency.name} ${says}`,
    seen,
    location: dependency.locked?.source ?? registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `let ${lockfile} name the address of today`,
      steps: [
        `in ${lockfile}: ${locked}`,
        `in the registry's metadata: ${named ?? 'no tarball at all'}`,
        'the command replaces the one by the other; commit the lockfile',
      ],
      command:
        named === null || !isPlain(locked + named)
          ? lockfileCommand(clues, dependency.locked?.version ?? 'latest')
          : movedCommand(lockfile, locked, named),
    },
  };
}

/**
 * Where the configured registry has the locked version today, when that is another project than the one whose tarball the lockfile names and which
 * refuses it. It was asked with the job's token, so that one has to be the client's.
 */
function movedProject(clues: Clues): string | null {
  const { dependency, metadata, registry } = clues.case.target;
  const request = failingRequest(clues);
  const { locked, name } = dependency;
  if (request?.kind !== 'tarball' || metadata !== null || locked === null || !isRefusal(request.observation))
    return null;
  const { secret } = clues.run.environment.credential;
  const { credential } = request;
  if (credential.kind !== 'token' || secret === null || !sameSecret(secret, credential.secret)) return null;
  const outcome = clues.observation(`other-prefixes:${registry.url}`)?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200 || outcome.body.kind !== 'text') return null;
  const file = `/packages/npm/${name}/-/${name}-${locked.version}.tgz`;
  const tarballs = [...outcome.body.text.matchAll(/"tarball":\s*"([^"\\]+)"/g)].map(([, url = '']) => url);
  const named = tarballs.find((url) => url.endsWith(file));
  if (named === undefined || !URL.canParse(named) || !sameOrigin(named, request.url)) return null;
  const [there, here] = [prefixOf(named), prefixOf(request.url)];
  const isOther = there?.kind === 'project' && here?.kind === 'project' && there.project !== here.project;
  return isOther ? named : null;
}

/** Certain where the project of the lockfile surely has no such version; else it may have it too, and only hide it. */
function movedVerdict({ access }: Clues): Verdict {
  const because = ['tarball', 'other-prefixes'];
  const lacks = ['project-not-found', 'package-not-found', 'version-not-found'] as const;
  return lacks.some((fault) => access?.faults[fault] === 'always')
    ? { kind: 'confirmed', because }
    : {
        kind: 'possible',
        because,
        decidedBy: 'whether the project that the lockfile names still publishes the package',
        unlikely: true,
      };
}

function movedStatement(clues: Clues, named: string): Statement {
  const locked = clues.case.target.tarball?.url ?? '';
  const [before, now] = [prefixOf(locked), prefixOf(named)];
  return addressStatement(clues, {
    locked,
    named,
    says: `from ${before ? `the ${describePrefix(before)} prefix` : locked}, and the registry has it at ${now ? `the ${describePrefix(now)} prefix` : named}`,
    seen: seenLine(clues, 'place'),
  });
}

/** Nothing in it means anything to a shell or to the quotes of the command. */
function isPlain(text: string): boolean {
  return /^[\w.:/@%~+-]*$/.test(text);
}

/** The part of two addresses that differs, replaced in the lockfile. */
function movedCommand(lockfile: string, locked: string, named: string): string {
  let same = 0;
  while (same < locked.length && locked.at(-1 - same) === named.at(-1 - same)) same += 1;
  const slash = locked.indexOf('/', locked.length - same);
  const tail = slash === -1 ? 0 : locked.length - slash;
  return replaceCommand(
    lockfile,
    locked.slice(0, locked.length - tail + 1),
    named.slice(0, named.length - tail + 1),
  );
}

function replaceCommand(lockfile: string, from: string, to: string): string {
  return `node -e "const f=require('fs'),p='${lockfile}';f.writeFileSync(p,f.readFileSync(p,'utf8').replaceAll('${from}','${to}'))"`;
}

function pinnedElsewhere(clues: Clues): { locked: string; configured: string } | null {
  const { tarball, registry, dependency } = clues.case.target;
  const locked = dependency.locked?.tarball;
  // a key for the host of the lockfile says that it is meant, where nothing maps the scope
  const isMeant = locked != null && clues.run.client.settings.some(({ key }) => key.includes(hostOf(locked)));
  const configured = registry.url ?? (isMeant ? null : plannedRegistry(clues.run, dependency.name));
  if (!tarball || !locked || !configured || clues.case.target.metadata) return null;
  return sameOrigin(tarball.url, locked) && !sameOrigin(locked, configured) ? { locked, configured } : null;
}

/** A GitLab that refuses may be the right one, where no line maps the scope anywhere: then the line and the key for it are missing. */
function mayBeMeant(clues: Clues): boolean {
  const { registry, tarball, dependency } = clues.case.target;
  if (scopeOf(dependency.name) === null) return false;
  const observation = failingRequest(clues)?.observation ?? null;
  return registry.url === null && prefixOf(tarball?.url ?? '') !== null && isRefusal(observation);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? `//${new URL(url).host}/` : url;
}

/**
 * The locked address of an unscoped package at a GitLab, where nothing but the client's own default registry is configured for it and no token
 * at hand opens it.
 */
function pinnedUnconfigured(clues: Clues): string | null {
  const { registry, dependency, metadata } = clues.case.target;
  const locked = dependency.locked?.tarball;
  const request = failingRequest(clues);
  if (!locked || metadata || scopeOf(dependency.name) !== null || registryReach(registry) !== 'default')
    return null;
  if (request?.kind !== 'tarball' || request.credential.kind !== 'none' || tokenOpensIt(request)) return null;
  return prefixOf(locked) !== null && plannedRegistry(clues.run, dependency.name) === null ? locked : null;
}
