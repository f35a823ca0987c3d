import type { Plan } from '../domain/plan.ts';
import type { Case } from '../domain/target.ts';

/** A variable that an install needs with its present value. `chosen`: the workflow named it, not a file of the checkout. */
export interface CredentialNeed {
  variable: string;
  chosen: boolean;
}

/**
 * The variables of all credentials that an install would send, each once: those that the plan writes, and those that files of the user or the
 * checkout refer to. A check that passed with them says nothing of a step that does not have them.
 */
export function credentialNeeds(plan: Plan, cases: readonly Case[]): readonly CredentialNeed[] {
  const chosen = new Set(plan.scopes.flatMap(({ tokenVariable }) => tokenVariable ?? []));
  const sent = cases.flatMap(({ target: { metadata, tarball } }) =>
    [metadata, tarball].flatMap((request) =>
      request?.credential.kind === 'token' ? (request.credential.variable ?? []) : [],
    ),
  );
  return [...new Set([...chosen, ...sent])].map((variable) => ({ variable, chosen: chosen.has(variable) }));
}
