import type { Dependency } from '../domain/dependency.ts';
import { percentDecoded } from '../domain/percent-form.ts';
import { originOfRange, splitPattern } from './yarn-range.ts';

/** What the `resolution` of an entry says, without the wrappings of peer dependencies (`virtual:`). */
export interface BerryLocator {
  name: string;
  /** With its parameters, as `npm:1.2.0::__archiveUrl=…`. */
  reference: string;
  from: Dependency['from'];
  /** The address that the entry pins, decoded; `null` where Yarn makes it up from registry, name and version. */
  tarball: string | null;
  /** For a patched package the locator of the package that the patch is for, else `null`. */
  patched: string | null;
}

/** Reads a text such as `@acme/ui@npm:1.2.0::__archiveUrl=https%3A%2F%2F…` (Yarn 2 to 4). */
export function readLocator(locator: string): BerryLocator {
  const { name, range } = splitPattern(locator);
  const reference = /^virtual:[^#]*#/.test(range) ? range.slice(range.indexOf('#') + 1) : range;
  const cut = reference.indexOf('::');
  const bare = cut < 0 ? reference : reference.slice(0, cut);
  const from = originOfRange(bare);
  return {
    name,
    reference,
    from,
    tarball:
      cut < 0 || from !== 'registry'
        ? from === 'url' || from === 'git'
          ? bare
          : null
        : archiveUrl(reference.slice(cut + 2)),
    patched: bare.startsWith('patch:') ? percentDecoded(patchParts(bare).source) : null,
  };
}

/** The descriptors of a key, as `["@acme/ui@npm:^1.0.0", "@acme/ui@npm:^1.2.0"]`; ranges of a patch in one spelling. */
export function descriptorsOf(key: string): string[] {
  const descriptors: string[] = [];
  for (const part of key.split(',')) {
    const { name, range } = splitPattern(part.trim());
    if (name !== '') descriptors.push(descriptorOf(name, range));
  }
  return descriptors;
}

/** The text of a descriptor as `descriptorsOf` writes it. */
export function descriptorOf(name: string, range: string): string {
  return `${name}@${oneSpelling(range)}`;
}

/** A range with the protocol that Yarn puts before versions, ranges and tags; one that has a protocol stays. */
export function withProtocol(range: string, protocol: string): string {
  return /^[a-z][a-z+]*:/i.test(range) || originOfRange(range) !== 'registry' ? range : `${protocol}${range}`;
}

/** Yarn writes the package of a patch percent-encoded or not, as the manifest has it. */
function oneSpelling(range: string): string {
  if (!range.startsWith('patch:')) return range;
  const { source, rest } = patchParts(range);
  return `patch:${percentDecoded(source)}${rest}`;
}

function patchParts(range: string): { source: string; rest: string } {
  const end = range.indexOf('#');
  return end < 0
    ? { source: range.slice('patch:'.length), rest: '' }
    : { source: range.slice('patch:'.length, end), rest: range.slice(end) };
}

function archiveUrl(parameters: string): string | null {
  return new URLSearchParams(parameters).get('__archiveUrl') || null;
}
