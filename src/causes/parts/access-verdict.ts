import type { AccessFault } from '../../domain/access-state.ts';
import { type Clues, ruledOut, type Verdict } from '../../domain/cause.ts';
import type { GitHubFault } from '../../domain/github-access.ts';
import { ownAnswer } from '../../domain/own-answer.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { isLimited } from '../../domain/rate-limit.ts';
import type { Setting } from '../../domain/setting.ts';
import { failingRequest } from './failing-request.ts';
import { mayHideVersions } from './hidden-versions.ts';

/** The probes whose answers part the faults of GitLab's access layer from each other. */
export const accessProbes: readonly string[] = [
  'job',
  'tarball-with-token',
  'metadata-with-token',
  'packages-api',
  'git-refs',
  'dist-tags',
  'as-nobody',
  'holds-package',
  'listing',
  'lookup-variant',
  'public-project',
  'project-settings',
  'token-scope',
  'allowlist',
  'groups-allowlist',
  'membership',
  'outbound-scope',
];

/**
 * The verdict that the rules of GitLab, or of GitHub Packages, give for a fault: confirmed when every state that explains the answers has it.
 * Where somebody else answered the failing request, or it was about too many of them, they explain nothing; nor where nothing is refused and no version
 * fits, as another project than the one that is shown may have it. `decidedBy` says what would settle it otherwise.
 */
export function accessVerdict(fault: AccessFault | GitHubFault, clues: Clues, decidedBy: string): Verdict {
  const failing = failingRequest(clues)?.observation;
  if (failing && ownAnswer(failing.question, failing.outcome).kind !== 'answered') return ruledOut;
  if (clues.access && (asksNoRoute(clues) || mayHideVersions(clues))) return ruledOut;
  if (failing?.outcome.kind === 'answered' && isLimited(failing.outcome)) return ruledOut;
  if (ofTheToken.has(fault) && isMeantForAnother(clues)) return ruledOut;
  const because = [...clues.case.observations.keys()];
  switch (thereOf(fault, clues)) {
    case 'always':
      return { kind: 'confirmed', because };
    case 'sometimes':
      return { kind: 'possible', because, decidedBy, ...(isUnlikely(fault, clues) && { unlikely: true }) };
    default:
      return ruledOut;
  }
}

/** Whether the lockfile has the client ask for an address that is none of GitLab's packages: who may read them does not matter there. */
function asksNoRoute({ case: { target, result } }: Clues): boolean {
  const { tarball, metadata } = target;
  return result.kind === 'tarball-failed' && metadata === null && prefixOf(tarball?.url ?? '') === null;
}

/** Faults that a token or its user brings along. */
const ofTheToken: ReadonlySet<AccessFault | GitHubFault> = new Set([
  'token-rejected',
  'token-scope-missing',
  'not-on-allowlist',
  'fine-grained-permission-missing',
  'role-missing',
  'outbound-limit',
]);

/**
 * Whether the client sends no token, and the line that was meant to give it one is for another than the job's: what the job's own may do, with which
 * further questions are asked, then says nothing of that one.
 */
function isMeantForAnother(clues: Clues): boolean {
  const { run, case: one } = clues;
  const asked = one.result.kind === 'metadata-failed' ? one.target.metadata : one.target.tarball;
  const own = run.environment.credential.variable;
  if (asked?.credential.kind === 'unresolved') return asked.credential.variable !== own;
  if (asked?.credential.kind !== 'none') return false;
  const [nearest] = asked.credential.nearest;
  const meant =
    nearest === undefined
      ? keysOfServer(run, asked.url)
      : run.client.settings.filter(({ key }) => key === nearest.key);
  return meant.length > 0 && meant.every(({ written }) => !written.includes(own));
}

/** The credentials that the client has for a server, where it looks up none of them (Yarn 1 for an alias without a scope). */
function keysOfServer({ client }: Clues['run'], url: string): readonly Setting[] {
  const start = `//${new URL(url).host}/`;
  return client.settings.filter(
    ({ key }) => key.startsWith(start) && /:_(?:authToken|auth|password)$/.test(key),
  );
}

function isUnlikely(fault: AccessFault | GitHubFault, { access }: Clues): boolean {
  return access?.doubtful === true || access?.unusual?.some((one) => one === fault) === true;
}

function thereOf(fault: AccessFault | GitHubFault, { access, github }: Clues) {
  if (github !== null) return isOf(github.faults, fault) ? github.faults[fault] : 'never';
  return access !== null && isOf(access.faults, fault) ? access.faults[fault] : 'never';
}

function isOf<T extends object>(faults: T, fault: PropertyKey): fault is keyof T {
  return Object.hasOwn(faults, fault);
}
