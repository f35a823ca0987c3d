import type { LineEdit } from '../domain/config-edits.ts';

/** A line of a YAML or TOML file, as it is `written`, and the fields of a setting that give way to another one. */
export interface FieldLine {
  path: string;
  line: number;
  written: string;
  fields: readonly string[];
}

/** A field and its text, without quotes. */
export interface Field {
  name: string;
  text: string;
}

/** Longer lines no person wrote. */
const longestLine = 1000;
const name = String.raw`(?:"[^"]*"|'[^']*'|[\w-]+)`;
const value = String.raw`(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'{}[\],#]+)`;
const end = String.raw`\s*(?:#.*)?$`;

/** How a format parts names from values, in a pattern and as it is written. */
interface Format {
  between: string;
  mark: string;
}

const yaml: Format = { between: String.raw`\s*:\s+`, mark: ':' };
const toml: Format = { between: String.raw`\s*=\s*`, mark: ' =' };

/**
 * The edit of a line by which `to` stands in place of the fields (`null`: nothing does): the whole line with its indentation, or with the other entries between
 * its braces. `null` where the line has none of the fields, or another text that must not be shown.
 */
export function fieldLineTo({ path, line, written, fields }: FieldLine, to: Field | null): LineEdit | null {
  if (written.length > longestLine) return null;
  const format = /\.ya?ml$/i.test(path) ? yaml : toml;
  const named = to && `${to.name}${format.mark} ${JSON.stringify(to.text)}`;
  const change = ofOneField(written, fields, named, format) ?? betweenBraces(written, fields, named, format);
  return change && { line, ...change };
}

type Change = (
  written: string,
  fields: readonly string[],
  named: string | null,
  format: Format,
) => Omit<LineEdit, 'line'> | null;

const ofOneField: Change = (written, fields, named, { between, mark }) => {
  const [, start = '', key = '', own = ''] =
    new RegExp(`^(\\s*(?:${name}\\.)*)(${name})${between}(${value})${end}`).exec(written) ?? [];
  if (!fields.includes(bare(key))) return null;
  const before = isReference(bare(own)) ? written : `${start}${key}${mark} …`;
  return { before, after: named === null ? null : start + named };
};

const betweenBraces: Change = (written, fields, named, { between }) => {
  const [, head, inside = ''] =
    new RegExp(`^(\\s*(?:${name}\\.)*${name}${between})\\{(.*)\\}${end}`).exec(written) ?? [];
  const entries = entriesOf(inside, new RegExp(`^\\s*(${name})${between}(${value})\\s*(?:,|$)`));
  const first = entries?.findIndex((entry) => fields.includes(entry.name)) ?? -1;
  if (head === undefined || !entries || first < 0) return null;
  const others = entries.filter((entry) => !fields.includes(entry.name));
  if (others.some(mayBeSecret)) return null;
  const kept = others.map((entry) => entry.written);
  const all = named === null ? kept : kept.toSpliced(first, 0, named);
  return { before: `${head}…`, after: `${head}{ ${all.join(', ')} }` };
};

interface Entry extends Field {
  written: string;
}

/** The entries between braces; `null` where one has another form. */
function entriesOf(inside: string, one: RegExp): readonly Entry[] | null {
  const entries: Entry[] = [];
  for (let rest = inside; rest.trim() !== ''; ) {
    const [all, key, own] = one.exec(rest) ?? [];
    if (all === undefined || key === undefined || own === undefined) return null;
    entries.push({ name: bare(key), text: bare(own), written: all.trim().replace(/\s*,$/, '') });
    rest = rest.slice(all.length);
  }
  return entries;
}

/** Whether an entry is neither an address without a user nor a reference to a variable. */
function mayBeSecret({ text }: Entry): boolean {
  return !/^(?:https?:\/\/|\$\{\w+-?\}\/)[^@?]*$/i.test(text) && !isReference(text);
}

function isReference(text: string): boolean {
  return /^\$(?:\w+|\{\w+-?\})$/.test(text);
}

function bare(written: string): string {
  return written.replace(/^(["'])(.*)\1$/s, '$2');
}
