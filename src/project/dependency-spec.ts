import npa from 'npm-package-arg';
import semver from 'semver';
import type { Dependency } from '../domain/dependency.ts';
import { percentDecoded } from '../domain/percent-form.ts';
import { printable } from '../domain/redaction.ts';

/** What one line of a manifest asks for. */
export interface DependencySpec {
  /** The name asked of a registry: that of the target for an alias. */
  name: string;
  from: Dependency['from'];
  /** The versions that fit; `null` when any does (a tag, an address, a catalogue). */
  range: string | null;
  /** The folder or file of a `file:` specification, absolute; `null` for all others. */
  path: string | null;
  /** The text as written, without a password; `*` for an empty one. */
  requested: string;
}

export type SpecReading = { kind: 'spec'; spec: DependencySpec } | { kind: 'invalid'; message: string };

const plainName = /^(?:@[a-z\d][a-z\d-]{0,99}\/)?[a-z\d][a-z\d-]{0,99}$/;
const plainRange = /^[~^]?(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/;

/**
 * Whether a line of a manifest is what nearly every one is: a name that every registry takes, with a version or what is compatible with it. Telling
 * so takes a hundredth of the time of the rules, which say the same of such a line.
 */
export function isPlain(name: string, range: string): boolean {
  return plainName.test(name) && plainRange.test(range);
}

/** Longer texts are no range or address that a package manager would take. */
const longest = 8192;

/**
 * Reads one entry of a dependency map. `where` is the absolute folder of the manifest. Rules: npm-package-arg, plus the protocols
 * that only pnpm, Yarn and Bun know (`workspace:`, `link:`, `portal:`, `exec:`, `catalog:`, `patch:`, `npm:` without a name, `jsr:`, whose packages
 * are called `@jsr/scope__name` in a registry) and the short SSH address `user@host:path`.
 * Invalid: a name or tag that no registry takes, an address that is none; `message` is fit for printing.
 */
export function parseDependencySpec(installName: string, written: string, where: string): SpecReading {
  if (isPlain(installName, written)) {
    const plain = {
      name: installName,
      from: 'registry',
      range: written,
      path: null,
      requested: written,
    } as const;
    return { kind: 'spec', spec: plain };
  }
  const fault = nameFault(installName, where);
  if (fault !== null) return invalid(fault);
  if (written.length > longest) {
    return invalid(`the range of "${printable(installName)}" has ${written.length} characters`);
  }
  const spec = (name: string, rest: Partial<DependencySpec>): SpecReading => ({
    kind: 'spec',
    spec: {
      name,
      from: 'registry',
      range: null,
      path: null,
      requested: withoutPassword(written) || '*',
      ...rest,
    },
  });

  const text = written.trim();
  const protocol = /^([a-z]+):/i.exec(text)?.[1]?.toLowerCase();
  const rest = protocol === undefined ? text : text.slice(protocol.length + 1);
  switch (protocol) {
    case 'workspace':
      return spec(namedIn(rest) ?? installName, { from: 'workspace' });
    case 'link':
    case 'portal':
      return spec(installName, { from: 'file' });
    case 'catalog':
      return spec(installName, {});
    case 'exec':
      return spec(installName, { from: 'file' });
    case 'patch':
      return spec(namedIn(percentDecoded(rest)) ?? installName, patched(percentDecoded(rest)));
    case 'jsr': {
      const name = namedIn(rest) ?? (rest.startsWith('@') ? rest : installName);
      const range = name === rest ? '*' : namedIn(rest) === null ? rest : rest.slice(name.length + 1);
      return spec(name.replace(/^@([^/]+)\//, '@jsr/$1__'), rangeOf(range));
    }
    case 'npm':
      // read loosely, a name before a range of several parts counts as none of them
      if (namedIn(rest) === null && semver.validRange(rest, true) !== null)
        return spec(installName, { range: rest });
  }

  if (/^[\w.-]+@[\w.-]+:[^/]/.test(text)) return spec(installName, { from: 'git' });
  try {
    const parsed = npa.resolve(installName, text, where);
    const target = 'subSpec' in parsed ? parsed.subSpec : parsed;
    const name = target.name ?? installName;
    switch (target.type) {
      case 'version':
      case 'range':
        return spec(name, { range: target.fetchSpec || '*' });
      case 'git':
        return spec(name, { from: 'git' });
      case 'remote':
        return spec(name, { from: 'url' });
      case 'file':
      case 'directory':
        return spec(name, { from: 'file', path: target.fetchSpec });
      default:
        return spec(name, {});
    }
  } catch (error) {
    if (errorCode(error) === 'EUNSUPPORTEDPROTOCOL') return spec(installName, { from: 'url' });
    const why =
      errorCode(error) === 'EINVALIDPACKAGENAME'
        ? 'names no package'
        : 'is no version, range, tag or address';
    return invalid(`"${shorten(written)}" of "${printable(installName)}" ${why}`);
  }
}

/** Why a text can't be a package's name, fit for printing; `null` when registries take it. */
function nameFault(name: string, where: string): string | null {
  try {
    npa.resolve(name.slice(0, longest), '*', where);
    return name === '' ? 'a dependency has an empty name' : null;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('": ').at(-1) : '';
    return `"${shorten(name)}" is no package name: ${printable(why ?? '').replace(/\.$/, '')}`;
  }
}

/** What a patch (`name@npm:1.0.0#file`) is made of: a version that is fetched, or anything else. */
function patched(text: string): Partial<DependencySpec> {
  const original = /^(?:@[^/@]+\/)?[^/@]+@(?:npm:)?([^#]*)/.exec(text)?.[1] ?? '';
  return rangeOf(original);
}

function rangeOf(text: string): { range: string | null } {
  return { range: semver.validRange(text, true) === null ? null : text || '*' };
}

/** The package that a text `name@range` names, `null` when it names none. */
function namedIn(text: string): string | null {
  return /^((?:@[^/@\s]+\/)?[^/@\s:.][^/@\s:]*)@/.exec(text)?.[1] ?? null;
}

/** An address without its user part, but for the mere user name that SSH addresses begin with. */
export function withoutPassword(written: string): string {
  if (!written.includes('//')) return written;
  return written.replace(/(https?:\/\/)[^/?#]*@/gi, '$1…@').replace(/(\/\/[^/:@?#]*):[^/?#]*@/g, '$1:…@');
}

function shorten(text: string): string {
  const safe = withoutPassword(text.slice(0, 200));
  return printable(safe.length > 80 ? `${safe.slice(0, 80)}…` : safe);
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function invalid(message: string): SpecReading {
  return { kind: 'invalid', message };
}
