import type { Clues } from '../../domain/cause.ts';
import { statusOf } from '../../domain/probe.ts';
import { hasForm, Secret, sameSecret } from '../../domain/secret.ts';
import { type Source, sameSource } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';

/** What older setup-node versions put into NODE_AUTH_TOKEN where a step passes nothing (user reports). */
const placeholder = new Secret('XXXXX-XXXXX-XXXXX-XXXXX');

/** A variable that the CI was to fill from another one, which it left as it stands for want of a value (GitLab: variables of a job). */
const reference = /^\$(?:\w+|\{\w+\})$/;

/** What stands in place of a token that a variable was to give. */
export interface Placeholder {
  variable: string;
  source: Source;
  key: string;
  /** The placeholder of setup-node, the name of another variable, or the text of the line for a variable without a value. */
  is: 'placeholder' | 'reference' | 'fallback';
}

/** The variable and line of the failing request's token where no token was given. */
export function placeholderToken(clues: Clues): Placeholder | null {
  const credential = failingRequest(clues)?.credential;
  if (credential?.kind !== 'token') return null;
  const { secret, variable, source, key } = credential;
  if (sameSecret(secret, placeholder))
    return { variable: variable ?? 'NODE_AUTH_TOKEN', source, key, is: 'placeholder' };
  if (variable !== null && hasForm(secret, reference)) return { variable, source, key, is: 'reference' };
  const replaced = variable === null ? fallbackOf(clues, { source, key }) : null;
  return replaced === null ? null : { variable: replaced, source, key, is: 'fallback' };
}

/** The variable without a value in whose place its line's own text was sent, to a server that knows no such token (user reports). */
function fallbackOf(clues: Clues, at: { source: Source; key: string }): string | null {
  const outcome = failingRequest(clues)?.observation.outcome;
  if (statusOf(outcome) !== 401) return null;
  const setting = clues.run.client.settings.find(
    ({ key, source }) => key === at.key && sameSource(source, at.source),
  );
  const [variable, another] = setting?.variables ?? [];
  // a long name is printed as a token would be
  const isWhole = another === undefined && /^\$\{[^{}-]+-[^{}]+\}$/.test(setting?.written ?? '');
  return isWhole && variable !== undefined && variable.state !== 'set' ? variable.name : null;
}
