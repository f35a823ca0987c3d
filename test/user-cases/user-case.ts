import type { TestWorld } from '../scenarios/test-world.ts';

/**
 * A failure that somebody reported and whose cause was confirmed there, played with GitLab as the registry, or with GitHub where it is about GitHub's own rules. Ids are those of the
 * collection of reports; cases that are alike in all that decides share a world.
 */
export interface UserCase {
  ids: readonly string[];
  world: TestWorld;
  /** What mended it there. */
  fix: string;
  /** What a remedy must hold to have mended it: parts of its texts, edit, command, request and page. */
  remedy: readonly (string | RegExp)[];
  /** Carries out the remedy where it stands in words; left out: its edits and requests are enough. */
  carryOut?: (world: TestWorld) => TestWorld;
}
