import { coerce } from 'semver';
import { isAtLeast, isPlainVersion } from '../domain/plain-version.ts';

/** What a client does otherwise from a version on, oldest first. */
export type RuleChanges<Rules> = readonly (readonly [since: string, rules: Partial<Rules>])[];

/** A client's version as `major.minor.patch`: of a version before a release the release, of a text that is no version one newer than all. */
export function versionOf(text: string): string {
  return isPlainVersion(text) ? text : (coerce(text)?.version ?? '9999.0.0');
}

/** The rules of one version of a client: those of its first version, and every change up to that one. See `versionOf` for other texts. */
export function rulesOf<Rules extends object>(
  version: string,
  first: Rules,
  changes: RuleChanges<Rules>,
): Rules {
  const known = versionOf(version);
  const reached = changes.filter(([since]) => isAtLeast(known, since)).map(([, rules]) => rules);
  return Object.assign({}, first, ...reached);
}
