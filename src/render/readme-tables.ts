import type { CommandDescription, ExitCodeDescription, InputDescription } from '../domain/usage.ts';
import type { CauseSummary } from './explain.ts';

/** The inputs as a Markdown table: name, default, meaning, allowed values. */
export function inputsTable(inputs: readonly InputDescription[]): string {
  return table(
    ['input', 'default', 'meaning'],
    inputs.map(({ name, defaultText, meaning, type, allowed, only }) => [
      `\`${name}\``,
      `\`${defaultText}\``,
      [
        ...(only === 'action' ? ['Action only.'] : []),
        meaning,
        ...(allowed !== null && (type === 'choice' || type === 'list')
          ? [`One${type === 'list' ? ' or more' : ''} of ${allowed.map((word) => `\`${word}\``).join(', ')}.`]
          : []),
      ].join(' '),
    ]),
  );
}

/** The component's own inputs as a Markdown table. */
export function componentInputsTable(
  inputs: readonly { name: string; default: string; description: string }[],
): string {
  return table(
    ['input', 'default', 'meaning'],
    inputs.map((input) => [`\`${input.name}\``, `\`${input.default}\``, input.description]),
  );
}

/** The commands as a Markdown table. */
export function commandsTable(commands: readonly CommandDescription[]): string {
  return table(
    ['command', 'does'],
    commands.map(({ name, argument, meaning }) => [
      `\`${[name, argument].filter(Boolean).join(' ')}\``,
      meaning,
    ]),
  );
}

/** The exit codes as a Markdown table. */
export function exitCodesTable(codes: readonly ExitCodeDescription[]): string {
  return table(
    ['code', 'means'],
    codes.map(({ code, meaning }) => [`\`${code}\``, meaning]),
  );
}

/** What a use of the action gives back, as a Markdown table. */
export function outputsTable(outputs: readonly { name: string; meaning: string }[]): string {
  return table(
    ['output', 'holds'],
    outputs.map(({ name, meaning }) => [`\`${name}\``, meaning]),
  );
}

/** The causes as a Markdown table, by code, each linked to its page below `pages` (`docs/causes`). */
export function causesTable(causes: readonly CauseSummary[], pages: string): string {
  const sorted = [...causes].sort((a, b) => (a.code < b.code ? -1 : 1));
  return table(
    ['code', 'cause', 'is'],
    sorted.map(({ code, slug, title }) => [`[${code}](${pages}/${code}.md)`, `\`${slug}\``, title]),
  );
}

/**
 * The text with every block `<!-- generated:NAME -->…<!-- /generated -->` filled from `tables`; a block whose name is not among
 * them, and everything outside of blocks, stays byte for byte. A second pass changes nothing.
 */
export function fillMarkers(text: string, tables: Readonly<Record<string, string>>): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return text.replace(
    /(<!-- generated:([\w-]+) -->)(?:(?!<!-- generated:)[\s\S])*?(<!-- \/generated -->)/g,
    (whole, open: string, name: string, close: string) => {
      if (!Object.hasOwn(tables, name)) return whole;
      const content = (tables[name] ?? '').trimEnd().replaceAll('\n', newline);
      return content === '' ? `${open}${newline}${close}` : `${open}${newline}${content}${newline}${close}`;
    },
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return `${[line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\r?\n\s*/g, ' ');
}
