import { valid } from 'semver';
import type { AgeGate } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { type Dependency, wantedRange } from '../../domain/dependency.ts';
import { exceptionFor, exclusion, isOn, policyList, policySetting } from './pnpm-policies.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';

/**
 * `trustPolicy: no-downgrade` and its exceptions: versions are compared in the order of their times, so that metadata without times is
 * refused, whatever the age (run for real: 10.21, 10.27, 10.34, 11.7, 11.20, 11.24, 11.28, 12.5, 12.21). That no version is less trusted than
 * an earlier one is not looked at.
 */
export function trustPolicy(
  world: ClientWorld,
  settings: PnpmSettings,
  rules: PnpmRules,
): (dependency: Dependency) => AgeGate | null {
  if (rules.trustPolicy === 'none') return () => null;
  const read = (camel: string, kebab: string) => policySetting(world, settings, rules, camel, kebab);
  const policy = read('trustPolicy', 'trust-policy');
  if (policy?.value !== 'no-downgrade') return () => null;
  const ignored = read('minimumReleaseAgeIgnoreMissingTime', 'minimum-release-age-ignore-missing-time');
  if (rules.trustPolicy === 'may-ignore-times' && (ignored === null || isOn(ignored.value)))
    return () => null;
  const knowsExceptions = rules.trustPolicy !== 'without-exceptions';
  const excluded = exclusion(
    knowsExceptions ? policyList(read('trustPolicyExclude', 'trust-policy-exclude')?.value) : [],
  );
  return (dependency) => {
    const { from, name, locked } = dependency;
    if (from !== 'registry' || excluded(name, locked?.version ?? valid(wantedRange(dependency)))) return null;
    return {
      minutes: 0,
      missingTime: 'refused',
      looksAt: 'trust',
      stop: {
        code: locked ? 'ERR_PNPM_TRUST_DOWNGRADE' : 'ERR_PNPM_MISSING_TIME',
        message: `the metadata of ${name} has no field "time", which trustPolicy looks at`,
        source: policy.source,
      },
      cure: knowsExceptions
        ? exceptionFor('trustPolicyExclude', name)
        : { file: 'pnpm-workspace.yaml', entry: name, lines: () => 'trustPolicy: off' },
    };
  };
}

/** The gate of two policies, both of which must let a version through; where both refuse metadata without times, the cure is for both. */
export function bothGates(age: AgeGate | null, trust: AgeGate | null): AgeGate | null {
  if (!age || !trust) return age ?? trust;
  if (age.missingTime === 'taken') return { ...trust, minutes: age.minutes };
  const lines = (entries: readonly string[]) => `${age.cure.lines(entries)}\n${trust.cure.lines(entries)}`;
  return { ...age, cure: { ...age.cure, lines } };
}
