import { gte, satisfies, valid } from 'semver';

/**
 * The questions about versions that nearly every run asks, answered at once for the texts that nearly all of them are about: `1.2.3`, and as a range `^1.2.3` or
 * `~1.2.3`. Every other text goes to semver, which says the same of these (a property test holds them to it) and takes 8 ms to be loaded.
 */
const plain = /^([~^]?)(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

type Numbers = readonly [major: number, minor: number, patch: number];

/** Whether a text is three numbers and nothing else. */
export function isPlainVersion(text: string): boolean {
  return numbersOf(text) !== null;
}

/** A version as semver writes it; `null` where the text is none. */
export function validVersion(text: string): string | null {
  return isPlainVersion(text) ? text : valid(text);
}

/** Whether a version is that one or a newer one. Throws where one of them is no version. */
export function isAtLeast(version: string, least: string): boolean {
  const [own, floor] = [numbersOf(version), numbersOf(least)];
  return own && floor ? compare(own, floor) >= 0 : gte(version, least);
}

/** Whether a version is of a range, both read as loosely as npm does; not so where one of them is none. */
export function isWithin(version: string, range: string): boolean {
  const [, operator, ...parts] = plain.exec(range) ?? [];
  const own = numbersOf(version);
  if (!own || operator === undefined) return satisfies(version, range, true);
  const [major, minor, patch] = parts.map(Number) as unknown as Numbers;
  const order = compare(own, [major, minor, patch]);
  if (operator === '') return order === 0;
  if (order < 0 || own[0] !== major) return false;
  if (operator === '^' && major > 0) return true;
  return own[1] === minor && (operator === '~' || minor > 0 || own[2] === patch);
}

function numbersOf(text: string): Numbers | null {
  const [, operator, ...parts] = plain.exec(text) ?? [];
  return operator === '' ? (parts.map(Number) as unknown as Numbers) : null;
}

function compare(one: Numbers, other: Numbers): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
