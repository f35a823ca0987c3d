import type { ClientWorld } from '../domain/client-world.ts';
import type { Addition, ConfigEdits } from '../domain/config-edits.ts';
import { fieldLineTo } from './field-line.ts';
import { registryLineTo } from './registry-line.ts';
import { placeInToml } from './toml-addition.ts';
import { pathsOf } from './world-paths.ts';
import { placeInYaml } from './yaml-addition.ts';

/** Longer files are no configuration that a person wrote. */
const longest = 1_000_000;

/** What a line begins with: its white space, and a key without its quotes. */
const firstWord = /^(\s*)["']?([^"':=\s]+)/;

/**
 * The edits of one project's files as they stand in the world; a file that can't be read is taken for an empty one. Where lines go is found once for the
 * many packages that lack the same.
 */
export function configEdits(world: ClientWorld): ConfigEdits {
  const known = new Map<string, Addition>();
  const lines = new Map<string, readonly string[]>();
  const paths = pathsOf(world);
  const textOf = (file: string): string => {
    const reading = world.files.read(paths.resolve(world.projectDirectory, file));
    return reading.kind === 'text' && reading.text.length <= longest ? reading.text : '';
  };
  const lineOf = (file: string, line: number): string => {
    const all = lines.get(file) ?? textOf(file).split(/\r?\n/);
    lines.set(file, all);
    return all[line - 1] ?? '';
  };
  const placeOf = (file: string, added: string): Addition => {
    if (/\.ya?ml$/i.test(file)) return placeInYaml(textOf(file), added);
    if (/\.toml$/i.test(file)) return placeInToml(textOf(file), added);
    return { kind: 'at-end' };
  };
  return {
    addition(file, added) {
      const key = `${file}\n${added}`;
      const place = known.get(key) ?? placeOf(file, added);
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
      const [, lead = '', name] = firstWord.exec(lineOf(file, line)) ?? [];
      return name === undefined || name === firstWord.exec(setting)?.[2] ? lead : null;
    },
    field(source, fields, to) {
      if (source.kind !== 'file') return null;
      const { path, line } = source;
      return fieldLineTo({ path, line, written: lineOf(path, line), fields }, to);
    },
  };
}

/** The scope that a registry's key is for (`@acme:registry`, Bun's `install.scopes.acme`); `null` for that of all others. */
function scopeIn(key: string | null): string | null {
  const name =
    /^@?([^:]*):registry$/.exec(key ?? '')?.[1] ?? /^install\.scopes\.@?(.+)$/.exec(key ?? '')?.[1];
  return name === undefined ? null : `@${name}`;
}
