import type { ClientModel } from '../domain/client.ts';
import type { ConfigEdits } from '../domain/config-edits.ts';
import type { Remedy } from '../domain/remedy.ts';
import type { Finding } from '../domain/report.ts';

/**
 * A remedy whose edit fits the file as it stands: lines to add go where that takes them, as a key of YAML or a table of TOML may stand there once only, and a line
 * to change keeps its indentation. Where no line can be changed for that, a step says it in place of the edit.
 */
export function placeEdit(remedy: Remedy, { edits }: Pick<ClientModel, 'edits'>): Remedy {
  const { edit } = remedy;
  if (!edits || !edit || edit.after === null) return remedy;
  const { file, line, before, after } = edit;
  if (line === null) return added(remedy, file, after, edits);
  const lead = before === null ? '' : edits.lead(file, line, before);
  if (lead === null)
    return inWords(remedy, `${file}:${line} holds more than that setting: change it there to ${after}`);
  const indented = (text: string) => (text.startsWith(lead) ? text : lead + text);
  return { ...remedy, edit: { file, line, before: before && indented(before), after: indented(after) } };
}

function added(remedy: Remedy, file: string, lines: string, edits: ConfigEdits): Remedy {
  const place = edits.addition(file, lines);
  switch (place.kind) {
    case 'at-end':
      return remedy;
    case 'in-line': {
      const { line, before, after } = place;
      return { ...remedy, edit: { file, line, before, after } };
    }
    case 'by-hand':
      return inWords(
        remedy,
        `${file}:${place.line} has a part of it already, and may have that once only: bring this into it: ${lines.replace(/\n\s*/g, ' ')}`,
      );
  }
}

function inWords({ edit: _, ...others }: Remedy, step: string): Remedy {
  return { ...others, steps: [...others.steps, step] };
}

/**
 * Findings of which several bring one and the same key to the end of a YAML file, each with other lines below it: all but the first say that it may stand
 * there once only.
 */
export function tellRepeatedKeys(findings: readonly Finding[]): readonly Finding[] {
  const brought = new Set<string>();
  return findings.map((finding) => {
    const { remedy } = finding;
    const { file = '', line, after } = remedy.edit ?? {};
    const key = /^[\w-]+:(?=\n)/.exec(after ?? '')?.[0];
    if (line !== null || key === undefined || !/\.ya?ml$/i.test(file)) return finding;
    const isFirst = !brought.has(`${file} ${key}`);
    brought.add(`${file} ${key}`);
    return isFirst
      ? finding
      : {
          ...finding,
          remedy: {
            ...remedy,
            steps: [
              ...remedy.steps,
              `another finding brings "${key}" to ${file} too, which may have it once only: write it once, and the lines of both below it`,
            ],
          },
        };
  });
}
