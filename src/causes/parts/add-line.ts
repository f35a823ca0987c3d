import type { RunFacts } from '../../domain/cause.ts';
import { type RegistryChoice, registryReach } from '../../domain/client.ts';
import type { Edit, Remedy } from '../../domain/remedy.ts';
import { type Source, sameSource } from '../../domain/source.ts';
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

/**
 * The edit that replaces (or with `null` takes out) the line of a setting; an addition where the setting stands in no file, and for a whole block of a
 * file of nested settings, which takes no inner line's place.
 */
export function changeLine(run: RunFacts, source: Source, before: string, after: string | null): Edit {
  if (source.kind !== 'file') return { file: configFile(run), line: null, before: null, after };
  return isNested(source.path) && after?.includes('\n')
    ? { file: source.path, line: null, before: null, after }
    : { file: source.path, line: source.line, before, after };
}

/** A reference to a variable as the file of a source writes it; where it stands in none, as the client's own file does. */
export function referenceTo(run: RunFacts, source: Source | null, variable: string): string {
  const path = source?.kind === 'file' ? source.path : run.client.writing.file;
  if (/\.ya?ml$/i.test(path)) return `\${${variable}-}`;
  return /\.toml$/i.test(path) ? `$${variable}` : `\${${variable}}`;
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

/**
 * The edit that maps a scope (`null`: unscoped packages) to another registry: in the line that maps it now, in that file's own form, else a line to
 * add. The registry of all packages stays what it is for others.
 */
export function changeRegistry(
  run: RunFacts,
  choice: RegistryChoice,
  scope: string | null,
  to: string,
): Edit {
  const { key, url, source } = choice;
  const { edits, writing } = run.client;
  const added = addLine(run, writing.registry(scope, to));
  if (source.kind !== 'file' || (scope !== null && registryReach(choice) === 'all')) return added;
  const change = edits?.registry(choice, scope, to);
  if (change) return { file: source.path, ...change };
  if (isNested(source.path) || url === null) return added;
  const own = run.client.settings.find((one) => one.key === key && sameSource(one.source, source));
  return changeLine(run, source, `${key}=${own?.written ?? url}`, writing.registry(scope, to));
}

/**
 * The steps of a remedy that maps a scope to another registry, with the edit; where a variable of the environment maps it, which no file wins over, a
 * step that names the variable (measured: clients.md section 5, p08).
 */
export function mapRegistry(
  run: RunFacts,
  choice: RegistryChoice,
  scope: string | null,
  to: string,
  steps: readonly string[],
): Pick<Remedy, 'steps' | 'edit'> {
  const { source } = choice;
  if (source.kind !== 'env' || (scope !== null && registryReach(choice) !== 'scope'))
    return { steps, edit: changeRegistry(run, choice, scope, to) };
  return {
    steps: [
      ...steps,
      `the environment variable ${source.name} says it, and wins over the files: give it the value ${to} where the job sets it`,
    ],
  };
}

/** Whether lines of a file mean something by where they stand, or have another form than those of `.npmrc`. */
export function isNested(path: string): boolean {
  return /\.(?:ya?ml|toml)$|(?:^|[\\/])\.yarnrc$/i.test(path);
}
