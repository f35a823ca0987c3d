import { isActionToken } from '../domain/action-token.ts';
import type { CredentialNeed } from '../steps/credential-needs.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What a step gives to the later ones, and what it does not. */
export interface ExportedTokens {
  variables: Readonly<Record<string, string>>;
  /** Names that an install needs, and that this step can't or may not pass on. */
  missing: readonly string[];
}

/**
 * The variables that later steps get so that they can use what was written: those that the workflow named or the action made, and others only
 * with the same value. What a file of the checkout refers to is not passed on for that: a pull request could ask for any secret so.
 */
export function exportedTokens(
  needs: readonly CredentialNeed[],
  env: Variables,
  { allowed }: { allowed: boolean },
): ExportedTokens {
  const held = needs.flatMap(({ variable, chosen }) => {
    const value = env[variable];
    return value ? [{ variable, value, chosen: chosen || isActionToken(variable) }] : [];
  });
  const values = new Set(held.filter(({ chosen }) => chosen).map(({ value }) => value));
  const passed = allowed ? held.filter(({ value }) => values.has(value)) : [];
  return {
    variables: Object.fromEntries(passed.map(({ variable, value }) => [variable, value])),
    missing: held.filter((one) => !passed.includes(one)).map(({ variable }) => variable),
  };
}

/** One line for the log about what later steps need beside; `null` for nothing. */
export function missingTokensNotice(missing: readonly string[]): string | null {
  if (missing.length === 0) return null;
  const names = missing.join(', ');
  return `the install needs ${names} as this step has ${missing.length === 1 ? 'it' : 'them'}: set env: for the whole job, or for each step that installs`;
}
