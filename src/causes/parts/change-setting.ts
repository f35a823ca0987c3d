import type { RunFacts } from '../../domain/cause.ts';
import type { Remedy } from '../../domain/remedy.ts';
import type { Setting } from '../../domain/setting.ts';
import { formatSource } from '../../domain/source.ts';
import { changeLine } from './add-line.ts';

/** What a setting says then: the text under its key, or under another one. */
export interface NewSetting {
  key: string;
  text: string;
}

/** The edit that changes a setting, and what has to be said where there is none. */
export interface SettingChange extends Pick<Remedy, 'edit'> {
  steps: readonly string[];
}

/**
 * The edit by which another setting takes the place of one (`null`: nothing does). In files of nested settings it is the whole line as that file has it; where
 * no line can be shown there, a step says it. `beside`: fields next to it that go too.
 */
export function changeSetting(
  run: RunFacts,
  { source, key, written }: Pick<Setting, 'source' | 'key' | 'written'>,
  to: NewSetting | null,
  beside: readonly string[] = [],
): SettingChange {
  if (source.kind !== 'file' || !/\.(?:ya?ml|toml)$/i.test(source.path)) {
    const after = to && `${to.key}=${to.text}`;
    return { steps: [], edit: changeLine(run, source, `${key}=${written}`, after) };
  }
  const own = fieldIn(source.key ?? key);
  const field = to && { name: to.key === key ? own : fieldIn(to.key), text: to.text };
  const change = run.client.edits?.field(source, [own, ...beside], field);
  if (change) return { steps: [], edit: { file: source.path, ...change } };
  return {
    steps: [
      field
        ? `at ${formatSource(source)} let ${field.name} be ${JSON.stringify(field.text)}${field.name === own ? '' : `, in place of ${own}`}`
        : `take ${own} out at ${formatSource(source)}`,
    ],
  };
}

/** The last part of a key of nested settings (`npmScopes.acme.npmAuthToken`). */
function fieldIn(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}
