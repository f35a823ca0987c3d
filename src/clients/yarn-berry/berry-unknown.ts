import type { ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { sourceOf } from './berry-entry.ts';
import { namesPlugins } from './berry-environment.ts';
import { type BerryRules, isOwnSetting, knowsSetting } from './berry-rules.ts';
import type { RcMap, RcValue } from './berry-value.ts';

interface Unknown {
  world: ClientWorld;
  rules: BerryRules;
  version: string;
  environment: ReadonlyMap<string, RcValue>;
  /** Settings of each file, weakest first, and what they come to. */
  roots: readonly RcMap[];
  merged: ReadonlyMap<string, RcValue>;
}

/**
 * Why Yarn ends at a setting that it does not know: in variables, and in files outside the home folder. Nothing is said where a plugin may bring
 * the setting, or where this version was not measured. Measured: yq2, yq6, fy1; `yarn config get` on 2.4.1 to 4.18.1.
 */
export function unknownSettings(facts: Unknown): {
  environment: ClientStop | null;
  files: ClientStop | null;
} {
  const { world, rules, version, environment, roots, merged } = facts;
  const plugins = namesPlugins(world) || roots.some(({ entries }) => entries.get('plugins')?.kind === 'list');
  const isUnknown = (name: string) =>
    knowsSetting(version, name) === 'no' && (!plugins || isOwnSetting(name));
  const switchOf = (value: RcValue | undefined): boolean | null =>
    value?.kind === 'text' && /^(?:false|0)$/.test(value.text) ? false : value ? true : null;
  const known = rules.strictSwitch !== 'none';
  const ofEnvironment = known ? switchOf(environment.get('enableStrictSettings')) : null;
  if (ofEnvironment === false && rules.strictSwitch === 'environment')
    return { environment: null, files: null };

  const firstOf = (settings: Iterable<readonly [string, RcValue]>): ClientStop | null => {
    for (const [name, value] of settings) if (isUnknown(name)) return stopAt(name, value);
    return null;
  };
  const inVariables = firstOf(environment);
  if (rules.merge === 'nearest') {
    for (const root of [...roots].reverse()) {
      const own = rules.strictSwitch === 'file' ? switchOf(root.entries.get('enableStrictSettings')) : null;
      const strict = !isHome(root) && (ofEnvironment ?? own ?? true);
      const stop = strict ? firstOf(root.entries) : null;
      if (stop) return { environment: inVariables, files: stop };
    }
    return { environment: inVariables, files: null };
  }
  const outside = [...merged].filter(([name, value]) => {
    if (value.place.kind === 'file' && !value.place.file.home) return true;
    return value.kind !== 'text' && roots.some((root) => !isHome(root) && root.entries.has(name));
  });
  return { environment: inVariables, files: firstOf(outside) };
}

function isHome({ place }: RcMap): boolean {
  return place.kind === 'file' && place.file.home;
}

function stopAt(name: string, value: RcValue): ClientStop {
  return {
    code: 'Usage Error',
    message: printableText(`Unrecognized or legacy configuration settings found: ${name}`),
    source: sourceOf(value.place, printableText(name)),
  };
}
