import { secretForms } from '../domain/redaction.ts';
import type { Secret } from '../domain/secret.ts';
import { workflowCommand } from '../render/workflow-command.ts';

/**
 * The commands that make the runner hide secrets, and every form they take on the way (base64, percent-encoded, JSON-escaped), in all logs of the
 * job, each on a line of its own. To be printed before anything else: the runner shows none of them.
 */
export function maskCommands(secrets: Iterable<Secret>): string {
  return secretForms(secrets)
    .filter((form) => form.trim() !== '')
    .map((form) => `${workflowCommand('add-mask', form)}\n`)
    .join('');
}
