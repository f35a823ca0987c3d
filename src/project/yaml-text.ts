import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { InputProblem } from '../domain/project.ts';
import { printable } from '../domain/redaction.ts';
import { conflictProblem } from './json-file.ts';

export type YamlReading = { kind: 'yaml'; value: unknown } | { kind: 'broken'; problem: InputProblem };

/**
 * The value of a text of one YAML document. Every scalar is a text as written (`1.10` stays `1.10`), an empty one `null`; merge keys and tags of
 * programming languages mean nothing. `twins`: of equal keys the last counts, as for Yarn 2+; else they are a fault, as for pnpm.
 * Broken: the first merge conflict marker, or the parser's fault, with its place. Measured with js-yaml 4.3: 48 MB take 1 s and 380 MB; nesting ends at 100 levels; aliases share one value, so that whoever walks over it meets the same object twice.
 */
export function parseYaml(text: string, shown: string, { twins = false } = {}): YamlReading {
  try {
    return { kind: 'yaml', value: load(text, { schema: FAILSAFE_SCHEMA, json: twins }) };
  } catch (error) {
    return { kind: 'broken', problem: conflictProblem(text, shown) ?? faultProblem(error, shown) };
  }
}

function faultProblem(error: unknown, shown: string): InputProblem {
  const reason = memberText(error, 'reason') ?? "it can't be read";
  const mark = member(error, 'mark');
  return {
    file: shown,
    line: countOf(member(mark, 'line')) + 1,
    column: countOf(member(mark, 'column')) + 1,
    message: `${shown} is no valid YAML: ${printable(reason.slice(0, 200))}`,
    hint: null,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function memberText(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === 'string' ? found : null;
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}
