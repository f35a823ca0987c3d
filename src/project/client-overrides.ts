import { lt } from 'semver';
import type { ClientName } from '../domain/client.ts';
import { isAtLeast } from '../domain/plain-version.ts';
import type { Override, ParentPackage } from '../domain/project.ts';
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

/** `removed`: names for which nothing is installed, wherever they are asked for. `inForce`: rules and removals as they come to bear, the first that holds counts. */
export interface ClientOverrides {
  rules: readonly OverrideRule[];
  removed: readonly string[];
  inForce: readonly Override[];
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
  if (client === 'npm') {
    const rules = isAtLeast(version, '8.3.0') ? root.overrides : [];
    // of a direct dependency a key with a range may end npm (EOVERRIDE; run for real)
    const sure = rules.map((rule) =>
      chainOf(rule.below).some(({ range }) => range !== null)
        ? { ...rule, below: null }
        : { ...rule, below: byAnyWay(rule.below) },
    );
    return { rules, removed: [], inForce: nearestFirst(sure.flatMap(overrideOf)) };
  }
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
      const removed = all.filter(({ value }) => value === '-').map(({ key }) => pnpmSelector(key));
      const found = rules(all, pnpmSelector);
      return {
        rules: found,
        removed: removed.flatMap(({ name, everywhere }) => (everywhere ? name : [])),
        inForce: nearestFirst([
          ...removed.flatMap((one) => overrideOf({ ...one, installName: one.name, spec: null })),
          ...found.flatMap(overrideOf),
        ]),
      };
    }
    case 'bun': {
      const found = [...root.overrides, ...rules(resolutions, yarnSelector(client))];
      // "Bun currently does not support nested overrides" (run for real: 1.3.14, not 1.4.0)
      const isNesting = isAtLeast(version, '1.4.0');
      const sure = found.map((rule) =>
        isNesting && chainOf(rule.below).length < 2 ? rule : { ...rule, below: null },
      );
      return { rules: found, removed: [], inForce: nearestFirst(sure.flatMap(overrideOf)) };
    }
    case 'yarn':
    case 'yarn-berry': {
      const found = rules(resolutions, yarnSelector(client));
      return { rules: found, removed: [], inForce: found.flatMap(overrideOf) };
    }
  }
}

/** A rule that is sure to hold for what is asked, as far as it does. */
function overrideOf({
  installName,
  spec,
  everywhere,
  below,
}: Pick<OverrideRule, 'installName' | 'everywhere' | 'below'> & {
  spec: OverrideRule['spec'] | null;
}): readonly Override[] {
  if (everywhere) return [{ installName, to: spec }];
  return below === null ? [] : [{ installName, to: spec, below }];
}

/**
 * npm, pnpm and Bun go by what stands below the package that asks, before what holds everywhere, npm by what stands below the most (run for real: npm 10 to 12, Bun
 * 1.4.5; Yarn takes the first).
 */
function nearestFirst(overrides: readonly Override[]): readonly Override[] {
  return overrides.toSorted((a, b) => chainOf(b.below).length - chainOf(a.below).length);
}

/** A package below which an override holds, and those below which that one stands in turn. */
function chainOf(below: ParentPackage | null | undefined): readonly ParentPackage[] {
  const chain: ParentPackage[] = [];
  for (let one = below; one; one = one.below) chain.push(one);
  return chain;
}

/** npm's rules hold below a package by way of any others too (run for real: npm 10 to 12). */
function byAnyWay(below: ParentPackage | null): ParentPackage | null {
  return chainOf(below).reduceRight<ParentPackage | null>(
    (outer, { name, range }) => ({ name, range, byWay: true, ...(outer && { below: outer }) }),
    null,
  );
}

/** Whether pnpm at a version takes settings like overrides from pnpm-workspace.yaml (change log: 10.5.0; run for real: not 9). */
export function readsWorkspaceSettings(version: string): boolean {
  return isAtLeast(version, '10.5.0');
}

/** Whether pnpm at a version takes them from package.json (run for real: 9 and 10, not 11 and 12). */
export function readsManifestSettings(version: string): boolean {
  return lt(version, '11.0.0-0');
}

/** The package that a key names, whether it means that package wherever it is asked for, and else the one below which it surely does. */
interface Selected {
  name: string;
  everywhere: boolean;
  below: ParentPackage | null;
}

/**
 * `name`, `name@range`, `parent>name` for what the parent itself asks for (pnpm 10 @pnpm/parse-overrides: a `>` of a range stands behind `@`, `|` or a space;
 * run for real: 9 to 12).
 */
function pnpmSelector(key: string): Selected {
  const parts = key.split(/(?<=[^ |@])>/);
  const last = parts.at(-1) ?? '';
  const ranged = last.indexOf('@', 1);
  const [parent = ''] = parts;
  const at = parent.indexOf('@', 1);
  return {
    name: ranged < 0 ? last : last.slice(0, ranged),
    everywhere: parts.length === 1 && ranged < 0,
    below:
      parts.length === 2 && ranged < 0
        ? { name: at < 0 ? parent : parent.slice(0, at), range: at < 0 ? null : parent.slice(at + 1) }
        : null,
  };
}

/**
 * `name`, `**` + `/name`, `parent/name`, `name@range` (Yarn 2+). Below the parent wherever that is: `parent/name` of Yarn 2+ and Bun, and Yarn 1's with `**` + `/` in
 * front, whose `parent/name` is for a parent that the project itself asks for (run for real: Yarn 1, 3 and 4, Bun 1.4.5).
 */
function yarnSelector(client: ClientName): (key: string) => Selected {
  return (key) => {
    const match = /(?:^|\/)((?:@[^/]+\/)?[^/@]+)(@.*)?$/s.exec(key.slice(0, 1000));
    const name = match?.[1] ?? key;
    const [, anywhere, parent] =
      /^(\*\*\/)?((?:@[^/@*]+\/)?[^/@*]+)\/(?:@[^/@*]+\/)?[^/@*]+$/.exec(key) ?? [];
    const isSure = parent !== undefined && (client === 'yarn') === (anywhere !== undefined);
    return {
      name,
      everywhere: key === name || key === `**/${name}`,
      below:
        isSure && !(parent.startsWith('@') && !parent.includes('/')) ? { name: parent, range: null } : null,
    };
  };
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
  { name, everywhere, below }: Selected,
  root: Manifest,
  catalogs: Catalogs,
): OverrideRule | null {
  if (value === '-') return null;
  if (value.startsWith('$')) {
    const direct = root.declarations.get(value.slice(1));
    if (direct === undefined) return null;
    const plain = direct.spec.name === direct.installName;
    const spec = plain ? { ...direct.spec, name } : direct.spec;
    return { installName: name, spec, everywhere, below, source };
  }
  const text = rangeOfCatalog(catalogs, name, value) ?? value;
  const reading = parseDependencySpec(name, text, root.directory);
  return reading.kind === 'invalid'
    ? null
    : { installName: name, spec: reading.spec, everywhere, below, source };
}
