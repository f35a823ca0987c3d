import type { Clues } from '../../domain/cause.ts';
import { type Prefix, prefixOf } from '../../domain/prefix.ts';
import { statusOf } from '../../domain/probe.ts';

/** The prefixes, other than the configured one, at which the package's metadata was found, in the order they were asked. */
export function foundElsewhere({ case: { observations } }: Clues): readonly Prefix[] {
  return [...observations].flatMap(([key, { outcome }]) => {
    if (!key.startsWith('other-prefixes:') || statusOf(outcome) !== 200) return [];
    const prefix = prefixOf(key.slice('other-prefixes:'.length));
    return prefix ? [prefix] : [];
  });
}

/** Whether the other prefixes were asked at all. */
export function askedElsewhere({ case: { observations } }: Clues): boolean {
  return [...observations.keys()].some((key) => key.startsWith('other-prefixes:'));
}
