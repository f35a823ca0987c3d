import { isActionToken } from '../../domain/action-token.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { meantVariable } from '../../domain/meant-variable.ts';
import { isGivenByCi, isHomeOf } from './token-of-server.ts';

/**
 * The step that names a variable with nearly the name of one without a value. What the CI gives is asked about for its own server alone. `url` is that of the line,
 * `null` where it has none.
 */
export function meantInstead(run: RunFacts, variable: string, url: string | null): readonly string[] {
  const meant = meantVariable(
    variable,
    run.variables.filter((name) => !isActionToken(name) && (!isGivenByCi(name) || isHomeOf(run, name, url))),
  );
  return meant === null ? [] : [`${meant} is set: is it meant?`];
}
