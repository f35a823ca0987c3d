import { join } from 'node:path';
import picomatch from 'picomatch';
import type { FileReader } from '../domain/file-reader.ts';
import { printable } from '../domain/redaction.ts';
import type { ManifestFault, WorkspacePattern } from './declaration.ts';

/** More folders than any checkout has without node_modules; ends a walk through a loop of symbolic links. */
const mostFolders = 30_000;
const deepest = 32;
const longestPattern = 1000;
const mostStars = 3;

/**
 * The folders that `workspaces` names, relative to `directory` (absolute), with `/`, sorted within each pattern. Rules as npm's map-workspaces:
 * a pattern without magic names one folder, `!` takes away unless a later pattern asks for the same again, node_modules never counts.
 * Symbolic links are followed one step, not through `**`; folders that begin with a dot where the pattern has one. A fault when a pattern reaches more folders than a checkout has.
 */
export function findWorkspaceFolders(
  files: FileReader,
  directory: string,
  patterns: readonly WorkspacePattern[],
): string[] | ManifestFault {
  const wanted: WorkspacePattern[] = [];
  let refused: string[] = [];
  for (const { pattern: written, offset } of patterns) {
    const marks = /^!+/.exec(written)?.[0].length ?? 0;
    const pattern = written
      .slice(marks)
      .replace(/\\/g, '/')
      .replace(/^\.?\/+/, '')
      .replace(/\/+$/, '');
    const fault = patternFault(pattern);
    if (fault !== null) return { offset, message: fault, hint: 'name the folders with "*" and "**" only' };
    if (marks % 2 === 1) {
      refused.push(pattern);
    } else {
      refused = refused.filter((negated) => !matcher(negated)(pattern));
      wanted.push({ pattern, offset });
    }
  }
  const isRefused = refused.map(matcher);
  const found = new Set<string>();
  const budget = { folders: 0 };
  for (const { pattern, offset } of wanted) {
    const matches = walk(files, directory, pattern, budget);
    if (matches === null) {
      const message = `the workspace pattern "${printable(pattern)}" reaches more than ${mostFolders} folders`;
      return { offset, message, hint: 'name the folders more narrowly' };
    }
    for (const match of matches.sort()) {
      if (!isRefused.some((refuses) => refuses(match))) found.add(match);
    }
  }
  found.delete('');
  return [...found];
}

/**
 * Why a pattern is not matched at all: too long, or with repetitions in repetitions or many stars in one name, for which a matcher may need hours
 * (measured with picomatch 4).
 */
function patternFault(pattern: string): string | null {
  if (pattern.length > longestPattern) return `a workspace pattern has ${pattern.length} characters`;
  const costly = pattern
    .split('/')
    .some((name) => name !== '**' && name.replace(/[^*+]/g, '').length > mostStars);
  if (!costly && !/[*+]\(|\)\+/.test(pattern)) return null;
  return `the workspace pattern "${printable(pattern)}" repeats too much to be matched`;
}

function matcher(pattern: string): (path: string) => boolean {
  if (pattern === '') return () => false;
  const matches = picomatch(pattern, { windows: false });
  return (path) => matches(path);
}

function walk(
  files: FileReader,
  directory: string,
  pattern: string,
  budget: { folders: number },
): string[] | null {
  const { base, glob } = picomatch.scan(pattern);
  if (base.split('/').includes('node_modules')) return [];
  if (glob === '') return [base === '.' ? '' : base];

  const matches = matcher(glob);
  const parts = glob.split('/');
  const depth = glob.includes('**') ? deepest : parts.length;
  const hidden = parts.map((part) => (part.startsWith('.') ? matcher(part) : () => false));
  const found: string[] = glob === '**' ? [base] : [];
  const open: { path: string; depth: number }[] = [{ path: '', depth: 1 }];
  for (let at = 0; at < open.length; at += 1) {
    const folder = open[at];
    if (folder === undefined) break;
    budget.folders += 1;
    if (budget.folders > mostFolders) return null;
    for (const entry of files.list(join(directory, base, folder.path))) {
      if (!entry.directory || entry.name === 'node_modules') continue;
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      if (matches(path)) found.push(base === '' ? path : `${base}/${path}`);
      const isShown = !entry.name.startsWith('.') || hidden[folder.depth - 1]?.(entry.name) === true;
      const descends = folder.depth < depth && !(entry.link === true && glob.includes('**'));
      if (descends && isShown) open.push({ path, depth: folder.depth + 1 });
    }
  }
  return found;
}
