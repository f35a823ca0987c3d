import { join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { PackageExtension } from '../domain/package-extension.ts';
import { isRecord } from '../domain/record.ts';
import { readJsonFile, readText } from './json-file.ts';
import { memberOf, textOf } from './json-tree.ts';
import { readPackageExtensions } from './package-extensions.ts';
import { parseYaml } from './yaml-text.ts';
import { withProtocol } from './yarn-berry-keys.ts';
import { splitPattern } from './yarn-range.ts';

/** One line of `resolutions`: who asks (`null`: anybody), for which name and range (`null`: any), and the range it gets instead. Ranges have a protocol. */
export interface ResolutionRule {
  asker: { name: string; reference: string | null } | null;
  name: string;
  range: string | null;
  instead: string;
}

/** No project replaces one name in more ways; the rest is passed over so that a hostile file costs no more. */
const mostRules = 1000;

/** What decides beside the lockfile which range a name has. Catalogues by their name, `''` for the nameless one. */
export interface BerryRules {
  resolutions: ReadonlyMap<string, readonly ResolutionRule[]>;
  catalogs: ReadonlyMap<string, ReadonlyMap<string, string>>;
  defaultProtocol: string;
  extensions: readonly PackageExtension[];
}

/**
 * Reads `resolutions` of the root's package.json, and `catalog`, `catalogs`, `defaultProtocol`, `packageExtensions` of its .yarnrc.yml (yarn 4.18.1:
 * its core and catalog plugins). A file that is absent or unreadable has none: who reads it for its own sake reports it.
 */
export function readBerryRules(files: FileReader, directory: string): BerryRules {
  const settings = readSettings(files, directory);
  const protocol = settings.get('defaultProtocol');
  const defaultProtocol = typeof protocol === 'string' ? protocol : 'npm:';
  const catalogs = new Map<string, Map<string, string>>([['', textsOf(settings.get('catalog'))]]);
  const named = settings.get('catalogs');
  for (const [name, catalog] of isRecord(named) ? Object.entries(named) : [])
    catalogs.set(name, textsOf(catalog));
  return {
    resolutions: readResolutions(files, directory, defaultProtocol),
    catalogs,
    defaultProtocol,
    extensions: readPackageExtensions(settings.get('packageExtensions'), (key) => ({
      kind: 'file',
      path: '.yarnrc.yml',
      line: 1,
      column: 1,
      key,
    })),
  };
}

/**
 * The range that a package gets for the one it asks for: the first rule that fits decides, then its catalogue (yarn 4.18.1, core plugin:
 * `reduceDependency`). `surely` is false where Yarn 3 and 4 compare the texts of the rule in different ways, so that it may not count.
 */
export function ruledRange(
  { resolutions, catalogs, defaultProtocol }: BerryRules,
  asker: { name: string; reference: string },
  name: string,
  range: string,
): { range: string; ruled: boolean; surely: boolean } {
  const plain = withProtocol(range, defaultProtocol);
  const rule = resolutions.get(name)?.find(({ asker: from, range: only }) => {
    if (only !== null && only !== plain) return false;
    if (from === null) return true;
    return from.name === asker.name && (from.reference ?? asker.reference) === asker.reference;
  });
  const wanted = rule?.instead ?? range;
  const catalog = wanted.startsWith('catalog:') ? catalogs.get(wanted.slice('catalog:'.length)) : undefined;
  return {
    range: catalog?.get(name) ?? wanted,
    ruled: rule !== undefined || catalog !== undefined,
    surely: rule === undefined || (rule.range === null && (rule.asker?.reference ?? null) === null),
  };
}

function readResolutions(
  files: FileReader,
  directory: string,
  defaultProtocol: string,
): Map<string, ResolutionRule[]> {
  const plain = (range: string) => (range === '' ? null : withProtocol(range, defaultProtocol));
  const rules = new Map<string, ResolutionRule[]>();
  const manifest = readJsonFile(files, join(directory, 'package.json'), 'package.json');
  const field = manifest.kind === 'json' ? memberOf(manifest.file.root, 'resolutions')?.node : undefined;
  if (field?.kind !== 'object') return rules;
  for (const [pattern, { node }] of field.members) {
    const instead = textOf(node);
    const parts =
      /^(?:\*\*\/)?(?:((?:@[^/@]+\/)?[^/@]+(?:@[^/]+)?)\/)?((?:@[^/@]+\/)?[^/@]+(?:@[^/]+)?)$/.exec(pattern);
    if (instead === null || parts?.[2] === undefined) continue;
    const { name, range } = splitPattern(parts[2]);
    const asker = parts[1] === undefined ? null : splitPattern(parts[1]);
    const rule: ResolutionRule = {
      asker: asker === null ? null : { name: asker.name, reference: plain(asker.range) },
      name,
      range: plain(range),
      instead,
    };
    const known = rules.get(name);
    if (known === undefined) rules.set(name, [rule]);
    else if (known.length < mostRules) known.push(rule);
  }
  return rules;
}

function readSettings(files: FileReader, directory: string): Map<string, unknown> {
  const reading = readText(files, join(directory, '.yarnrc.yml'), '.yarnrc.yml');
  const yaml = reading.kind === 'text' ? parseYaml(reading.text, '.yarnrc.yml', { twins: true }) : null;
  const value = yaml?.kind === 'yaml' ? yaml.value : null;
  return new Map(isRecord(value) ? Object.entries(value) : []);
}

function textsOf(value: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  if (!isRecord(value)) return texts;
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') texts.set(name, text);
  return texts;
}
