import type { Prefix } from './prefix.ts';

/** The registry decided for one scope. `scope` is `null` for unscoped packages; `why` is the one line of the output. */
export interface ScopePlan {
  scope: string | null;
  registry: string;
  prefix: Prefix | null;
  /** The environment variable that holds the credential for it, `null` for a registry that needs none. */
  tokenVariable: string | null;
  why: string;
}

/**
 * A file's whole content before and after. `before` is `null` when it is absent. `mode` applies to a file that is created. `original` is what restoring
 * gives back where that is not `before`: a run that was killed left its block there. `within` is a folder that no link on the way may lead out of.
 */
export interface FileEdit {
  path: string;
  before: string | null;
  after: string;
  mode: number;
  original?: string;
  within?: string;
}

/** What `run` would write, and the variables that later commands need to see it. */
export interface Plan {
  scopes: readonly ScopePlan[];
  edits: readonly FileEdit[];
  exports: Readonly<Record<string, string>>;
}
