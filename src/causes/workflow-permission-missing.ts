import type { Cause, Clues } from '../domain/cause.ts';
import type { Remedy } from '../domain/remedy.ts';
import type { GrantingBlock, PermissionsBlock } from '../domain/workflow-job.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { neededRights } from './parts/needed-rights.ts';
import { publishedCase } from './parts/publishing.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The workflow's token lacks `packages: read`: nearly always a `permissions` block that leaves it out, as without any block it is there
 * (GitHub notes, sections A1 and A2 row 6).
 */
export const workflowPermissionMissing: Cause = {
  code: 'NP311',
  slug: 'workflow-permission-missing',
  title: "the workflow's token may not read packages: its permissions leave packages out",
  severity: 'error',
  needs: [],
  example: 'workflow-permission-missing',
  weigh(clues) {
    if (publishedCase(clues)?.readOnly) return { kind: 'confirmed', because: ['metadata'] };
    const verdict = accessVerdict(
      'workflow-permission-missing',
      clues,
      'the group "GITHUB_TOKEN Permissions" in the step "Set up job" of the log: does it list "Packages: read"?',
    );
    return verdict.kind === 'confirmed' && blocksOf(clues).length > 1
      ? {
          ...verdict,
          kind: 'possible',
          decidedBy: 'which of the jobs with this id ran: the page of the run names its caller',
        }
      : verdict;
  },
  state(clues) {
    const { workflow } = clues.run.environment;
    const only = readOnlyBlock(clues);
    if (only) return readOnlyFinding(clues, only);
    const block = blockOf(clues);
    const place = blocksOf(clues).map(placeOf).join(' or in ');
    return {
      title: place
        ? `the token of job ${workflow?.job ?? ''} may not read packages: the permissions in ${place} leave them out`
        : `the token of ${workflow?.job ? `job ${workflow.job}` : 'the workflow'} may not read packages: its permissions leave them out`,
      seen: seenLine(clues),
      location: block?.location ? { kind: 'file', path: block.file, ...position(block.location) } : null,
      remedy: remedyOf(clues),
    };
  },
};

function readOnlyBlock(clues: Clues): PermissionsBlock | null {
  const permission = clues.run.environment.workflow?.reading?.permission;
  return publishedCase(clues)?.readOnly && permission?.kind === 'granted'
    ? (permission.readOnly ?? null)
    : null;
}

/** The registry can be read, and nothing of it tells about writing: that is what the file says. */
function readOnlyFinding(clues: Clues, block: PermissionsBlock): ReturnType<Cause['state']> {
  const { file, location, job, granting } = block;
  const { whole, edit } = granting.write;
  const whose = job === null ? 'of the workflow' : `of job ${job}`;
  return {
    title: `the token of job ${clues.run.environment.workflow?.job ?? ''} may not publish packages: the permissions in ${placeOf(block)} let it read them only`,
    seen: seenLine(clues),
    location: location ? { kind: 'file', path: file, ...position(location) } : null,
    remedy: {
      who: 'whoever maintains the workflow',
      summary: `set packages: write in the permissions ${whose} in ${file}`,
      steps: [
        `the whole block ${whose}: ${whole}`,
        'a block sets everything that it leaves out to none',
        'where another job publishes: run this check there, with the token of that job',
      ],
      ...(edit && location ? { edit: { file, line: location.line, ...edit } } : {}),
    },
  };
}

function position({ line, column }: { line: number; column: number }): { line: number; column: number } {
  return { line, column };
}

/** The blocks of which one leaves packages out: more than one where several jobs have the id of the one that runs. */
function blocksOf({ run }: Clues): readonly PermissionsBlock[] {
  const permission = run.environment.workflow?.reading?.permission;
  if (permission?.kind === 'several') return permission.blocks;
  return permission?.kind === 'missing' ? [permission.block] : [];
}

function blockOf(clues: Clues): PermissionsBlock | null {
  const [block = null, ...others] = blocksOf(clues);
  return others.length === 0 ? block : null;
}

function placeOf({ file, location }: PermissionsBlock): string {
  return location ? `${file}:${location.line}` : file;
}

/** Of several jobs with one id only the person at the run's page can tell which one it was. */
function eitherRemedy(job: string, blocks: readonly PermissionsBlock[], clues: Clues): Remedy {
  const { permission } = neededRights(clues);
  return {
    who: 'whoever maintains the workflow',
    summary: `add ${permission} to the permissions of the job ${job} that ran`,
    steps: [
      `several jobs have the id ${job}: the page of the run shows the one that ran, behind the name of the job that calls it`,
      ...blocks.map((block) => `in ${placeOf(block)}: ${granted(block, clues).whole}`),
      'a block sets everything that it leaves out to none; without contents: read a private repository is not checked out',
    ],
  };
}

/** The block as the case needs it. */
function granted({ granting }: PermissionsBlock, { case: { publishing } }: Clues): GrantingBlock {
  return publishing ? granting.write : granting.read;
}

function remedyOf(clues: Clues): Remedy {
  const { workflow } = clues.run.environment;
  const blocks = blocksOf(clues);
  if (blocks.length > 1) return eitherRemedy(workflow?.job ?? '', blocks, clues);
  const block = blockOf(clues);
  const { permission } = neededRights(clues);
  const file = block?.file ?? workflow?.file ?? 'the workflow file';
  const job = block ? block.job : (workflow?.job ?? null);
  const whose = job === null ? 'of the workflow' : `of job ${job}`;
  return {
    who: 'whoever maintains the workflow',
    summary: `add ${permission} to the permissions ${whose} in ${file}`,
    steps: [
      `the whole block ${whose}: ${block ? granted(block, clues).whole : `permissions: { contents: read, ${permission} }`}`,
      'a block sets everything that it leaves out to none; without contents: read a private repository is not checked out',
      ...(workflow?.reading
        ? []
        : [
            "a job of a reusable workflow has at most what the job that calls it has: the caller's job needs both lines too",
          ]),
      ...(workflow?.reading && !block
        ? [
            `${file} of this checkout grants it: look whether the run took another version of the file, or another workflow calls it`,
          ]
        : []),
    ],
    ...editOf(clues, file),
  };
}

/** A block to add only where the file shows that there is none. */
function editOf(clues: Clues, file: string): Pick<Remedy, 'edit'> {
  const block = blockOf(clues);
  const edit = block && granted(block, clues).edit;
  if (edit && block.location) return { edit: { file, line: block.location.line, ...edit } };
  const after = `permissions:\n  contents: read\n  ${neededRights(clues).permission}`;
  return clues.run.environment.workflow?.reading?.permission.kind === 'default'
    ? { edit: { file, line: null, before: null, after } }
    : {};
}
