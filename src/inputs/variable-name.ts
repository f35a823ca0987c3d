import { looksSecret, type Variables, variablesHolding } from './shown-value.ts';
import { type Reading, refused, type ValueType, value } from './value-type.ts';

/**
 * The NAME of an environment variable. A value that may be the credential itself is refused without being repeated; when it
 * is the value of a variable of this job, the hint names that variable. `$NAME` and `${NAME}` are read as `NAME`.
 */
export const variableName: ValueType<string> = {
  type: 'text',
  placeholder: 'NAME',
  allowed: null,
  unit: null,
  read: readVariableName,
};

/** See {@link variableName}; also used for `token=NAME` in the lines of `registries`. */
export function readVariableName(text: string, env: Variables): Reading<string> {
  const name = /^\$\{?(\w+)\}?$/.exec(text)?.[1] ?? text;
  if (looksSecret(name, env)) {
    // the input itself is no place to refer to
    const holders = variablesHolding(text, env).filter(
      (name) => !/^INPUT_|^NPMRC_PREFLIGHT_.*_ENV$/.test(name),
    );
    return refused(
      'this wants the NAME of a variable, and what was given looks like the token itself',
      holders[0] === undefined
        ? 'put the token in a masked CI/CD variable and give the name of that variable; if it was in a file or a log, revoke it'
        : `write ${holders[0]}, without a dollar sign`,
    );
  }
  if (!/^[A-Za-z_]\w{0,254}$/.test(name)) {
    return refused(
      'this wants the NAME of a variable (letters, digits, underscores)',
      'for example CI_JOB_TOKEN',
    );
  }
  return value(name);
}
