import type { RemedyRequest } from './remedy.ts';
import type { Report } from './report.ts';

/**
 * One entry that an allowlist needs. `project` is the package project's number, `adds` the full path that gets in, `packages` those
 * that need it. `needed` was only shown; `unknown` was sent, and GitLab's own answer did not come.
 */
export interface AllowlistEntry {
  project: number;
  kind: 'project' | 'group';
  adds: string;
  request: RemedyRequest;
  packages: readonly string[];
  state: 'needed' | 'added' | 'already-there' | 'refused' | 'not-sent' | 'unknown';
  why: string | null;
}

/** What `fix` found, did and left (JSON schema 1). `byHand` says what it may not or can't do. `report` is that of its last check. */
export interface FixReport {
  schema: 1;
  command: 'fix';
  exitCode: 0 | 1 | 3;
  applied: boolean;
  entries: readonly AllowlistEntry[];
  byHand: readonly string[];
  report: Report;
}
