import type { Clues, Statement } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { lockfileCommand } from './lockfile-command.ts';

/** A lockfile that was made where nothing mapped the scope: the client follows it whatever is mapped now (measured: l09, l10). */
export function publicStatement(clues: Clues, locked: string): Statement {
  const { dependency, registry } = clues.case.target;
  const lockfile = clues.run.project.lockfile?.path ?? 'the lockfile';
  return {
    title: `${lockfile} takes ${dependency.name} from the public npm registry, the configuration from ${registry.url}`,
    seen: `locked at ${locked}`,
    location: dependency.locked?.source ?? registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `lock ${dependency.name} again where its registry is configured`,
      steps: [
        `the entry was made where no line mapped ${scopeOf(dependency.name) ?? dependency.name}: the install asks its address whatever is mapped now, and whoever owns the name there is installed`,
        'run the command with the registry line and its key in force, and commit the lockfile',
      ],
      command: lockfileCommand(clues, dependency.locked?.version ?? 'latest'),
    },
  };
}

/** The lockfile's address at the public npm registry of a package that is mapped to a private one. */
export function pinnedToPublic({ case: { result, target } }: Clues): string | null {
  const locked = target.dependency.locked?.tarball ?? null;
  if (result.kind !== 'tarball-at-public-registry' || locked === null) return null;
  return sameOrigin(locked, result.tarball) ? locked : null;
}
