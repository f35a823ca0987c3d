import type { RunFacts } from '../../domain/cause.ts';
import type { RegistryChoice } from '../../domain/client.ts';
import type { Edit } from '../../domain/remedy.ts';
import type { Source } from '../../domain/source.ts';
import { shownPath } from './ignored-file.ts';

/** The file in which a missing line belongs, as a person finds it: relative to the project where it lies below it. */
export function configFile(run: RunFacts): string {
  return shownPath(run, run.configFile);
}

/** What is said where the client found no file of the project at all: most often the file lies on somebody's machine only (user reports). */
export function fileIsNotThere({ client: { files, writing } }: RunFacts): readonly string[] {
  return files.some(({ role, state }) => role === 'project' && state !== 'absent')
    ? []
    : [
        `there is no ${writing.file} in this checkout: one that lies on somebody's machine only, or is listed in .gitignore, does not reach the job: commit it (references in it, no token), or let the job write it`,
      ];
}

/** The edit that adds a line where the client will read it. */
export function addLine(run: RunFacts, line: string): Edit {
  return { file: configFile(run), line: null, before: null, after: line };
}

/** The edit that replaces (or with `null` takes out) the line of a setting; an addition where the setting stands in no file. */
export function changeLine(run: RunFacts, source: Source, before: string, after: string | null): Edit {
  return source.kind === 'file'
    ? { file: source.path, line: source.line, before, after }
    : { file: configFile(run), line: null, before: null, after };
}

/** A setting with a reference to a variable as the file of its source writes it: `.npmrc`, `.yarnrc.yml` or `bunfig.toml`. */
export function referenceLine(source: Source, key: string, variable: string): string {
  const path = source.kind === 'file' ? source.path : '';
  const own = key.slice(key.lastIndexOf('.') + 1);
  if (/\.ya?ml$/i.test(path)) return `${own}: "\${${variable}-}"`;
  if (/\.toml$/i.test(path)) return `${own} = "$${variable}"`;
  return `${key}=\${${variable}}`;
}

/** A setting as it stands in the file of its source, as far as that may be shown. */
export function writtenLine(source: Source, key: string, written: string): string {
  const path = source.kind === 'file' ? source.path : '';
  const own = key.slice(key.lastIndexOf('.') + 1);
  if (/\.ya?ml$/i.test(path)) return `${own}: ${written}`;
  return /\.toml$/i.test(path) ? `${own} = ${written}` : `${key}=${written}`;
}

/** The edit that maps a scope (`null`: unscoped packages) to another registry: in the line that maps it now, else a line to add. */
export function changeRegistry(
  run: RunFacts,
  { url, source }: RegistryChoice,
  scope: string | null,
  to: string,
): Edit {
  const isToml = source.kind === 'file' && /\.toml$/i.test(source.path);
  if (source.kind !== 'file' || url === null || isToml)
    return addLine(run, run.client.writing.registry(scope, to));
  const line = (registry: string) =>
    /\.ya?ml$/i.test(source.path)
      ? `npmRegistryServer: ${JSON.stringify(registry)}`
      : run.client.writing.registry(scope, registry);
  return changeLine(run, source, line(url), line(to));
}
