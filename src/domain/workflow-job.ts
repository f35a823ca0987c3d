import type { Location } from './source.ts';

/**
 * What a workflow file says of the token's permission for packages. `missing`: a `permissions` block leaves it out or says `none`;
 * `granted`: a block names it, `readOnly` is one that grants no writing; `default`: there is no block at all, and then it is there (GitHub notes, section A1); `several`: more than one job
 * has this id, here and in called workflows, and they differ: `blocks` are those that leave it out.
 */
export type PackagesPermission =
  | { kind: 'missing'; block: PermissionsBlock }
  | { kind: 'granted'; readOnly?: PermissionsBlock }
  | { kind: 'default' }
  | { kind: 'several'; blocks: readonly PermissionsBlock[] };

/** A `permissions` block. `location` is that of its key, `null` where it is written in a way that has no line of its own. */
export interface PermissionsBlock {
  file: string;
  location: Location | null;
  /** The job that it belongs to; `null` for the one of the whole workflow. */
  job: string | null;
  /** The block that lets the token read packages, and the one that lets it write them. */
  granting: Readonly<Record<'read' | 'write', GrantingBlock>>;
}

/** What a `permissions` block becomes by which the token has a permission for packages, and `contents: read`. */
export interface GrantingBlock {
  /** The whole block, as one line. */
  whole: string;
  /** The line of its key as it stands in the file, and what this line becomes. */
  edit: { before: string; after: string } | null;
}

/** Where a variable of a job gets its value from. `name` is the secret's. */
export type Feed =
  | { kind: 'workflow-token' }
  | { kind: 'secret'; name: string }
  | { kind: 'output' }
  | { kind: 'literal' }
  | { kind: 'other' };

/** What the workflow file of a job shows, as far as packages are concerned. */
export interface WorkflowReading {
  permission: PackagesPermission;
  /** For each variable, and `token` inputs under the key `token`, what feeds it in this job. */
  feeds: ReadonlyMap<string, readonly Feed[]>;
}

/** A job of a GitHub workflow, as its variables, its event and its workflow file describe it. `null` where nothing tells. */
export interface WorkflowJob {
  /** `GITHUB_SERVER_URL`, whatever GitLab the job uses beside. */
  serverUrl: string | null;
  /** `GITHUB_REPOSITORY`, `GITHUB_REPOSITORY_OWNER`, and what the event says the owner is. */
  repository: string | null;
  owner: string | null;
  ownerKind: 'organisation' | 'user' | null;
  event: string | null;
  /** The run is of a pull request from another repository: its token reads at most, and no secret is passed (GitHub notes, section A3). */
  fromFork: boolean | null;
  /** Dependabot started the run: it has the secrets of Dependabot's own list only. */
  fromDependabot: boolean;
  /** The workflow file inside the repository (`.github/workflows/ci.yml`) and the job's id in it. */
  file: string | null;
  job: string | null;
  reading: WorkflowReading | null;
}
