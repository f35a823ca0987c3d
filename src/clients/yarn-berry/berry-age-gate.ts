import { intersects, satisfies, valid, validRange } from 'semver';
import type { AgeGate } from '../../domain/client.ts';
import { type Dependency, scopeOf, wantedRange } from '../../domain/dependency.ts';
import type { Source } from '../../domain/source.ts';
import { matchesGlob } from './berry-globs.ts';
import { ageOf } from './berry-interpret.ts';
import type { BerrySettings } from './load-berry-settings.ts';

/**
 * The age that a version must have when Yarn looks for one: `npmMinimalAgeGate`, from Yarn 4.17 on the scope's own where the scope is set up; none for
 * preapproved packages, and none for tags but `latest`. Metadata without times is refused (measured: yq1-yq8, fy4, fy6; @yarnpkg/plugin-npm).
 */
export function berryAgeGate(settings: BerrySettings, file: string) {
  const { ageGate: rules } = settings.rules;
  return (dependency: Dependency): AgeGate | null => {
    if (!rules.known || dependency.from !== 'registry' || dependency.locked !== null) return null;
    const range = wantedRange(dependency);
    if (validRange(range) === null && range !== 'latest') return null;
    const { minutes, source } = limitFor(dependency.name);
    if (!(minutes > 0)) return null;
    if (!rules.fails && isPreapproved(dependency.name, range)) return null;
    return {
      minutes,
      missingTime: 'refused',
      stop: { code: rules.code, message: messageFor(range), source },
      cure: { file, entry: preapprovalFor(dependency.name), lines },
    };
  };

  function limitFor(name: string): { minutes: number; source: Source } {
    const scope = scopeOf(name)?.slice(1);
    const group = scope === undefined ? undefined : settings.scopes.get(scope);
    const own = rules.scoped ? group?.get('npmMinimalAgeGate') : undefined;
    const entry = own ?? (rules.scoped && group ? undefined : settings.single('npmMinimalAgeGate'));
    if (entry) return { minutes: ageOf(entry.value, rules.units) ?? 0, source: entry.source };
    const why = `npmMinimalAgeGate is ${rules.minutes === 1440 ? '1d' : '0'} in this version of Yarn`;
    return { minutes: rules.minutes, source: { kind: 'default', why } };
  }

  function isPreapproved(name: string, range: string): boolean {
    return settings.list('npmPreapprovedPackages').items.some((item) => {
      const match = /^(?:@([^/]+?)\/)?([^@/]+?)(?:@(.+))?$/.exec(item);
      if (!match) return false;
      const [, scope, rest, versions] = match;
      const glob = scope === undefined ? (rest ?? '') : `@${scope}/${rest}`;
      if (glob !== name && !matchesGlob(name, glob)) return false;
      if (versions === undefined) return true;
      if (validRange(versions) === null) return false;
      const exact = valid(range);
      return exact ? satisfies(exact, versions) : range !== 'latest' && intersects(range, versions);
    });
  }

  function messageFor(range: string): string {
    if (range === 'latest' && !rules.fails)
      return 'The version for tag "latest" is quarantined, and no lower version is available';
    if (rules.code === 'YN0082') return 'No candidates found';
    return `All versions satisfying "${range}" are quarantined`;
  }

  function lines(entries: readonly string[]): string {
    if (rules.fails) return 'npmMinimalAgeGate: 0';
    return ['npmPreapprovedPackages:', ...entries.map((entry) => `  - ${JSON.stringify(entry)}`)].join('\n');
  }
}

/** The pattern that lets a package and its scope past the age limit. */
export function preapprovalFor(name: string): string {
  const scope = scopeOf(name);
  return scope === null ? name : `${scope}/*`;
}
