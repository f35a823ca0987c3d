import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { isKeptAtHome } from '../domain/credential.ts';
import { scopeOf } from '../domain/dependency.ts';
import { keyedHosts } from '../domain/keyed-hosts.ts';
import { lockedElsewhere } from '../domain/locked-elsewhere.ts';
import { prefixOf } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { plannedRegistry } from './parts/config-lines.ts';
import { type FailingRequest, failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { foreignLocks, foreignStatement } from './parts/foreign-lock.ts';
import {
  isReplaceable,
  mismatchStatement,
  movedAtOthers,
  movedAtOthersStatement,
  movedAtOthersVerdict,
  movedProject,
  movedStatement,
  movedVerdict,
} from './parts/locked-address.ts';
import { isPlain, lockfileCommand, movedPart, replaceCommand } from './parts/lockfile-command.ts';
import { isMadeUp, madeUpStatement } from './parts/made-up-tarball.ts';
import { namedToday } from './parts/named-today.ts';
import { onlyUnmapped } from './parts/only-unmapped.ts';
import { pinnedToPublic, publicStatement } from './parts/pinned-to-public.ts';
import { seenLine } from './parts/seen.ts';
import { strangeAddress, strangeStatement, strangeVerdict } from './parts/strange-address.ts';
import { variableOfDroppedFile } from './parts/unset-variable.ts';

/** The lockfile's tarball URL names another host than the configured registry; the client follows the lockfile (measured: clients.md section 4). */
export const lockfilePinsOtherRegistry: Cause = {
  code: 'NP111',
  slug: 'lockfile-pins-other-registry',
  title: 'the lockfile names another host, project or address than the configured registry has',
  severity: 'error',
  needs: ['job', 'tarball-with-token', 'locked-metadata', 'registry-metadata'],
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
  inspect: (run, cases) =>
    foreignLocks(run, cases).map((foreign) => ({
      severity: 'warning',
      packages: [],
      statement: foreignStatement(run, foreign),
    })),
  weigh(clues) {
    if (clues.case.result.kind === 'lockfile-mismatch')
      return { kind: 'confirmed', because: ['configuration', 'metadata'] };
    if (isMadeUp(clues)) return { kind: 'confirmed', because: ['configuration', 'tarball'] };
    if (pinnedToPublic(clues) !== null) return { kind: 'confirmed', because: ['configuration'] };
    if (movedProject(clues)) return movedVerdict(clues);
    if (movedAtOthers(clues)) return movedAtOthersVerdict(clues);
    const strange = strangeAddress(clues);
    if (strange) return strangeVerdict(strange);
    const pinned = pinnedElsewhere(clues) ?? pinnedUnconfigured(clues);
    const request = failingRequest(clues);
    if (!pinned || request?.kind !== 'tarball' || onlyUnmapped(clues) !== null) return ruledOut;
    const because = ['configuration', 'tarball'];
    const decidedBy = 'where the packages of the scope are published';
    const today = namedToday(clues);
    // the registry itself leads there
    if (today?.kind === 'tarball' && sameOrigin(today.url, request.url)) return ruledOut;
    if (isKnownThere(request, clues)) {
      // the job's own GitLab tells itself why it refuses the job's token, whatever address the line has
      if (clues.access !== null && isOwnServer(clues, request.url)) return ruledOut;
      return { kind: 'possible', because, decidedBy, unlikely: true };
    }
    // who refuses there may be of the registry, whose metadata could not be read
    const isUnread = today !== null && today.kind !== 'tarball';
    // that a scope is on the job's own server is a guess until a line says so
    const isGuessed = clues.case.target.registry.url === null && pinnedUnconfigured(clues) === null;
    return mayBeMeant(clues) || ((isUnread || isGuessed) && isRefusal(request.observation))
      ? { kind: 'possible', because, decidedBy }
      : { kind: 'confirmed', because };
  },
  state(clues) {
    if (clues.case.result.kind === 'lockfile-mismatch') return mismatchStatement(clues, clues.case.result);
    if (isMadeUp(clues)) return madeUpStatement(clues);
    const atPublic = pinnedToPublic(clues);
    if (atPublic !== null) return publicStatement(clues, atPublic);
    const moved = movedProject(clues);
    if (moved !== null) return movedStatement(clues, moved);
    const atOthers = movedAtOthers(clues);
    if (atOthers !== null) return movedAtOthersStatement(clues, atOthers);
    const strange = strangeAddress(clues);
    if (strange !== null) return strangeStatement(clues, strange);
    const unconfigured = pinnedUnconfigured(clues);
    if (unconfigured !== null) return unconfiguredStatement(clues, unconfigured);
    const pinned = pinnedElsewhere(clues);
    if (pinned === null) throw new Error('the lockfile pins nothing elsewhere');
    return pinnedStatement(clues, pinned);
  },
};

/** The lockfile names another server than the registry line. One text may take the place of another only where both have GitLab's paths. */
function pinnedStatement(clues: Clues, { locked, configured }: Pinned): Statement {
  const { dependency, registry } = clues.case.target;
  const [from, to] = [new URL(locked).origin, new URL(configured).origin];
  const lockfile = clues.run.project.lockfile?.path ?? 'package-lock.json';
  const ways = otherHost(locked, configured) ?? namedAddress(clues, locked);
  return {
    title: `${lockfile} takes ${dependency.name} from ${from}, the configuration from ${to}`,
    seen: seenLine(clues, 'configuration'),
    location: dependency.locked?.source ?? registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: ways
        ? `rewrite ${from} to ${to} in ${lockfile}, or give the client a key for ${from}`
        : `lock ${dependency.name} again from ${to}, or give the client a key for ${from}`,
      steps: [
        ways
          ? `if ${to} is right: replace "${ways.from}" by "${ways.to}" in ${lockfile} and commit it; the path behind the host must match too (relative root)`
          : `if ${to} is right: run the command where its registry line and key are in force, and commit ${lockfile}; ${from} has other paths, so that another host alone is not enough`,
        `if ${from} is right: map the scope there and add its credential key`,
      ],
      command: ways
        ? replaceCommand(lockfile, ways.from, ways.to)
        : lockfileCommand(clues, dependency.locked?.version ?? 'latest'),
    },
  };
}

/** What of the lockfile's addresses differs where both servers are GitLabs: the host, and the relative root where that differs too. */
function otherHost(locked: string, configured: string): { from: string; to: string } | null {
  const [before, now] = [prefixOf(locked), prefixOf(configured)];
  if (!before || !now || !isPlain(before.apiUrl + now.apiUrl)) return null;
  const alike = new URL(before.apiUrl).pathname === new URL(now.apiUrl).pathname;
  return alike
    ? { from: `${new URL(locked).origin}/`, to: `${new URL(configured).origin}/` }
    : { from: `${before.apiUrl}/`, to: `${now.apiUrl}/` };
}

/** The same where the registry says itself at which address it has the version. */
function namedAddress(clues: Clues, locked: string): { from: string; to: string } | null {
  const today = namedToday(clues);
  return today?.kind === 'tarball' && isReplaceable(clues, locked, today.url)
    ? movedPart(locked, today.url)
    : null;
}

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

interface Pinned {
  locked: string;
  configured: string;
}

/**
 * The server of the lockfile answered, and had a credential of the client's or a trouble of its own, or there is a key for it and the client sends one that this
 * check keeps at home: then the address may be right.
 */
function isKnownThere(
  { observation: { question, outcome }, credential, url }: FailingRequest,
  { run }: Clues,
): boolean {
  const status = statusOf(outcome);
  if (status === null) return false;
  // a key of that host is there, and only its variable has no value, or is not replaced
  const refused = run.client.problems.flatMap((one) =>
    one.kind === 'refused-expansion' ? one.setting.key : [],
  );
  const keys = credential.kind === 'unresolved' ? [...refused, credential.key] : refused;
  if (keys.some((key) => key.includes(keyStartOf(url)))) return true;
  if (isKeptAtHome(credential, url) && keyedHosts(run.client).has(new URL(url).hostname)) return true;
  return status === 429 || status >= 500 || !['none', 'text'].includes(question.authorization.kind);
}

function isOwnServer({ run: { environment } }: Clues, url: string): boolean {
  return environment.apiUrl !== null && sameOrigin(environment.apiUrl, url);
}

function pinnedElsewhere(clues: Clues): Pinned | null {
  const { tarball, registry, dependency } = clues.case.target;
  const locked = dependency.locked?.tarball;
  // a key for the host of the lockfile says that it is meant, where nothing maps the scope
  const isMeant =
    locked != null && clues.run.client.settings.some(({ key }) => key.includes(keyStartOf(locked)));
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

function keyStartOf(url: string): string {
  return URL.canParse(url) ? `//${new URL(url).host}/` : url;
}

/**
 * The locked address of an unscoped package at a GitLab, or of any at a host that the lockfile alone names, where nothing but the client's own default
 * registry is configured for it and no token at hand opens it.
 */
function pinnedUnconfigured(clues: Clues): string | null {
  const { registry, dependency, metadata } = clues.case.target;
  const locked = dependency.locked?.tarball;
  const request = failingRequest(clues);
  if (!locked || metadata || registryReach(registry) !== 'default') return null;
  if (request?.kind !== 'tarball' || request.credential.kind !== 'none' || tokenOpensIt(request)) return null;
  if (plannedRegistry(clues.run, dependency.name) !== null || variableOfDroppedFile(clues)) return null;
  const { client, environment } = clues.run;
  const isAtGitLab = prefixOf(locked) !== null && scopeOf(dependency.name) === null;
  return isAtGitLab || lockedElsewhere(client, environment, dependency) !== null ? locked : null;
}
