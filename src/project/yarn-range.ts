import type { Dependency } from '../domain/dependency.ts';

/** Hosts whose two-part addresses Yarn clones (yarn 1.22.22, its git resolver); the publicly known ones of git, no registries. */
const gitHosts = /^https?:\/\/(?:[^/@]*@)?(?:github\.com|gitlab\.com|bitbucket\.org)\/[^/#]+\/[^/#]+(?:#|$)/i;

/**
 * Where Yarn takes a package from, by its range or reference. Rules: `exotic` resolvers of yarn 1.22.22, protocols of Yarn 3 and 4. A text that
 * is none of the known forms is a version, a range or a tag.
 */
export function originOfRange(range: string): Dependency['from'] {
  const protocol = /^([a-z][a-z+]*):/i.exec(range)?.[1]?.toLowerCase();
  switch (protocol) {
    case 'npm':
    case 'patch':
    case 'catalog':
      return 'registry';
    case 'workspace':
      return 'workspace';
    case 'file':
    case 'link':
    case 'portal':
    case 'exec':
      return 'file';
    case 'http':
    case 'https':
      return /\.git(?:[#?]|$)/i.test(range) || /#commit=/.test(range) || gitHosts.test(range) ? 'git' : 'url';
    case 'ssh':
    case 'git':
    case 'github':
    case 'gitlab':
    case 'bitbucket':
    case 'gist':
      return 'git';
  }
  if (protocol?.startsWith('git+') === true || /^[\w.-]+@[\w.-]+:/.test(range)) return 'git';
  if (/^(?:\.{0,2}|~|[a-z]:)[/\\]/i.test(range)) return 'file';
  return /^[^\s:@/]+\/[^\s:@/]+$/.test(range) ? 'git' : 'registry';
}

/** The package and range behind an alias (`npm:@acme/ui@^1.0.0`); `null` for a range that names no other package. */
export function aliasTarget(range: string): { name: string; range: string } | null {
  if (!range.startsWith('npm:')) return null;
  const target = range.slice(4);
  const { name, range: inner } = splitPattern(target);
  if (inner === '' && !/^(?:@[^/\s]+\/)?[a-z][\w.-]*$/i.test(name)) return null;
  return /^(?:@[^/\s@]+\/)?[^/\s@]+$/.test(name) ? { name, range: inner } : null;
}

/** A text `name@range` in its parts, cut at the first `@` behind the scope's. */
export function splitPattern(pattern: string): { name: string; range: string } {
  const at = pattern.indexOf('@', 1);
  return at < 0 ? { name: pattern, range: '' } : { name: pattern.slice(0, at), range: pattern.slice(at + 1) };
}
