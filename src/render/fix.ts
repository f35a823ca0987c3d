import type { AllowlistEntry, FixReport } from '../domain/fix-report.ts';
import { printableJson, reportFields } from './json.ts';
import { type Palette, palette } from './palette.ts';
import { logText } from './printable-report.ts';
import { renderText, type TextOptions } from './text.ts';

const states: Readonly<Record<AllowlistEntry['state'], string>> = {
  needed: 'needed',
  added: 'added',
  'already-there': 'already there',
  refused: 'refused',
  'not-sent': 'not sent',
  unknown: 'sent, but not confirmed',
};

/** What `fix` would send or has sent, then the report of its last check. Ends with a line end. */
export function renderFix(fix: FixReport, options: TextOptions): string {
  const paint = palette(options.color);
  const { entries, byHand, applied } = fix;
  const blocks = [
    headline(fix),
    ...entries.map((entry) => entryLines(entry, paint).join('\n')),
    ...(byHand.length === 0 ? [] : [byHand.map((line) => `by hand: ${logText(line)}`).join('\n')]),
    ...(entries.length > 0 && !applied ? ['nothing was changed: --yes sends exactly this'] : []),
    `${applied ? 'checked again' : 'checked'}: ${renderText(fix.report, options).trimEnd()}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The same as JSON. Ends with a line end. */
export function renderFixJson({ report, ...fix }: FixReport): string {
  return printableJson({ ...fix, report: reportFields(report) });
}

function headline({ entries, applied }: FixReport): string {
  const count = `${entries.length} allowlist ${entries.length === 1 ? 'entry' : 'entries'}`;
  if (entries.length === 0) return 'no allowlist entry is known to be missing';
  if (!applied) return `${count} ${entries.length === 1 ? 'is' : 'are'} missing`;
  const there = entries.filter(isInPlace).length;
  return `${there} of ${count} in place`;
}

/** In place by the server's words, and nothing speaks against it. */
function isInPlace({ state, why }: AllowlistEntry): boolean {
  return (state === 'added' || state === 'already-there') && why === null;
}

function entryLines(entry: AllowlistEntry, paint: Palette): readonly string[] {
  const { project, kind, adds, request, packages, state, why } = entry;
  const word = isInPlace(entry) ? paint.good(states[state]) : paint.error(states[state]);
  const [first = '', ...others] = packages;
  const forWhat = `${first}${others.length === 0 ? '' : ` (+${others.length} more)`}`;
  return [
    `${word}: project ${project} lets ${kind} ${logText(adds)} in, for ${logText(forWhat)}`,
    ...(why === null ? [] : [`  = ${logText(why)}`]),
    `  ${request.method} ${logText(request.url)}`,
    `  ${JSON.stringify(request.data)}`,
  ];
}
