import type { RegistryAccess, Visibility } from './access-state.ts';

/**
 * What a Maintainer's token read of the settings that decide about a package project; `null` is not known. A role that is not
 * listed proves nothing: administrators need none, and older releases leave out members of invited groups.
 */
export interface ReadSettings {
  /** Number and full path of the package project. */
  project: { id: number; path: string } | null;
  visibility: Visibility | null;
  /** The levels that the registry may have: older releases only tell whether it is on. */
  registry: readonly RegistryAccess[] | null;
  /** `off`: not in force. `entry`: of the consumer or a group above it; REST does not tell its permissions. */
  allowlist: 'off' | 'no-entry' | 'entry' | null;
  /** The project and groups of the list that let the consumer in. */
  entries: readonly string[];
  /** What the members say of the job user, an access level (10 guest, 20 reporter, …). */
  jobUser: { level: number } | 'not-listed' | null;
  /** Whether the consumer limits its own token; the list that it is limited to can't be read. */
  outbound: 'on' | 'off' | null;
}
