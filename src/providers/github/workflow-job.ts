import type { WorkflowJob } from '../../domain/workflow-job.ts';
import { readWorkflow, type WorkflowFile } from './workflow-file.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** How the job's files are read: `event` is the text of the file at a path, `workflow` a file of the repository by its path there. */
export interface WorkflowFiles {
  event(path: string): string | null;
  workflow(path: string): WorkflowFile | null;
}

/**
 * The job as GitHub's default variables, the event and the workflow file describe it (GitHub notes, sections A3 and A5). The file of
 * another repository (a required workflow) is not read, as the checkout has none of it.
 */
export function readWorkflowJob(env: Variables, files: WorkflowFiles): WorkflowJob {
  const repository = env.GITHUB_REPOSITORY || null;
  const file = workflowPath(env.GITHUB_WORKFLOW_REF ?? '', repository);
  const job = env.GITHUB_JOB || null;
  const text = file === null ? null : files.workflow(file);
  const event = parsedEvent(env.GITHUB_EVENT_PATH ? files.event(env.GITHUB_EVENT_PATH) : null);
  return {
    serverUrl: env.GITHUB_SERVER_URL || null,
    repository,
    owner: env.GITHUB_REPOSITORY_OWNER || repository?.split('/')[0] || null,
    ownerKind: ownerKindOf(event),
    event: env.GITHUB_EVENT_NAME || null,
    fromFork: isFromFork(env, repository, event),
    fromDependabot: env.GITHUB_ACTOR === 'dependabot[bot]',
    file,
    job,
    reading: text === null || job === null ? null : readWorkflow(text, job, files.workflow),
  };
}

/** `.github/workflows/ci.yml` of `acme/shop/.github/workflows/ci.yml@refs/heads/main`. */
function workflowPath(ref: string, repository: string | null): string | null {
  const [, owner, path] = /^([^/]+\/[^/]+)\/(\.github\/workflows\/[\w. -]+\.ya?ml)@/.exec(ref) ?? [];
  return path !== undefined && owner?.toLowerCase() === repository?.toLowerCase() ? path : null;
}

/** Only the events of pull requests come from forks; one with the rights of the base (`pull_request_target`) is no weaker. */
function isFromFork(env: Variables, repository: string | null, event: unknown): boolean | null {
  if (!/^pull_request(?:_review|_review_comment)?$/.test(env.GITHUB_EVENT_NAME ?? '')) return false;
  const head = member(member(member(event, 'pull_request'), 'head'), 'repo');
  if (head === undefined || repository === null) return null;
  const name = member(head, 'full_name');
  return typeof name !== 'string' || name.toLowerCase() !== repository.toLowerCase();
}

function ownerKindOf(event: unknown): WorkflowJob['ownerKind'] {
  const type = member(member(member(event, 'repository'), 'owner'), 'type');
  return type === 'Organization' ? 'organisation' : type === 'User' ? 'user' : null;
}

function parsedEvent(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
