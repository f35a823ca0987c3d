import type { Report } from '../domain/report.ts';

/** For each field of a value its own shape; `true` for plain values, `by-name` for records whose keys are data. */
type Shape<T> = T extends readonly (infer Item)[]
  ? Shape<NonNullable<Item>>
  : T extends string | number | boolean
    ? true
    : string extends keyof T
      ? 'by-name'
      : { readonly [Key in keyof T]-?: Shape<NonNullable<T[Key]>> };

const location: Shape<NonNullable<Report['findings'][number]['location']>> = {
  file: true,
  line: true,
  column: true,
};

/** The fields of schema 1 in the order in which they are written. A field that the type gains must get its place here to compile. */
const shape: Shape<Report> = {
  schema: true,
  verdict: true,
  exitCode: true,
  command: true,
  environment: {
    provider: true,
    host: true,
    version: true,
    consumer: true,
    jobUser: true,
    client: { name: true, version: true, known: true },
  },
  scopes: { scope: true, registry: true, prefix: true, why: true },
  files: { path: true, action: true, managed: true, diff: true },
  exports: 'by-name',
  packages: {
    name: true,
    requested: true,
    resolved: true,
    scope: true,
    registry: true,
    prefix: true,
    tarball: true,
    dependents: true,
    location,
    status: true,
    checks: { mapped: true, credential: true, metadata: true, tarball: true },
  },
  publish: { name: true, version: true, registry: true, prefix: true, status: true },
  findings: {
    code: true,
    cause: true,
    severity: true,
    certainty: true,
    title: true,
    seen: true,
    packages: true,
    evidence: { probe: true, url: true, status: true, message: true },
    location,
    remedy: {
      who: true,
      summary: true,
      steps: true,
      edit: { file: true, line: true, before: true, after: true },
      command: true,
      request: { method: true, url: true, data: 'by-name' },
      url: true,
    },
    alternatives: true,
    decidedBy: true,
  },
  requests: { count: true, bytes: true, ms: true },
};

/**
 * The report as JSON (schema 1): exactly the fields of the schema in a fixed order, two blanks of indent, a line end at the end.
 * Written by {@link printableJson}.
 */
export function renderJson(report: Report): string {
  return printableJson(reportFields(report));
}

/** Exactly the fields of the schema, in its order, as plain data. */
export function reportFields(report: Report): unknown {
  return shaped(report, shape);
}

/**
 * Plain data as indented JSON that is harmless in a terminal or a CI's log: characters that could act there are written as `\u`
 * escapes, which leaves it the same JSON. Keys keep their order. Ends with a line end.
 */
export function printableJson(data: unknown): string {
  const text = JSON.stringify(data, null, 2);
  const visible = /^[\n -~]*$/.test(text)
    ? text
    : text.replace(/[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu, (character) =>
        character.split('').map(unitEscape).join(''),
      );
  return `${visible.replace(/##(?=[a-z]*\[)/gi, '#\\u0023')}\n`;
}

function unitEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

type AnyShape = true | 'by-name' | { readonly [key: string]: AnyShape };

function shaped(data: unknown, by: AnyShape): unknown {
  if (Array.isArray(data)) return data.map((item) => shaped(item, by));
  if (by === true || typeof data !== 'object' || data === null) return data;
  if (by === 'by-name') return Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
  const fields = new Map<string, unknown>(Object.entries(data));
  return Object.fromEntries(
    Object.entries(by).flatMap(([key, inner]) =>
      fields.get(key) === undefined ? [] : [[key, shaped(fields.get(key), inner)]],
    ),
  );
}
