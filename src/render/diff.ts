import type { Palette } from './palette.ts';

const context = 3;
/** A longer line is not repeated: where it is cut, half a token might stay. */
const longestLine = 2000;
/** Above this many compared pairs of lines, the changed middle is shown as taken out and put in whole. */
const mostPairs = 4_000_000;

type Step = { sign: ' ' | '-' | '+'; line: string };

/**
 * The unified diff of two texts, three lines of context, ending with a line end; empty when they are equal. `before` is `null` for
 * a file to create. Values of credential keys are replaced by `…` unless they only refer to a variable: the lines around a change
 * are the user's and may hold a literal token.
 */
export function unifiedDiff(file: { path: string; before: string | null; after: string }): string {
  if (file.before === file.after) return '';
  const steps = stepsBetween(linesOf(file.before ?? ''), linesOf(file.after));
  const header = [`--- ${file.before === null ? '(absent)' : file.path}`, `+++ ${file.path}`];
  return `${[...header, ...hunks(steps)].join('\n')}\n`;
}

/** The lines of a unified diff for printing, coloured. Its texts must be safe already. */
export function renderUnifiedDiff(diff: string, paint: Palette): readonly string[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => {
      if (index < 2) return paint.strong(line);
      if (line.startsWith('@@')) return paint.mark(line);
      if (line.startsWith('+')) return paint.added(line);
      return line.startsWith('-') ? paint.removed(line) : line;
    });
}

/** A line of configuration without the literal value of a credential: npm's, Yarn's and user information in URLs. */
export function withoutLiteralSecrets(line: string): string {
  if (line.length > longestLine) return `… (${line.length} characters)`;
  return line
    .replace(/\b(?:gl[a-z]{2,5}-|gh[a-z]_|github_pat_|npm_)[\w.-]{10,}/g, '…')
    .replace(
      /((?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent)["']?(?:\s*[=:]\s*|\s+))(.+?)(\s*)$/i,
      (whole, key: string, value: string, end: string) =>
        /^["']?\$\{[^}]*\}["']?$/.test(value) ? whole : `${key}…${end}`,
    )
    .replace(/(\/\/)[^\s/@]+@/g, '$1…@');
}

/** Lines with their line ends, so that a missing last one is a difference. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const kept = (lines: readonly string[]): Step[] => lines.map((line) => ({ sign: ' ', line }));
  return [
    ...kept(before.slice(0, head)),
    ...changed(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...kept(before.slice(before.length - tail)),
  ];
}

/** The shortest way from one list of lines to the other, by their longest common subsequence. */
function changed(before: readonly string[], after: readonly string[]): readonly Step[] {
  const columns = after.length + 1;
  const pairs = (before.length + 1) * columns;
  const common = new Uint32Array(pairs > mostPairs ? 0 : pairs);
  const at = (i: number, j: number) => common[i * columns + j] ?? 0;
  if (pairs <= mostPairs) {
    for (let i = before.length - 1; i >= 0; i--) {
      for (let j = after.length - 1; j >= 0; j--) {
        common[i * columns + j] =
          before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const fresh = after[j];
    if (old !== undefined && old === fresh && pairs <= mostPairs) {
      steps.push({ sign: ' ', line: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ sign: '-', line: old });
      i++;
    } else if (fresh !== undefined) {
      steps.push({ sign: '+', line: fresh });
      j++;
    }
  }
  return steps;
}

function hunks(steps: readonly Step[]): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  while (start < steps.length) {
    const first = steps.findIndex(({ sign }, index) => index >= start && sign !== ' ');
    if (first < 0) break;
    let last = first;
    for (let index = first; index < steps.length && index - last <= 2 * context + 1; index++) {
      if (steps[index]?.sign !== ' ') last = index;
    }
    const from = Math.max(start, first - context);
    const to = Math.min(steps.length, last + context + 1);
    lines.push(hunkHeader(steps, from, to), ...steps.slice(from, to).flatMap(printedStep));
    start = to;
  }
  return lines;
}

function hunkHeader(steps: readonly Step[], from: number, to: number): string {
  const count = (part: readonly Step[], other: '-' | '+') => part.filter(({ sign }) => sign !== other).length;
  const range = (other: '-' | '+') => {
    const lines = count(steps.slice(from, to), other);
    const before = count(steps.slice(0, from), other);
    return `${lines === 0 ? before : before + 1},${lines}`;
  };
  return `@@ -${range('+')} +${range('-')} @@`;
}

function printedStep({ sign, line }: Step): readonly string[] {
  const text = withoutLiteralSecrets(line.replace(/\n$/, ''));
  return line.endsWith('\n') ? [`${sign}${text}`] : [`${sign}${text}`, '\\ No newline at end of file'];
}
