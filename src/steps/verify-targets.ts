import type { ClientModel } from '../domain/client.ts';
import { authorizationOf } from '../domain/credential.ts';
import { type Dependency, scopeOf, wantedRange } from '../domain/dependency.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { prefixOf } from '../domain/prefix.ts';
import { isSuccess, type Observation, type Outcome, type Question } from '../domain/probe.ts';
import { isPublicRegistry } from '../domain/public-registry.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import type { Case, CaseResult, Target } from '../domain/target.ts';
import { metadataQuestion } from '../probes/package-questions.ts';
import { readPackument } from '../probes/read-packument.ts';
import { askMetadata } from './ask-metadata.ts';
import { behindTarball } from './behind-tarball.ts';
import { fetchTarball } from './fetch-tarball.ts';
import { followedDependencies, type Rewrites } from './followed-dependencies.ts';
import { identity, newlyNeeded } from './newly-needed.ts';
import { oldEnough, pickVersion } from './pick-version.ts';

/** What verification needs. `ask` is `null` offline; `isPrivate` decides which dependencies of a package are followed. */
export interface Verification {
  client: ClientModel;
  ask: ((question: Question) => Promise<Outcome>) | null;
  isPrivate: (dependency: Dependency) => boolean;
  /** Whether a dependency is only asked at a private registry because the default registry is one. Left out: none is. */
  isOrdinary?: (dependency: Dependency) => boolean;
  /** Whether a private registry holds a package that nothing maps; `parent` is the registry of the package that needs it. */
  isHeld?: (dependency: Dependency, parent: string | null) => Promise<boolean>;
  /** URL of the client's own default registry, which is never asked; `null` when unknown. */
  publicRegistry?: string | null;
  /** What the project changes in packages. Left out: nothing. */
  rewrites?: Rewrites;
  /** Milliseconds since 1970, for clients that take only versions of some age. */
  now: number;
  onDone?: (one: Case) => void;
}

/**
 * Asks for every private dependency what an install will ask: metadata where the client asks it, then the tarball, each with the
 * credential that the client would send. Without a lockfile the private dependencies of private packages are followed too.
 * Nothing throws; the cases come in the order of the dependencies, followed ones behind.
 */
export async function verifyTargets(
  dependencies: readonly Dependency[],
  verification: Verification,
): Promise<readonly Case[]> {
  let cases: readonly Case[] = [];
  const seen = new Map(dependencies.map((dependency) => [identity(dependency), dependency]));
  let wave = dependencies;
  for (let steps = 0; wave.length > 0; steps += 1) {
    const endless = steps > mostSteps || (steps > 0 && cases.length + wave.length > mostFollowed);
    const asking = endless && verification.ask ? { ...verification, ask: tooMany } : verification;
    const verified = await Promise.all(
      wave.map(async (dependency) => {
        const done = await verifyOne(dependency, asking);
        verification.onDone?.(done.case);
        return done;
      }),
    );
    const fresh = new Set(wave.map(identity));
    const others = cases.filter(({ target }) => steps === 0 || !fresh.has(identity(target.dependency)));
    cases = [...others, ...verified.map((one) => one.case)];
    const followed = await Promise.all(verified.map((one) => privateOnes(one, verification)));
    wave = newlyNeeded(followed.flat(), seen);
  }
  return cases;
}

/** Bounds for a server that names ever more packages. What lies beyond is not asked about, so the run can't pass. */
const mostSteps = 64;
const mostFollowed = 5000;

async function tooMany(): Promise<Outcome> {
  return { kind: 'skipped', why: 'the packages before it need more others than any project has' };
}

/** What a package needs that a private registry has to give: by its scope, or because the registry holds it though nothing maps it. */
async function privateOnes(
  { followed, case: { target } }: Verified,
  { isPrivate, isHeld }: Verification,
): Promise<readonly Dependency[]> {
  const held = await Promise.all(
    followed.map(async (one) => {
      if (isPrivate(one)) return true;
      // without a scope nearly everything is public
      return scopeOf(one.name) !== null && ((await isHeld?.(one, target.registry.url)) ?? false);
    }),
  );
  return followed.filter((_, index) => held[index]);
}

interface Verified {
  case: Case;
  followed: readonly Dependency[];
}

async function verifyOne(
  dependency: Dependency,
  { client, ask, isOrdinary, now, publicRegistry = null, rewrites = {} }: Verification,
): Promise<Verified> {
  const asks = client.asks(dependency);
  const registry = asks.registry ?? client.registryFor(dependency.name);
  const metadata =
    asks.metadata && registry.url !== null
      ? requestFor(client, client.metadataUrl(registry.url, dependency.name), registry.url)
      : null;
  const lender = client.tarballLender ? client.tarballLender(dependency, registry.url) : registry.url;
  const tarball =
    asks.tarball === null
      ? null
      : asks.bare
        ? { url: asks.tarball, credential: { kind: 'none', nearest: [], withheld: true } as const }
        : requestFor(client, asks.tarball, lender);
  const target: Target = {
    dependency,
    registry,
    prefix: registry.url === null ? null : prefixOf(registry.url),
    metadata,
    tarball,
  };
  const isPublic = (url: string | null) =>
    url === null || isPublicRegistry(url) || (publicRegistry !== null && sameOrigin(url, publicRegistry));
  const observations = new Map<string, Observation>();
  const end = (
    result: CaseResult,
    version: string | null = dependency.locked?.version ?? null,
    at: Target = target,
  ): Verified => ({
    case: { target: at, result, version, observations },
    followed: [],
  });
  if (client.stop) return end({ kind: 'client-stops', stop: client.stop });
  const locked = asks.metadata ? null : asks.tarball;
  if (asks.metadata ? isPublic(registry.url) : locked !== null && isPublic(locked))
    return end(
      locked === null || isPublic(registry.url)
        ? { kind: 'asks-public-registry' }
        : { kind: 'tarball-at-public-registry', tarball: locked },
    );
  const unasked = metadata && (client.refusesUrl?.(metadata.url, registry.url) ?? null);
  if (unasked) return end({ kind: 'refused-by-client', request: 'metadata', stop: unasked });
  if (!ask) {
    const refusal = tarball && client.refusal(tarball.url, registry.url, dependency);
    return end(
      refusal
        ? { kind: 'refused-by-client', request: 'tarball', stop: refusal }
        : { kind: 'skipped', why: 'offline' },
    );
  }
  if (!metadata) {
    const result = await fetchTarball(target, { client, ask, observations });
    const isFollowed = result.kind === 'ok' && dependency.from === 'url' && !dependency.locked;
    const version = isFollowed ? await behindTarball(target, { client, ask }) : null;
    return {
      ...end(result),
      followed: version ? followedDependencies(dependency, version, client, rewrites) : [],
    };
  }

  const gate = client.ageGate?.(dependency) ?? null;
  const question = metadataQuestion(
    'metadata',
    metadata.url,
    authorizationOf(metadata.credential, metadata.url),
    gate ? 'full' : 'abbreviated',
  );
  const observation = await askMetadata(question, { client, ask, isPublic });
  const { outcome } = observation;
  observations.set('metadata', observation);
  if (isForwarded(observation) && isOrdinary?.(dependency)) {
    return end({ kind: 'skipped', why: 'a public package: the registry sends the client on' });
  }
  if (outcome.kind !== 'answered' || !isSuccess(outcome.status)) return end({ kind: 'metadata-failed' });
  if (client.network.bodiless?.includes(outcome.status)) return end({ kind: 'metadata-failed' });
  const reading = readPackument(outcome, client.network);
  if (reading.kind === 'not-a-packument') return end({ kind: 'metadata-failed' });
  const range = wantedRange(dependency);
  const wanted = asks.byRange ? range : (dependency.locked?.version ?? range);
  const old = gate ? oldEnough(reading.packument, gate, now) : reading.packument;
  const choice = client.versionChoice?.(dependency) ?? null;
  const version = pickVersion(old, wanted, client.client, choice);
  if (!version) {
    const held = gate !== null && pickVersion(reading.packument, wanted, client.client, choice) !== null;
    return end(
      held
        ? { kind: 'held-back', gate }
        : { kind: 'no-version', versions: Object.keys(reading.packument.versions) },
    );
  }
  const named = version.tarball;
  const mismatch = asks.tarball === null ? null : (client.lockMismatch?.(asks.tarball, named) ?? null);
  if (mismatch) return end({ kind: 'lockfile-mismatch', stop: mismatch, named }, version.version);
  const url = tarball?.url ?? (named && (client.tarballUrl?.(named, registry.url) ?? named));
  if (url === null || !URL.canParse(url)) return end({ kind: 'metadata-failed' }, version.version);
  if (isPublic(url)) return end({ kind: 'tarball-at-public-registry', tarball: url }, version.version);
  const complete: Target = { ...target, tarball: requestFor(client, url, lender) };
  const result = await fetchTarball(complete, {
    client,
    ask,
    observations,
    described: client.client.name === 'yarn-berry' ? null : version.integrity,
  });
  return {
    case: { target: complete, result, version: version.version, observations },
    followed: dependency.locked ? [] : followedDependencies(dependency, version, client, rewrites),
  };
}

function requestFor(client: ClientModel, url: string, registry: string | null) {
  return { url, credential: client.credentialFor(url, registry) };
}
