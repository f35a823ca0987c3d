import type { Clues } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { Edit } from '../../domain/remedy.ts';
import type { Setting } from '../../domain/setting.ts';
import { addLine, isNested } from './add-line.ts';
import { plannedRegistry } from './config-lines.ts';

/**
 * The edit that takes a reference out of the line of a registry, in the form of its own file; `line` is what it says in an `.npmrc`. Without an edit
 * where no single line says it.
 */
export function writtenOut(
  { run, case: { target } }: Clues,
  { key, source }: Setting,
  line: string,
): { edit?: Edit } {
  if (source.kind !== 'file') return { edit: addLine(run, line) };
  const { name } = target.dependency;
  const to = plannedRegistry(run, name) ?? target.registry.url;
  const change =
    to === null ? null : run.client.edits?.registry({ url: null, source, key }, scopeOf(name), to);
  if (change) return { edit: { file: source.path, ...change } };
  if (isNested(source.path)) return {};
  return { edit: { file: source.path, line: source.line, before: `${key}=…`, after: line } };
}
