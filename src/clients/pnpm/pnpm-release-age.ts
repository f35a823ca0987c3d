import { valid } from 'semver';
import type { AgeGate, ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Dependency } from '../../domain/dependency.ts';
import type { Source } from '../../domain/source.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { exceptionFor, exclusion, isOn, policyList, policySetting } from './pnpm-policies.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';

/** What `minimumReleaseAge` makes of dependencies. */
export interface ReleaseAge {
  gate(dependency: Dependency): AgeGate | null;
  /** Whether pnpm 11 and later look up the age of a locked version. */
  checks(dependency: Dependency): boolean;
  /** pnpm ends on an exception that it can't read. */
  stop: ClientStop | null;
}

const day = 24 * 60;

/**
 * `minimumReleaseAge` and its exceptions (measured: n15, n15b; run for real on 10.34, 11, 12; @pnpm/config, version-policy). From 11 on a day by
 * default, but versions too young are only held back when the setting is strict, and packages without times pass unless told otherwise.
 */
export function releaseAge(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): ReleaseAge {
  if (rules.releaseAge === 'none') return { gate: () => null, checks: () => false, stop: null };
  const read = (camel: string, kebab: string) => policySetting(world, settings, rules, camel, kebab);
  const set = read('minimumReleaseAge', 'minimum-release-age');
  const byDefault = rules.releaseAge === 'day-by-default' ? day : 0;
  const minutes = set === null ? byDefault : numberOf(set.value, byDefault);
  const flag = (camel: string, kebab: string, otherwise: boolean) => {
    const found = read(camel, kebab);
    return found === null ? otherwise : isOn(found.value);
  };
  const strict =
    rules.releaseAge === 'times-required' ||
    flag('minimumReleaseAgeStrict', 'minimum-release-age-strict', rules.strictWhenSet && set !== null);
  const ignores =
    rules.releaseAge === 'day-by-default' &&
    flag('minimumReleaseAgeIgnoreMissingTime', 'minimum-release-age-ignore-missing-time', true);
  const exceptions = read('minimumReleaseAgeExclude', 'minimum-release-age-exclude');
  const patterns = policyList(exceptions?.value);
  const excluded = exclusion(patterns);
  const wrong = patterns.find(isWrong);
  const source: Source = set?.source ?? {
    kind: 'default',
    why: 'minimumReleaseAge is a day in this version of pnpm',
  };
  return {
    gate(dependency) {
      if (minutes <= 0 || dependency.from !== 'registry' || (!strict && ignores)) return null;
      if (!rules.exceptionsNeedTimes && excluded(dependency.name, null)) return null;
      const { name, locked } = dependency;
      if (ignores && locked && excluded(name, locked.version)) return null;
      return {
        minutes,
        missingTime: ignores ? 'taken' : 'refused',
        stop: ignores
          ? {
              code: 'ERR_PNPM_NO_MATURE_MATCHING_VERSION',
              message: `no version of ${name} is old enough`,
              source,
            }
          : { code: 'ERR_PNPM_MISSING_TIME', message: `the metadata of ${name} has no field "time"`, source },
        cure: rules.exceptionsNeedTimes
          ? { file: 'pnpm-workspace.yaml', entry: name, lines: () => 'minimumReleaseAge: 0' }
          : cureFor(name),
      };
    },
    checks: ({ name, locked }) =>
      minutes > 0 && !excluded(name, null) && !(locked && excluded(name, locked.version)),
    stop:
      wrong === undefined || exceptions === null
        ? null
        : {
            code: 'ERR_PNPM_INVALID_MINIMUM_RELEASE_AGE_EXCLUDE',
            message: `Invalid value in minimumReleaseAgeExclude: ${printableText(wrong)}`,
            source: exceptions.source,
          },
  };
}

function cureFor(name: string): AgeGate['cure'] {
  return exceptionFor('minimumReleaseAgeExclude', name);
}

/** Behind a name without `*` only exact versions may stand (run for real: `!@acme/trans` is such a name). */
function isWrong(pattern: string): boolean {
  const at = pattern.indexOf('@', 1);
  if (at === -1) return false;
  const versions = pattern.slice(at + 1).split('||');
  return pattern.slice(0, at).includes('*') || versions.some((text) => valid(text.trim()) === null);
}

function numberOf(value: unknown, otherwise: number): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : otherwise;
}
