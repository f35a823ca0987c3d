import { gte, lt } from 'semver';
import type { ClientName } from '../domain/client.ts';
import type { Source } from '../domain/source.ts';
import { type Catalogs, rangeOfCatalog } from './catalogs.ts';
import { parseDependencySpec } from './dependency-spec.ts';
import { memberSource } from './json-file.ts';
import { type JsonNode, memberOf } from './json-tree.ts';
import type { Manifest } from './manifest.ts';
import type { OverrideRule } from './overrides.ts';

/** One override as a file has it. */
export interface WrittenOverride {
  key: string;
  value: string;
  source: Source;
}

/** `removed`: names for which nothing is installed, wherever they are asked for. */
export interface ClientOverrides {
  rules: readonly OverrideRule[];
  removed: readonly string[];
}

/**
 * The overrides that a client in its version takes from the project. npm from 8.3 on: `overrides` (change log); pnpm: `resolutions` and `pnpm.overrides` of the root's
 * package.json up to 10, `overrides` of pnpm-workspace.yaml (`workspace`) from 10.5 on, the latter first (run for real: 9 to 12; change log); Yarn:
 * `resolutions`; Bun: npm's `overrides` and `resolutions`. Of pnpm `-` takes a dependency away. Other values that are no range, alias or address are left
 * out: these clients judge them for themselves.
 */
export function clientOverrides(
  client: ClientName,
  root: Manifest,
  workspace: readonly WrittenOverride[],
  catalogs: Catalogs,
  version: string,
): ClientOverrides {
  if (client === 'npm') return { rules: gte(version, '8.3.0') ? root.overrides : [], removed: [] };
  const resolutions = textsOf(root, memberOf(root.file.root, 'resolutions')?.node, 'resolutions');
  const rules = (written: readonly WrittenOverride[], nameOf: (key: string) => Selected): OverrideRule[] =>
    written.flatMap((one) => ruleOf(one, nameOf(one.key), root, catalogs) ?? []);
  switch (client) {
    case 'pnpm': {
      const settings = memberOf(root.file.root, 'pnpm')?.node;
      const own = settings === undefined ? undefined : memberOf(settings, 'overrides')?.node;
      const all = [
        ...(readsWorkspaceSettings(version) ? workspace : []),
        ...(readsManifestSettings(version) ? [...textsOf(root, own, 'pnpm.overrides'), ...resolutions] : []),
      ];
      const removed = all.filter(({ key, value }) => value === '-' && pnpmSelector(key).everywhere);
      return { rules: rules(all, pnpmSelector), removed: removed.map(({ key }) => key) };
    }
    case 'bun':
      return { rules: [...root.overrides, ...rules(resolutions, yarnSelector)], removed: [] };
    case 'yarn':
    case 'yarn-berry':
      return { rules: rules(resolutions, yarnSelector), removed: [] };
  }
}

/** Whether pnpm at a version takes settings like overrides from pnpm-workspace.yaml (change log: 10.5.0; run for real: not 9). */
export function readsWorkspaceSettings(version: string): boolean {
  return gte(version, '10.5.0');
}

/** Whether pnpm at a version takes them from package.json (run for real: 9 and 10, not 11 and 12). */
export function readsManifestSettings(version: string): boolean {
  return lt(version, '11.0.0-0');
}

/** The package that a key names, and whether it means that package wherever it is asked for. */
interface Selected {
  name: string;
  everywhere: boolean;
}

/** `name`, `name@range`, `parent>name` (pnpm 10 @pnpm/parse-overrides: a `>` of a range stands behind `@`, `|` or a space). */
function pnpmSelector(key: string): Selected {
  const parts = key.split(/(?<=[^ |@])>/);
  const last = parts.at(-1) ?? '';
  const ranged = last.indexOf('@', 1);
  return { name: ranged < 0 ? last : last.slice(0, ranged), everywhere: parts.length === 1 && ranged < 0 };
}

/** `name`, `**` + `/name`, `parent/name`, `name@range` (Yarn 2+). */
function yarnSelector(key: string): Selected {
  const match = /(?:^|\/)((?:@[^/]+\/)?[^/@]+)(@.*)?$/s.exec(key.slice(0, 1000));
  const name = match?.[1] ?? key;
  return { name, everywhere: key === name || key === `**/${name}` };
}

function textsOf(root: Manifest, node: JsonNode | undefined, key: string): WrittenOverride[] {
  if (node?.kind !== 'object') return [];
  const texts: WrittenOverride[] = [];
  for (const [name, member] of node.members) {
    if (member.node.kind !== 'scalar' || typeof member.node.value !== 'string') continue;
    texts.push({
      key: name,
      value: member.node.value,
      source: memberSource(root.file, member.keyOffset, key),
    });
  }
  return texts;
}

function ruleOf(
  { value, source }: WrittenOverride,
  { name, everywhere }: Selected,
  root: Manifest,
  catalogs: Catalogs,
): OverrideRule | null {
  if (value === '-') return null;
  if (value.startsWith('$')) {
    const direct = root.declarations.get(value.slice(1));
    if (direct === undefined) return null;
    const plain = direct.spec.name === direct.installName;
    const spec = plain ? { ...direct.spec, name } : direct.spec;
    return { installName: name, spec, everywhere, source };
  }
  const text = rangeOfCatalog(catalogs, name, value) ?? value;
  const reading = parseDependencySpec(name, text, root.directory);
  return reading.kind === 'invalid' ? null : { installName: name, spec: reading.spec, everywhere, source };
}
