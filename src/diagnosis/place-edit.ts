import type { ClientModel } from '../domain/client.ts';
import type { Remedy } from '../domain/remedy.ts';
import type { Finding } from '../domain/report.ts';

/**
 * A remedy whose lines to add go where the file, as it stands, takes them: a key of YAML or a table of TOML may stand there once only. Where no line can be
 * changed for that, a step says it in place of the edit.
 */
export function placeEdit(remedy: Remedy, { edits }: Pick<ClientModel, 'edits'>): Remedy {
  const { edit, ...others } = remedy;
  if (!edits || !edit || edit.line !== null || edit.after === null) return remedy;
  const { file, after } = edit;
  const place = edits.addition(file, after);
  switch (place.kind) {
    case 'at-end':
      return remedy;
    case 'in-line': {
      const { line, before } = place;
      return { ...remedy, edit: { file, line, before, after: place.after } };
    }
    case 'by-hand':
      return {
        ...others,
        steps: [
          ...others.steps,
          `${file}:${place.line} has a part of it already, and may have that once only: bring this into it: ${after.replace(/\n\s*/g, ' ')}`,
        ],
      };
  }
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
