import type { Clues } from '../../domain/cause.ts';
import type { Source } from '../../domain/source.ts';

/** The variable without a value that a case's request stands on, with the line that refers to it; `null` when there is none. */
export function unsetVariable(
  clues: Clues,
): { variable: string; source: Source; sends: string | null } | null {
  const { target, result } = clues.case;
  const asked = result.kind === 'tarball-failed' ? target.tarball : target.metadata;
  if (asked?.credential.kind === 'unresolved') {
    return isLiteralReference(asked.credential.sends) ? null : asked.credential;
  }
  if (result.kind !== 'client-stops') return null;
  for (const problem of clues.run.client.problems) {
    if (problem.kind === 'unset-variable') {
      return { variable: problem.variable, source: problem.setting.source, sends: null };
    }
  }
  return null;
}

/** `$NAME` or `%NAME%`: npm expands only `${NAME}`, so the variable's value does not matter (measured: clients.md section 2). */
export function isLiteralReference(sends: string | null): boolean {
  return sends !== null && /^(\$[A-Za-z_]\w*|%\w+%)$/.test(sends);
}

/** The variables that a CI gives to each job by itself. */
export function isGivenByCi(variable: string): boolean {
  return variable === 'CI_JOB_TOKEN' || variable === 'GITHUB_TOKEN';
}
