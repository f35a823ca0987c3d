import type { Clues, Verdict } from '../../domain/cause.ts';
import type { KeyNearMiss } from '../../domain/credential.ts';
import { isForwarded, ownAnswer } from '../../domain/own-answer.ts';
import { statusOf } from '../../domain/probe.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import type { Setting } from '../../domain/setting.ts';
import { type Source, sameSource } from '../../domain/source.ts';
import { accessVerdict } from './access-verdict.ts';
import { type FailingRequest, failingRequest, isRefusal, tokenOpensIt } from './failing-request.ts';
import { hiddenGroup } from './hidden-group.ts';

/** A request that failed without a credential, and whether that is proven to be why. */
export interface Uncovered {
  request: FailingRequest;
  /** The key that somebody probably meant for it; `null` when there is none of that kind. */
  mistyped: KeyNearMiss | null;
  /** `proven`: the job's token opens it. `refused`: the token is refused too, so access is missing beside the key. `untested`: it could not be tried. */
  token: 'proven' | 'refused' | 'untested';
}

/**
 * The verdict for a key that is missing: confirmed when the job's token opens the request, or when nothing that GitLab's rules leave
 * possible would let nobody in. A registry that is open to anyone needs none, whatever else is wrong with it.
 */
export function uncoveredVerdict({ request, token }: Uncovered, clues: Clues): Verdict {
  const decidedBy = 'the same request with a token';
  // GitHub Packages answers nobody without a token, whatever is public (GitHub notes, section A1)
  if (clues.github && asksForOne(request)) return { kind: 'confirmed', because: [request.kind] };
  if (token === 'untested') return { kind: 'possible', because: [request.kind], decidedBy };
  if (token === 'refused' && clues.access) {
    const reader = 'the same request with a token that may read the package';
    const verdict = accessVerdict('credential-uncovered', clues, reader);
    if (verdict.kind === 'ruled-out' || request.kind !== 'metadata') return verdict;
    // a group that nobody sees may not be there: then its line is wrong, and a key for it no help
    const unlikely = hiddenGroup(clues)?.exists === false;
    if (verdict.kind === 'confirmed' && !unlikely && !mayLieElsewhere(clues)) return verdict;
    return { kind: 'possible', because: verdict.because, decidedBy: reader, ...(unlikely && { unlikely }) };
  }
  return { kind: 'confirmed', because: [request.kind, `${request.kind}-with-token`] };
}

/** Whether the server itself asks for a credential: another one's page, or that of a guard in front of it, says nothing of its keys. */
export function asksForOne({ observation: { question, outcome } }: FailingRequest): boolean {
  return statusOf(outcome) === 401 && ownAnswer(question, outcome).kind === 'answered';
}

/** The prefix may hold no such package: the project prefix that does may be open to anyone, and need no key. */
export function mayLieElsewhere({ access, case: { target } }: Pick<Clues, 'access' | 'case'>): boolean {
  if (target.prefix === null || target.prefix.kind === 'project' || !access) return false;
  const { faults } = access;
  // a group's prefix looks at no scope
  const mayBeOfAnother =
    target.prefix.kind === 'instance' && faults['scope-is-not-root-namespace'] !== 'never';
  return faults['package-not-found'] !== 'never' || mayBeOfAnother;
}

/** The failing request of a case when no key covered it. Forwarded metadata is no matter of keys. */
export function uncoveredRequest(clues: Clues): Uncovered | null {
  const found = requestWithout(clues);
  return found && isWithheld(found) ? null : found;
}

/** The failing request of a case to which the client sends no credential, whatever keys there are. */
export function withheldRequest(clues: Clues): Uncovered | null {
  const found = requestWithout(clues);
  return found && isWithheld(found) ? found : null;
}

function isWithheld({ request: { credential } }: Uncovered): boolean {
  return credential.kind === 'none' && credential.withheld === true;
}

function requestWithout(clues: Clues): Uncovered | null {
  const request = failingRequest(clues);
  if (
    request?.credential.kind !== 'none' ||
    isForwarded(request.observation) ||
    !isRefusal(request.observation)
  )
    return null;
  const nearest = request.credential.nearest.find((near) => !isAtHome(near, request.url, clues)) ?? null;
  return {
    request,
    mistyped: nearest && nearest.differs !== 'prefix' ? nearest : null,
    token: tokenOpensIt(request)
      ? 'proven'
      : statusOf(request.withToken?.outcome) === null
        ? 'untested'
        : 'refused',
  };
}

/**
 * A key that belongs to another registry is right where it is, however much its address looks like the one that has none: whether anything of that
 * registry is installed or not, and where it is the package's own, whose tarball lies on another host. In the file of a user or machine a key of another
 * host may be for another project.
 */
function isAtHome({ key, differs, source }: KeyNearMiss, url: string, { run, cases }: Clues): boolean {
  if (!['host', 'port', 'relative-root'].includes(differs)) return false;
  if (differs === 'host' && run.client.settings.some((one) => isOfTheMachine(one, key, source))) return true;
  const server = /^\/\/([^/]+)\//.exec(key)?.[1];
  const base = key.replace(/:_\w+$/, '');
  const registries = [
    ...run.plan.scopes.map(({ registry }) => registry),
    ...cases.flatMap((one) => one.target.registry.url ?? []),
    ...run.project.publish.flatMap(({ registry }) => registry ?? []),
    ...run.client.settings.flatMap(({ key: name, value, inEffect }) =>
      inEffect && typeof value === 'string' && /(?:registry|registryserver|\.url)$/i.test(name) ? value : [],
    ),
  ].flatMap((registry) => URL.parse(registry)?.href ?? []);
  return (
    base.endsWith('/') &&
    registries.some(
      (registry) =>
        // a key for the tarballs of that server lies beside its registry, not above it
        registry.replace(/^https?:/, '').startsWith(base) ||
        (!sameOrigin(registry, url) && new URL(registry).host === server),
    )
  );
}

function isOfTheMachine({ key, layer, source }: Setting, wanted: string, at: Source): boolean {
  return key === wanted && sameSource(source, at) && ['user', 'global', 'builtin'].includes(layer);
}
