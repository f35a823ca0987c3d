import type { FileEdit, Plan } from '../domain/plan.ts';
import type { FileReport } from '../domain/report.ts';
import { checkoutAround } from '../io/checkout-around.ts';
import type { World } from '../io/world.ts';
import { unifiedDiff } from '../render/diff.ts';

export type AppliedPlan =
  | { kind: 'applied'; files: readonly FileReport[] }
  | { kind: 'failed'; path: string; why: string };

/**
 * Carries out the file changes of a plan, or shows them. The first that can't be carried out ends it; what was written can be
 * restored. No file of the checkout is written through a link that leads out of it. Variables are made known to later steps of the job.
 */
export function applyPlan(world: World, plan: Plan, { dryRun }: { dryRun: boolean }): AppliedPlan {
  const files: FileReport[] = [];
  for (const edit of plan.edits) {
    if (edit.before === edit.after) {
      files.push({ path: edit.path, action: 'unchanged', managed: true });
      continue;
    }
    if (dryRun) {
      files.push({ path: edit.path, action: 'would-write', managed: true, diff: diffOf(edit) });
      continue;
    }
    const within = checkoutAround(world, edit.path);
    const write = world.writeRestorable(within === null ? edit : { ...edit, within });
    if (write.kind === 'failed') return { kind: 'failed', path: edit.path, why: write.why };
    files.push({ path: edit.path, action: write.kind, managed: true });
  }
  const [variable] = Object.keys(plan.exports);
  const refused = variable === undefined || dryRun ? null : world.exportVariables(plan.exports);
  if (refused !== null) return { kind: 'failed', path: `variable ${variable}`, why: refused };
  return { kind: 'applied', files };
}

function diffOf({ path, before, after }: FileEdit): string {
  return unifiedDiff({ path, before, after });
}
