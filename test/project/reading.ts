import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { ClientName } from '../../src/domain/client.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import type { InputProblem, Project } from '../../src/domain/project.ts';
import type { ClientHabits } from '../../src/project/client-project.ts';
import { readProject } from '../../src/project/read-project.ts';
import { type MemoryFile, memoryFiles } from '../support/memory-files.ts';

const root = resolve('/p');

/** Reads a project whose files are given by their path below it; objects are written as JSON with two spaces. */
export function reading(
  entries: Record<string, unknown>,
  client?: ClientName,
  habits: Partial<ClientHabits> = {},
): { kind: 'read'; project: Project } | { kind: 'unreadable'; problem: InputProblem } {
  const files: Record<string, MemoryFile> = {};
  for (const [path, content] of Object.entries(entries)) {
    const special = typeof content === 'object' && content !== null && 'kind' in content;
    const asIs = typeof content === 'string' || special;
    files[`/p/${path}`] = asIs ? (content as MemoryFile) : JSON.stringify(content, null, 2);
  }
  const result = readProject({
    directory: root,
    files: memoryFiles(files),
    ...(client === undefined ? {} : { client }),
  });
  if (result.kind === 'unreadable') return result;
  const { resolveFor, ...checkout } = result.checkout;
  const resolved = resolveFor({ ...usualHabits(checkout), ...habits });
  return { kind: 'read', project: { ...checkout, ...resolved } };
}

/** Those of the client in its declared version, without settings. */
function usualHabits({ client, declaredClient }: Pick<Project, 'client' | 'declaredClient'>): ClientHabits {
  return {
    version: declaredClient?.version ?? '12.0.0',
    installsPeers: client !== 'yarn' && client !== 'yarn-berry',
  };
}

/** The project, or the test fails with the problem. */
export function project(
  entries: Record<string, unknown>,
  client?: ClientName,
  habits: Partial<ClientHabits> = {},
): Project {
  const result = reading(entries, client, habits);
  if (result.kind === 'unreadable') throw new Error(JSON.stringify(result.problem));
  return result.project;
}

/** The problem, or the test fails. */
export function problem(entries: Record<string, unknown>): InputProblem {
  const result = reading(entries);
  if (result.kind === 'read') throw new Error('the project was read');
  return result.problem;
}

/** A dependency in one line: `kind name[=alias] requested from@locked <dependents`. */
export function line(dependency: Dependency): string {
  const { kind, name, alias, requested, from, locked, dependents } = dependency;
  const as = alias === null ? '' : `=${alias}`;
  return `${kind} ${name}${as} ${requested} ${from}@${locked?.version ?? '-'} <${dependents.join(',')}`;
}

export function lines(
  entries: Record<string, unknown>,
  client?: ClientName,
  habits: Partial<ClientHabits> = {},
): string[] {
  return project(entries, client, habits).dependencies.map(line);
}

/** The dependency of that name; the test fails when there is not exactly one. */
export function one(dependencies: readonly Dependency[], name: string): Dependency {
  const [found, ...more] = dependencies.filter((dependency) => dependency.name === name);
  if (found === undefined || more.length > 0) throw new Error(`not exactly one ${name}`);
  return found;
}

/** The files of a fixture; `lock` names the folder with the lockfile to take. */
export function fixture(name: string, lock?: string): Record<string, string> {
  const folder = join(import.meta.dirname, 'fixtures', name);
  const files: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true }) as string[]) {
    const shown = relative(folder, join(folder, path)).split(sep).join('/');
    if (!statSync(join(folder, path)).isFile()) continue;
    if (shown.startsWith('lock-')) {
      if (lock !== undefined && shown.startsWith(`${lock}/`))
        files[shown.slice(lock.length + 1)] = text(folder, path);
    } else {
      files[shown] = text(folder, path);
    }
  }
  return files;
}

function text(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
