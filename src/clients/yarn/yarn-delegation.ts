import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { foldersUpward, pathsOf, shownPath } from '../world-paths.ts';
import { readYarnrc } from './yarn-read-yarnrc.ts';
import { type YarnRules, yarnRules } from './yarn-rules.ts';

/** The program that an installed Yarn 1 hands every command to. `version` is what its file name tells, `null` when it tells none. */
export interface YarnDelegation {
  path: string;
  version: string | null;
  source: Source;
}

/**
 * Where `yarn-path` of a `.yarnrc`, or `yarnPath` of a `.yarnrc.yml` (1.17.1+), sends an installed Yarn 1: the home's files win over the
 * project's, those over the folders' above, and in one folder `.yarnrc.yml` over `.yarnrc`. `null` when it runs itself
 * (`YARN_IGNORE_PATH`; Yarn 1.22 start, getRcPaths).
 */
export function yarnDelegation(world: ClientWorld, version: string): YarnDelegation | null {
  const paths = pathsOf(world);
  const ignored = world.env.YARN_IGNORE_PATH?.trim().toLowerCase();
  if (ignored !== undefined && !['', '0', 'false'].includes(ignored)) return null;
  const rules = yarnRules(version);
  const names = rules.followsYml ? ['.yarnrc.yml', '.yarnrc'] : ['.yarnrc'];
  for (const folder of [world.home, ...foldersUpward(world).slice(0, -1)]) {
    for (const name of names) {
      const path = paths.join(folder, name);
      const file = world.files.read(path);
      const found = file.kind === 'text' ? pathIn(file.text, name, rules) : null;
      if (found === null) continue;
      const shown = shownPath(world, path);
      return {
        path: paths.resolve(folder, found.value),
        version: /(\d+\.\d+\.\d+(?:-[\w.]+?)?)\.[cm]?js$/.exec(found.value)?.[1] ?? null,
        source: { kind: 'file', path: shown, line: found.line },
      };
    }
  }
  return null;
}

function pathIn(text: string, name: string, rules: YarnRules): { value: string; line: number } | null {
  if (name === '.yarnrc') {
    const reading = readYarnrc(text, rules);
    const entry = reading.kind === 'read' ? reading.entries.findLast(({ key }) => key === 'yarn-path') : null;
    return entry?.value ? { value: entry.value, line: entry.line } : null;
  }
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const written = /^yarnPath:\s+(?:"([^"]+)"|'([^']+)'|([^\s#"'].*?))\s*(?:#.*)?$/.exec(
      line.slice(0, 1000),
    );
    const value = written?.[1] ?? written?.[2] ?? written?.[3];
    if (value !== undefined) return { value, line: index + 1 };
  }
  return null;
}
