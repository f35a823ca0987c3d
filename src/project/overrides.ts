import type { ClientName } from '../domain/client.ts';
import type { ParentPackage } from '../domain/project.ts';
import { printable } from '../domain/redaction.ts';
import type { Source } from '../domain/source.ts';
import type { Declaration, ManifestFault } from './declaration.ts';
import { type DependencySpec, parseDependencySpec } from './dependency-spec.ts';
import { type JsonFile, memberSource } from './json-file.ts';
import { describeNode, type JsonMember, memberOf } from './json-tree.ts';

/**
 * One override that names versions. `everywhere` is false below another package and for a key with a range. `below`: the package below which it holds for sure,
 * whatever range is asked for; `null` where there is none such.
 */
export interface OverrideRule {
  installName: string;
  spec: DependencySpec;
  everywhere: boolean;
  below: ParentPackage | null;
  source: Source;
}

/**
 * The rules of `overrides`, nested ones too: `name` or `name@range` as key, `.` for the package of the outer key, `$name` for the range of a
 * direct dependency (as npm: unresolvable ones end its install, measured with npm 11). Faults are those of npm: values that are neither text nor object, and the
 * like; pnpm and both Yarns have other fields, Bun passes over a rule that it can't read (run for real).
 */
export function readOverrides(
  file: JsonFile,
  directory: string,
  declarations: ReadonlyMap<string, Declaration>,
  faults: ManifestFault[],
): OverrideRule[] {
  const field = memberOf(file.root, 'overrides');
  if (field === undefined || (field.node.kind === 'scalar' && field.node.value === null)) return [];
  if (field.node.kind !== 'object') {
    const message = `"overrides" is ${describeNode(field.node)}, not an object`;
    faults.push({ offset: field.node.offset, message, hint: null, passedOver: withOtherFields });
    return [];
  }
  const rules: OverrideRule[] = [];
  const open: Level[] = [{ members: field.node.members, around: null, depth: 0 }];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    for (const [key, member] of level.members) {
      const { around, depth } = level;
      const [written, below] =
        key === '.' && around ? [around.key, around.below] : [key, around?.parent ?? null];
      const ranged = written.indexOf('@', 1);
      const installName = ranged > 0 ? written.slice(0, ranged) : written;
      if (member.node.kind === 'object') {
        const parent = parentWithin(below, written);
        const inner = { key: written, parent, below };
        open.push({ members: member.node.members, around: inner, depth: depth + 1 });
        continue;
      }
      if (member.node.kind !== 'scalar' || typeof member.node.value !== 'string') {
        const message = `the override of "${printable(key.slice(0, 200))}" is ${describeNode(member.node)}, not a text or an object`;
        faults.push({ offset: member.node.offset, message, hint: null, passedOver: allButNpm });
        continue;
      }
      const rule = readRule(installName, member.node.value, directory, declarations);
      if (typeof rule === 'string') {
        faults.push({ offset: member.keyOffset, message: rule, hint: null, passedOver: allButNpm });
        continue;
      }
      rules.push({
        installName,
        spec: rule,
        everywhere: ranged <= 0 && below === null,
        below: ranged > 0 || depth > deepest ? null : below,
        source: memberSource(file, member.keyOffset, 'overrides'),
      });
    }
  }
  return rules;
}

const withOtherFields: readonly ClientName[] = ['pnpm', 'yarn', 'yarn-berry'];
const allButNpm: readonly ClientName[] = [...withOtherFields, 'bun'];

/** No package is followed by way of more others. */
const deepest = 64;

/** The rules inside of one key (`null`: of none). `below` are the packages that are around that key in turn. */
interface Level {
  members: Iterable<[string, JsonMember]>;
  around: { key: string; parent: ParentPackage; below: ParentPackage | null } | null;
  depth: number;
}

/** The package that a key names, below the ones around it. */
function parentWithin(outer: ParentPackage | null, key: string): ParentPackage {
  const ranged = key.indexOf('@', 1);
  return {
    name: ranged > 0 ? key.slice(0, ranged) : key,
    range: ranged > 0 ? key.slice(ranged + 1) : null,
    ...(outer && { below: outer }),
  };
}

function readRule(
  installName: string,
  written: string,
  directory: string,
  declarations: ReadonlyMap<string, Declaration>,
): DependencySpec | string {
  if (written.startsWith('$')) {
    const direct = declarations.get(written.slice(1));
    if (direct === undefined) {
      return `the override "${printable(written.slice(0, 200))}" of "${printable(installName.slice(0, 200))}" names no direct dependency`;
    }
    const own = direct.installName === direct.spec.name;
    return own ? { ...direct.spec, name: installName } : direct.spec;
  }
  const reading = parseDependencySpec(installName, written, directory);
  return reading.kind === 'invalid' ? reading.message : reading.spec;
}
