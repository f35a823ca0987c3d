import type { ClientName } from '../domain/client.ts';
import type { IncludeKind } from '../domain/dependency.ts';
import type { Source } from '../domain/source.ts';
import type { DependencySpec } from './dependency-spec.ts';

/** One name that a manifest asks for. `kinds` are the maps that it stands in, strongest first. */
export interface Declaration {
  installName: string;
  kinds: readonly IncludeKind[];
  spec: DependencySpec;
  /** The range as the manifest has it, without a password: what lockfiles of pnpm, Yarn and Bun note. */
  written: string;
  source: Source;
  /** What each map says, where the name stands in several. Left out: it stands in one. */
  said?: readonly SaidInMap[];
}

/** What one map of a manifest says of a name. */
export interface SaidInMap extends Pick<Declaration, 'spec' | 'written' | 'source'> {
  kind: IncludeKind;
}

/** One entry of `workspaces`; `offset` is its place in the text. */
export interface WorkspacePattern {
  pattern: string;
  offset: number;
}

/** A fault in a file that is JSON but not what it must be, at an offset of its text. */
export interface ManifestFault {
  offset: number;
  message: string;
  hint: string | null;
  /** The clients that install all the same, as if what is wrong were not there (run for real). Left out: none. */
  passedOver?: readonly ClientName[];
}
