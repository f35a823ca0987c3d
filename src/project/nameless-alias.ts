import { gte } from 'semver';
import type { ClientName } from '../domain/client.ts';
import type { InputProblem } from '../domain/project.ts';
import { printable } from '../domain/redaction.ts';
import type { Declaration } from './declaration.ts';
import { type DependencySpec, parseDependencySpec } from './dependency-spec.ts';
import type { Manifest } from './manifest.ts';

/** What stands behind `npm:` where no version stands behind a name; `null` for every other text. */
function behindProtocol(written: string): string | null {
  return /^\s*npm:([^@]*)$/is.exec(written)?.[1]?.trim() ?? null;
}

/**
 * What a client makes of `npm:` without a name. Yarn 2 and later take it for a range or tag of the very package; pnpm up to 10 takes all of it for a name. Bun, and
 * pnpm from 11 on, take a range for one of the very package and all else for a name, as it is read already. (Run for real: pnpm 9.15.9, 10.34.9, 11.28.11, 12.21.0, Yarn 3.8.7 and
 * 4.18.1, Bun 1.4.5.)
 */
export function namelessSpec(
  client: ClientName,
  version: string,
  { installName, written, spec }: Declaration,
  directory: string,
): DependencySpec {
  const rest = behindProtocol(written);
  if (rest === null) return spec;
  if (client === 'yarn-berry') {
    const reading = parseDependencySpec(installName, rest, directory);
    return reading.kind === 'spec' && reading.spec.from === 'registry' ? reading.spec : spec;
  }
  if (client !== 'pnpm' || gte(version, '11.0.0-0') || spec.name !== installName) return spec;
  return { ...spec, name: rest, range: null, requested: `npm:${rest}@*` };
}

/**
 * A range where npm and Yarn 1 want a name: npm ends ("aliases must have a name") or both ask the public registry for a package that is called like a version
 * (run for real: npm 10.9.9 and 12.2.0, Yarn 1.22.22). `null` for all other clients and texts.
 */
export function namelessAliasProblem(
  client: ClientName,
  manifests: readonly Manifest[],
): InputProblem | null {
  if (client !== 'npm' && client !== 'yarn') return null;
  for (const { declarations } of manifests) {
    for (const { installName, written, source } of declarations.values()) {
      const rest = behindProtocol(written);
      if (rest === null || !/^(?:[\^~<>=*]|\d+\.\d)/.test(rest) || source.kind !== 'file') continue;
      const { path, line, column = 1 } = source;
      const shown = printable(rest.slice(0, 80));
      const name = printable(installName.slice(0, 200));
      return {
        file: path,
        line,
        column,
        message: `"npm:${shown}" of "${name}" has no name: ${client === 'npm' ? 'npm' : 'Yarn 1'} takes what stands behind npm: for the name of a package`,
        hint: `write "${shown}", or "npm:${name}@${shown}"`,
      };
    }
  }
  return null;
}
