import { restoreCommand } from '../commands/restore.ts';
import { isActionToken } from '../domain/action-token.ts';
import { realWorld } from '../io/real-world.ts';
import { workflowCommand } from '../render/workflow-command.ts';
import type { ActionStep } from './action-main.ts';
import { tokensState } from './phase.ts';

/**
 * The `post` phase: gives back every file that `main` wrote and takes the action's own tokens out of the variables. It never fails the job: what
 * could not be given back is a warning.
 */
export function actionPost(step: Pick<ActionStep, 'version' | 'env' | 'directory' | 'platform' | 'runner'>): {
  exitCode: 0;
  output: string;
  complaint: string;
} {
  const lines: string[] = [];
  try {
    // the names that main saved, or, where the runner lost them, all that may be ours
    const tokens = (step.env[`STATE_${tokensState}`]?.split(' ') ?? Object.keys(step.env)).filter(
      isActionToken,
    );
    step.runner.exportVariables(Object.fromEntries(tokens.map((name) => [name, ''])));
    const restored = restoreCommand(realWorld(step));
    lines.push(restored.output);
    if (restored.exitCode !== 0)
      lines.push(warning('a file could not be given back: see the log of this step'));
  } catch (error) {
    lines.push(warning(`restoring failed: ${error instanceof Error ? error.name : 'unknown error'}`));
  }
  return { exitCode: 0, output: lines.join(''), complaint: '' };
}

function warning(text: string): string {
  return `${workflowCommand('warning', text, { title: 'npmrc-preflight' })}\n`;
}
