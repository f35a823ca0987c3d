import { handedOn } from './domain/handed-on.ts';
import { nearest } from './domain/nearest.ts';
import type { Source } from './domain/source.ts';
import type { InputDescription, UsageError } from './domain/usage.ts';
import { type InputRow, inputRows } from './inputs/input-rows.ts';
import { looksSecret, type Variables } from './inputs/shown-value.ts';
import { type ValueType, value } from './inputs/value-type.ts';

/** Name of an input, as the command line and action.yml write it. */
export type InputName = keyof typeof inputRows;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

type ValueOf<Row> = Row extends { type: ValueType<infer T>; default: infer Default }
  ? Default extends ''
    ? T | null
    : T
  : never;

/** A value with the place it came from. */
export interface Given<T> {
  value: T;
  source: Source;
}

/**
 * Every input by its camel-case name. `'auto'` means that the run decides, `null` that nothing is given (by CI, from CI, none). `timeout` is in
 * milliseconds, `registries` has normalised URLs, `workingDirectory` and `reportDir` are as written.
 */
export type Inputs = {
  readonly [Name in InputName as CamelCase<Name>]: Given<ValueOf<(typeof inputRows)[Name]>>;
};

export type InputsReading = { kind: 'inputs'; inputs: Inputs; notices: readonly string[] } | UsageError;

/** The rows as data for help, README, action.yml and templates, in their order. */
export const inputDescriptions: readonly InputDescription[] = inputNames().map((name) => {
  const row: InputRow<unknown> = inputRows[name];
  const { type, placeholder, allowed, unit } = row.type;
  const { default: preset, defaultText, summary, meaning, commands, only = null, actionDefault } = row;
  return {
    name,
    type,
    default: preset,
    defaultText,
    summary,
    meaning,
    placeholder,
    allowed,
    unit,
    commands,
    only,
    ...(actionDefault === undefined ? {} : { actionDefault }),
  };
});

/**
 * Reads every input: option (`args`: values by name, in the order given) before `NPMRC_PREFLIGHT_NAME` before the action's
 * `INPUT_NAME` before the default. Empty text counts as not given, and so does `auto` where
 * the run decides. Lists and lines add up over repeated options, of others the last counts. The first refusal is the answer; `notices` name
 * variables that look like misspelt inputs.
 */
export function readInputs(options: {
  args: ReadonlyMap<string, readonly string[]>;
  env: Variables;
}): InputsReading {
  const entries: [string, Given<unknown>][] = [];
  for (const name of inputNames()) {
    const row: InputRow<unknown> = inputRows[name];
    const given = textOf(name, options.args.get(name) ?? [], options.env);
    const text = given?.text ?? row.default;
    const source: Source = given?.source ?? {
      kind: 'default',
      why: row.default === '' ? row.defaultText : 'the default',
    };
    const reading = text === '' ? value(null) : row.type.read(text, options.env);
    if (reading.kind === 'refused') {
      return { kind: 'usage', message: `${given?.label ?? name}: ${reading.message}`, hint: reading.hint };
    }
    entries.push([camelCase(name), { value: reading.value, source }]);
  }
  // Every name of the table was read by its own row, which is what the mapped type says.
  const inputs = Object.fromEntries(entries) as unknown as Inputs;
  return (
    contradiction(inputs, options.env) ?? { kind: 'inputs', inputs, notices: misspeltVariables(options.env) }
  );
}

/** The environment variable of an input: `report-dir` is `NPMRC_PREFLIGHT_REPORT_DIR`. */
export function inputVariable(name: string): string {
  return `NPMRC_PREFLIGHT_${name.toUpperCase().replaceAll('-', '_')}`;
}

function inputNames(): readonly InputName[] {
  return Object.keys(inputRows) as InputName[];
}

function textOf(
  name: InputName,
  args: readonly string[],
  env: Variables,
): { text: string; label: string; source: Source } | null {
  const row: InputRow<unknown> = inputRows[name];
  // Lines are counted in messages, so blank ones at the start must stay.
  const cleaned = (text: string | undefined) => {
    const trimmed = text?.trim() ?? '';
    if (row.default === '' && row.only !== 'action' && trimmed.toLowerCase() === 'auto') return '';
    return row.type.type === 'lines' && trimmed !== '' ? (text ?? '') : trimmed;
  };
  if (row.only !== 'action') {
    const separator = row.type.type === 'list' ? ',' : row.type.type === 'lines' ? '\n' : null;
    const written = cleaned(separator === null ? args.at(-1) : args.join(separator));
    if (written !== '')
      return { text: written, label: `--${name}`, source: { kind: 'input', name: `--${name}` } };
    const variable = inputVariable(name);
    const set = cleaned(env[variable]);
    if (set !== '')
      return {
        text: set,
        label: env[componentVariable] !== undefined ? `input ${name} (${variable})` : variable,
        source: { kind: 'env', name: variable },
      };
  }
  // GitHub keeps the dashes of an input's name in its variable; shells can only set it with underscores.
  const upper = name.toUpperCase();
  const input = cleaned(env[`INPUT_${upper}`] ?? env[`INPUT_${upper.replaceAll('-', '_')}`]);
  return input === '' ? null : { text: input, label: `input ${name}`, source: { kind: 'input', name } };
}

/** Values that are right alone and wrong together. Off GitLab's CI nothing can stand in for a missing group or project. */
function contradiction(inputs: Inputs, env: Variables): UsageError | null {
  for (const [prefix, id] of [
    ['group', inputs.groupId],
    ['project', inputs.projectId],
  ] as const) {
    if (inputs.prefix.value === prefix && id.value === null && !env.GITLAB_CI) {
      return {
        kind: 'usage',
        message: `prefix ${prefix} needs a ${prefix}, and ${prefix}-id is not given`,
        hint: `add --${prefix}-id with its id or full path (in GitLab CI the job's own is taken)`,
      };
    }
  }
  return null;
}

/** By this GitLab's component says where its folder is: no input, but where it is, the other variables come from the inputs of an include. */
export const componentVariable = 'NPMRC_PREFLIGHT_ARTIFACT';

/** One line for each `NPMRC_PREFLIGHT_…` variable that is no input but nearly is one. */
function misspeltVariables(env: Variables): readonly string[] {
  const known: readonly string[] = [...inputNames().map(inputVariable), ...handedOn, componentVariable];
  return Object.keys(env)
    .filter(
      (name) =>
        /^NPMRC_PREFLIGHT_[A-Z0-9_]{1,60}$/.test(name) && !known.includes(name) && !looksSecret(name, {}),
    )
    .flatMap((name) => {
      const bare = name.slice('NPMRC_PREFLIGHT_'.length);
      const near = nearest(
        bare,
        inputNames().map((input) => input.toUpperCase().replaceAll('-', '_')),
      );
      return near && !/^(?:TOKEN(?:_\d+)?|WRITTEN)$/.test(bare)
        ? [`${name} is no input and was not read; did you mean NPMRC_PREFLIGHT_${near}?`]
        : [];
    });
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
