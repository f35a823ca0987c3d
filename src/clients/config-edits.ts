import type { ClientWorld } from '../domain/client-world.ts';
import type { Addition, ConfigEdits } from '../domain/config-edits.ts';
import { fieldLineTo } from './field-line.ts';
import { registryLineTo } from './registry-line.ts';
import { placeInToml } from './toml-addition.ts';
import { pathsOf } from './world-paths.ts';
import { placeInYaml } from './yaml-addition.ts';

/** Longer files are no configuration that a person wrote. */
const longest = 1_000_000;

/**
 * The edits of one project's files as they stand in the world; a file that can't be read is taken for an empty one. Where lines go is found once for the
 * many packages that lack the same.
 */
export function configEdits(world: ClientWorld): ConfigEdits {
  const known = new Map<string, Addition>();
  const textOf = (file: string): string => {
    const paths = pathsOf(world);
    const reading = world.files.read(paths.resolve(world.projectDirectory, file));
    return reading.kind === 'text' && reading.text.length <= longest ? reading.text : '';
  };
  const placeOf = (file: string, lines: string): Addition => {
    if (/\.ya?ml$/i.test(file)) return placeInYaml(textOf(file), lines);
    if (/\.toml$/i.test(file)) return placeInToml(textOf(file), lines);
    return { kind: 'at-end' };
  };
  return {
    addition(file, lines) {
      const key = `${file}\n${lines}`;
      const place = known.get(key) ?? placeOf(file, lines);
      known.set(key, place);
      return place;
    },
    registry({ source, key }, scope, to) {
      if (source.kind !== 'file') return null;
      const found = { path: source.path, text: textOf(source.path), line: source.line, scope: scopeIn(key) };
      return registryLineTo(found, scope, to);
    },
    lead(file, line, setting) {
      if (!/\.(?:ya?ml|toml)$/i.test(file)) return '';
      const [, lead = '', name] =
        /^(\s*)["']?([^"':=\s]+)/.exec(textOf(file).split(/\r?\n/)[line - 1] ?? '') ?? [];
      return name === undefined || name === /^\s*["']?([^"':=\s]+)/.exec(setting)?.[1] ? lead : null;
    },
    field(source, fields, to) {
      if (source.kind !== 'file') return null;
      return fieldLineTo({ path: source.path, text: textOf(source.path), line: source.line, fields }, to);
    },
  };
}

/** The scope that a registry's key is for (`@acme:registry`, Bun's `install.scopes.acme`); `null` for that of all others. */
function scopeIn(key: string | null): string | null {
  const name =
    /^@?([^:]*):registry$/.exec(key ?? '')?.[1] ?? /^install\.scopes\.@?(.+)$/.exec(key ?? '')?.[1];
  return name === undefined ? null : `@${name}`;
}
