import type { ClientName } from './client.ts';
import type { ProviderName } from './environment.ts';
import type { Remedy } from './remedy.ts';
import type { Location } from './source.ts';

export interface Evidence {
  probe: string;
  url: string;
  status: number | null;
  message: string | null;
}

/** One cause with every package that it explains. */
export interface Finding {
  code: string;
  cause: string;
  severity: 'error' | 'warning' | 'info';
  certainty: 'confirmed' | 'possible';
  title: string;
  /** One line of what was seen. */
  seen: string | null;
  packages: readonly string[];
  evidence: readonly Evidence[];
  location: Location | null;
  remedy: Remedy;
  alternatives: readonly string[];
  decidedBy: string | null;
}

/** What came of one step of an install. `skipped`: not needed, or not asked. */
export type CheckState = 'ok' | 'failed' | 'undecided' | 'skipped';

/**
 * The steps of one package's install, in their order: a registry other than the public one is mapped; each request carries a
 * credential; the metadata answers and holds a version that fits; the tarball answers and is the one of the lockfile.
 */
export interface PackageChecks {
  mapped: CheckState;
  credential: CheckState;
  metadata: CheckState;
  tarball: CheckState;
}

export interface PackageReport {
  name: string;
  requested: string;
  resolved: string | null;
  scope: string | null;
  registry: string | null;
  prefix: string | null;
  tarball: string | null;
  dependents: readonly string[];
  location: Location | null;
  status: 'ok' | 'failed' | 'undecided' | 'skipped';
  /** Left out by versions that did not tell them yet. */
  checks?: PackageChecks;
}

/** A package of the checkout that is to be published. `undecided` also where what is known neither allows nor refuses it. */
export interface PublishReport {
  name: string;
  version: string | null;
  registry: string | null;
  prefix: string | null;
  status: 'ok' | 'failed' | 'undecided' | 'skipped';
}

export interface FileReport {
  path: string;
  action: 'written' | 'unchanged' | 'would-write' | 'restored';
  managed: true;
  /** Unified diff of the change, only for `would-write`. */
  diff?: string;
}

/** The one object that every renderer speaks from (JSON schema 1). It never holds a secret. */
export interface Report {
  schema: 1;
  verdict: 'pass' | 'fail' | 'undecided';
  exitCode: 0 | 1 | 2 | 3;
  command: 'run' | 'verify';
  environment: {
    provider: ProviderName;
    host: string | null;
    version: string | null;
    consumer: string | null;
    jobUser: string | null;
    client: { name: ClientName; version: string; known: string };
  };
  scopes: readonly { scope: string | null; registry: string; prefix: string | null; why: string }[];
  files: readonly FileReport[];
  exports: Readonly<Record<string, string>>;
  packages: readonly PackageReport[];
  /** Left out when the right to publish was not asked for. */
  publish?: readonly PublishReport[];
  findings: readonly Finding[];
  requests: { count: number; bytes: number; ms: number };
}
