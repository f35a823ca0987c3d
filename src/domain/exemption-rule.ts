import type { ClientName } from './client.ts';

/**
 * How a list of exempt hosts (`NO_PROXY` and the like) is read. `general`: as most tools do, with `*`, blanks as separators and ports.
 * `npm`: host names and their ends only, parted by commas; `*` and entries with a port exempt nothing (measured: npm 11; pnpm's agent is
 * alike). `yarn`: ends of names, with ports, parted by commas; `*` only as the whole list (run for real: Yarn 1.22; request). `bun`: as `general`, and
 * networks of addresses (`10.0.0.0/8`; run for real: Bun 1.4.5).
 */
export type ExemptionRule = 'general' | 'npm' | 'yarn' | 'bun';

/** The rule of a package manager. */
export function exemptionRuleOf(client: ClientName): ExemptionRule {
  switch (client) {
    case 'npm':
    case 'pnpm':
      return 'npm';
    case 'yarn':
      return 'yarn';
    case 'bun':
      return 'bun';
    case 'yarn-berry':
      return 'general';
  }
}
