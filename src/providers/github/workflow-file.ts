import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { isRecord } from '../../domain/record.ts';
import type {
  Feed,
  GrantingBlock,
  PackagesPermission,
  PermissionsBlock,
  WorkflowReading,
} from '../../domain/workflow-job.ts';
import { blockEdit, keyLine } from './workflow-lines.ts';

type Node = Readonly<Record<string, unknown>>;

const largest = 1024 * 1024;

/** A workflow file of the checkout: `shown` is its path as messages name it. */
export interface WorkflowFile {
  text: string;
  shown: string;
}

/**
 * What a workflow file says of a job: whether its token may read packages, and what feeds its variables. `file` reads another file of the
 * repository by its path there (`null`: absent), for a job of a reusable workflow, which can't have more than the job that calls it. Of several jobs
 * with that id nobody can tell which one runs.
 * `null` when the job is not found or the file is no workflow. Never throws.
 * Rules: GitHub docs, "Controlling permissions for GITHUB_TOKEN": a block sets what it leaves out to none, a job's block replaces the workflow's.
 */
export function readWorkflow(
  caller: WorkflowFile,
  job: string,
  file: (path: string) => WorkflowFile | null,
): WorkflowReading | null {
  const workflow = parsed(caller);
  if (workflow === null) return null;
  const jobs = node(workflow.jobs) ?? {};
  const isHere = Object.hasOwn(jobs, job);
  const through = Object.entries(jobs).flatMap(([id, value]): readonly WorkflowReading[] => {
    const called = calledFile(value);
    const found = called === null ? null : file(called);
    const inner = found && parsed(found);
    if (!found || !inner || !Object.hasOwn(node(inner.jobs) ?? {}, job)) return [];
    const own = readingOf(found, inner, job);
    const outer = permissionOf(caller, workflow, id);
    return [{ ...own, permission: outer.kind === 'missing' ? outer : narrower(own.permission, outer) }];
  });
  // a job that calls a workflow runs nothing itself
  const runs = isHere && (through.length === 0 || calledFile(jobs[job]) === null);
  const readings = runs ? [readingOf(caller, workflow, job), ...through] : through;
  return readings.length > 1 ? together(readings) : (readings[0] ?? null);
}

/** What holds whichever of several jobs with one id it is that runs. */
function together(readings: readonly WorkflowReading[]): WorkflowReading {
  const permissions = readings.map(({ permission }) => permission);
  const blocks = permissions.flatMap((one) => (one.kind === 'missing' ? [one.block] : []));
  const distinct = blocks.filter((block, at) => blocks.findIndex((other) => isSame(other, block)) === at);
  const all = blocks.length === 0 || (blocks.length === readings.length && distinct.length === 1);
  const names = new Set(readings.flatMap(({ feeds }) => [...feeds.keys()]));
  const unfed: readonly Feed[] = [{ kind: 'other' }];
  const [first] = permissions;
  const one: PackagesPermission | undefined = first?.kind === 'granted' ? { kind: 'granted' } : first;
  return {
    permission: (all ? one : null) ?? { kind: 'several', blocks: distinct },
    feeds: new Map(
      [...names].map((name) => [name, readings.flatMap(({ feeds }) => feeds.get(name) ?? unfed)]),
    ),
  };
}

function isSame(a: PermissionsBlock, b: PermissionsBlock): boolean {
  return a.file === b.file && a.job === b.job;
}

/** A called workflow without a block of its own has what its caller has. */
function narrower(own: PackagesPermission, outer: PackagesPermission): PackagesPermission {
  return own.kind === 'default' ? outer : own;
}

function readingOf(file: WorkflowFile, workflow: Node, job: string): WorkflowReading {
  return { permission: permissionOf(file, workflow, job), feeds: feedsOf(workflow, job) };
}

/** The path of a reusable workflow in the same repository (`./.github/workflows/test.yml`). */
function calledFile(job: unknown): string | null {
  const uses = node(job)?.uses;
  const path =
    typeof uses === 'string' ? /^\.\/(\.github\/workflows\/[\w.-]+\.ya?ml)$/.exec(uses)?.[1] : null;
  return path ?? null;
}

function permissionOf(file: WorkflowFile, workflow: Node, job: string): PackagesPermission {
  const own = node(node(workflow.jobs)?.[job]);
  const level = own && Object.hasOwn(own, 'permissions') ? own : workflow;
  if (!Object.hasOwn(level, 'permissions')) return { kind: 'default' };
  const { permissions } = level;
  if (permissions === 'write-all') return { kind: 'granted' };
  const entries = node(permissions) ?? {};
  if (entries.packages === 'write') return { kind: 'granted' };
  const holder = level === own ? job : null;
  return permissions === 'read-all' || entries.packages === 'read'
    ? { kind: 'granted', readOnly: blockOf(file, holder, entries) }
    : { kind: 'missing', block: blockOf(file, holder, entries) };
}

function blockOf({ text, shown }: WorkflowFile, job: string | null, entries: Node): PermissionsBlock {
  const named = Object.keys(entries);
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const path = job === null ? ['permissions'] : ['jobs', job, 'permissions'];
  const line =
    (named.includes('packages') ? keyLine(lines, [...path, 'packages']) : null) ?? keyLine(lines, path);
  const granting = (level: 'read' | 'write'): GrantingBlock => ({
    whole: wholeBlock(entries, level),
    edit: line === null ? null : blockEdit(lines, line, named, level),
  });
  return {
    file: shown,
    location: line === null ? null : { file: shown, line: line.number, column: line.indent + 1 },
    job,
    granting: { read: granting('read'), write: granting('write') },
  };
}

/** Only names and levels that GitHub knows are repeated: the file is anybody's text. */
function wholeBlock(entries: Node, level: 'read' | 'write'): string {
  const kept = Object.entries(entries).filter(
    ([scope, given]) => /^[a-z-]{1,40}$/.test(scope) && /^(?:read|write|none)$/.test(String(given)),
  );
  const all = new Map([
    ['contents', 'read'],
    ...kept.map(([scope, given]) => [scope, String(given)] as const),
  ]);
  all.set('packages', level);
  if (all.get('contents') === 'none') all.set('contents', 'read');
  return `permissions: { ${[...all].map(([scope, given]) => `${scope}: ${given}`).join(', ')} }`;
}

function feedsOf(workflow: Node, job: string): ReadonlyMap<string, readonly Feed[]> {
  const own = node(node(workflow.jobs)?.[job]);
  const steps = Array.isArray(own?.steps) ? own.steps.map(node) : [];
  const feeds = new Map<string, Feed[]>();
  const add = (key: string, value: unknown) => {
    if (typeof value !== 'string') return;
    feeds.set(key, [...(feeds.get(key) ?? []), feedOf(value)]);
  };
  for (const env of [workflow.env, own?.env, ...steps.map((step) => step?.env)])
    for (const [key, value] of Object.entries(node(env) ?? {})) add(key, value);
  for (const step of steps) add('token', node(step?.with)?.token);
  return feeds;
}

function feedOf(value: string): Feed {
  const expression = /^\s*\$\{\{\s*(.+?)\s*\}\}\s*$/.exec(value)?.[1] ?? null;
  if (expression === null) return /\$\{\{/.test(value) ? { kind: 'other' } : { kind: 'literal' };
  if (/^(?:github\.token|secrets\.GITHUB_TOKEN)$/i.test(expression)) return { kind: 'workflow-token' };
  const secret = /^secrets\.(\w+)$/i.exec(expression)?.[1];
  if (secret) return { kind: 'secret', name: secret };
  return /\.outputs\./.test(expression) ? { kind: 'output' } : { kind: 'other' };
}

function parsed({ text }: WorkflowFile): Node | null {
  if (text.length > largest) return null;
  try {
    return node(load(text, { schema: FAILSAFE_SCHEMA }));
  } catch {
    return null;
  }
}

function node(value: unknown): Node | null {
  return isRecord(value) ? value : null;
}
