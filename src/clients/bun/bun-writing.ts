import type { ConfigWriting } from '../../domain/client.ts';
import { npmrcWriting } from '../npmrc/npmrc-writing.ts';
import type { BunRules } from './bun-rules.ts';

/** The lines for remedies: those of `.npmrc`, which Bun reads; before 1.1.18 those of bunfig.toml (measured: b02, b04). */
export function bunWriting(rules: BunRules): ConfigWriting {
  if (rules.npmrcFiles !== 'none') return npmrcWriting;
  return {
    file: 'bunfig.toml',
    credentialsInProject: true,
    registry: (scope, registry) => bunfigTable(scope, registry, null).join('\n'),
    credential: (scope, registry, variable) => bunfigTable(scope, registry, variable).join('\n'),
    tarball: () => null,
  };
}

/** The table that maps a scope (`null`: packages without one) to a registry, with the variable that holds its token. */
export function bunfigTable(
  scope: string | null,
  registry: string,
  variable: string | null,
): readonly string[] {
  const name = scope === null ? '[install.registry]' : `[install.scopes.${JSON.stringify(scope)}]`;
  const token = variable === null ? [] : [`token = "$${variable}"`];
  return [name, `url = ${JSON.stringify(registry)}`, ...token];
}
