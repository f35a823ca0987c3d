import type { AgeGate, ClientStop, RegistryChoice } from './client.ts';
import type { Credential } from './credential.ts';
import type { Dependency } from './dependency.ts';
import type { Prefix } from './prefix.ts';
import type { Observation } from './probe.ts';
import type { Publishing } from './publishing.ts';

/** A package at a registry through a client: what an install of one dependency will ask for, and with what. */
export interface Target {
  dependency: Dependency;
  registry: RegistryChoice;
  /** The GitLab prefix of the registry, `null` when it is none. */
  prefix: Prefix | null;
  /** `null` when the client goes straight to the lockfile's tarball. */
  metadata: { url: string; credential: Credential } | null;
  /** `null` until metadata names it. */
  tarball: { url: string; credential: Credential } | null;
}

/**
 * The step at which an install of the target ends, as the client lives it. The two `publish-…` are of packages that are to be published:
 * surely refused, and refused for all that is known. `tarball-at-public-registry`: the package's registry is a private one, and the lockfile, the metadata or
 * a setting leads to that address all the same. `no-digest`: the metadata names none of the tarball, which is there.
 */
export type CaseResult =
  | { kind: 'ok' }
  | { kind: 'client-stops'; stop: ClientStop }
  | { kind: 'asks-public-registry' }
  | { kind: 'tarball-at-public-registry'; tarball: string }
  | { kind: 'metadata-failed' }
  | { kind: 'no-version'; versions: readonly string[] }
  | { kind: 'refused-by-client'; request: 'metadata' | 'tarball'; stop: ClientStop }
  | { kind: 'held-back'; gate: AgeGate }
  | { kind: 'lockfile-mismatch'; stop: ClientStop; named: string | null }
  | { kind: 'tarball-failed' }
  | { kind: 'integrity-differs'; expected: string; found: string }
  | { kind: 'tarball-damaged'; why: string }
  | { kind: 'no-digest' }
  | { kind: 'publish-refused' }
  | { kind: 'publish-doubtful' }
  | { kind: 'skipped'; why: string };

/** What an install of a failing case does not get. */
export function lackOf({ result }: Pick<Case, 'result'>): 'metadata' | 'tarball' {
  if (result.kind === 'refused-by-client') return result.request;
  const isTarball = [
    'tarball-failed',
    'tarball-damaged',
    'no-digest',
    'integrity-differs',
    'tarball-at-public-registry',
  ].includes(result.kind);
  return isTarball ? 'tarball' : 'metadata';
}

/** One target with everything that was asked about it. Observations are keyed by the slug of their probe. */
export interface Case {
  target: Target;
  result: CaseResult;
  /** The version that the client would pick, `null` when unknown. */
  version: string | null;
  observations: ReadonlyMap<string, Observation>;
  /** Set for a package of the checkout that is to be published: what is asked is then whether that would work. */
  publishing?: Publishing;
}
