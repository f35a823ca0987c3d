import type { Edit, Remedy } from '../domain/remedy.ts';
import type { Evidence, Finding, PackageReport } from '../domain/report.ts';
import type { Location } from '../domain/source.ts';
import type { Palette } from './palette.ts';
import { requestCommand } from './request-command.ts';
import { wrapText, wrapWords } from './wrap-text.ts';

export type PackageIndex = ReadonlyMap<string, readonly PackageReport[]>;

export interface FindingLayout {
  paint: Palette;
  width: number;
  /** List every package and every piece of evidence. */
  verbose: boolean;
  /** The report's packages by every name that a finding may use. */
  packages: PackageIndex;
  /** How this program is called, for the last line. */
  program: string;
  /** The address of a cause's page, for a reader who can't call the program; `null` where there is none either. */
  page?: ((code: string) => string) | null | undefined;
}

const mostNames = 3;

/**
 * One finding as text: headline, place and packages, what was seen, the cure, what else it could be, where to read more.
 * A finding that is only possible says so behind its code: `error[NP302] (possible): …`. The finding must be safe to print.
 */
export function findingText(finding: Finding, layout: FindingLayout): string {
  const { paint, width, program, page } = layout;
  const fact = (label: string, text: string) =>
    wrapText(text, { first: `  ${paint.mark('=')} ${label}: `, next: '          ', width });
  return [
    headline(finding, paint),
    ...placeLine(finding, layout),
    ...seenLines(finding, layout, fact),
    ...remedyLines(finding.remedy, layout),
    ...(finding.alternatives.length > 0 ? fact('could also be', finding.alternatives.join(', ')) : []),
    ...(finding.decidedBy === null ? [] : fact('would decide it', finding.decidedBy)),
    ...(page === null
      ? []
      : [
          `  ${paint.mark('=')} explain: ${page ? page(finding.code) : `${program} explain ${finding.code}`}`,
        ]),
  ].join('\n');
}

function headline(finding: Finding, paint: Palette): string {
  const { severity, code, title } = finding;
  const colour = severity === 'error' ? paint.error : severity === 'warning' ? paint.warning : paint.mark;
  return `${colour(`${severity}[${code}]`)}${possibly(finding)}: ${paint.strong(title)}`;
}

function placeLine(finding: Finding, { paint, verbose, packages }: FindingLayout): readonly string[] {
  const [first, ...others] = finding.packages;
  const location = placeOf(finding, packages);
  const place = location === null ? null : `${location.file}:${location.line}:${location.column}`;
  if (place === null && first === undefined) return [];
  const shown = verbose ? others : others.slice(0, mostNames);
  const more =
    others.length === 0
      ? ''
      : `  (+${others.length} more: ${shown.join(', ')}${shown.length < others.length ? ', …' : ''})`;
  const names = first === undefined ? '' : `${withVersion(first, packages)}${more}`;
  return [`  ${paint.mark('-->')} ${[place, names].filter(Boolean).join('   ')}`];
}

/** `name@version` when the report knows one version only; names with a version and names at several stay as they are. */
function withVersion(name: string, packages: PackageIndex): string {
  const [item, second] = packages.get(name) ?? [];
  if (item === undefined || second !== undefined || item.name !== name) return name;
  const version = item.resolved ?? (/^[\w.^~<>=*|\s-]{1,40}$/.test(item.requested) ? item.requested : null);
  return version === null ? name : `${name}@${version}`;
}

type FactLines = (label: string, text: string) => readonly string[];

function seenLines(finding: Finding, { verbose }: FindingLayout, fact: FactLines): readonly string[] {
  const seen =
    finding.seen ?? (finding.evidence.length > 0 ? finding.evidence.map(answerOf).join(', ') : null);
  return [
    ...(seen === null ? [] : fact('seen', seen)),
    ...(verbose
      ? finding.evidence.flatMap((item) =>
          fact('asked', `${answerOf(item)}: ${item.url}${item.message === null ? '' : `: ${item.message}`}`),
        )
      : []),
  ];
}

function answerOf({ probe, status }: Evidence): string {
  return `${probe} ${status ?? 'unanswered'}`;
}

function remedyLines(remedy: Remedy, { paint, width }: FindingLayout): readonly string[] {
  const texts = remedyTexts(remedy);
  const help = texts.flatMap((text, index) =>
    wrapText(text, {
      first: index === 0 ? `  ${paint.good('help:')} ` : '        ',
      next: '          ',
      width,
    }),
  );
  const page =
    remedy.url !== undefined && !texts.some((text) => text.includes(remedy.url ?? ''))
      ? [`     at: ${remedy.url}`]
      : [];
  const run =
    remedy.command === undefined
      ? []
      : wrapText(remedy.command, { first: '    run: ', next: '           ', width, joint: ' \\' });
  const request =
    remedy.request === undefined
      ? []
      : wrapWords(requestCommand(remedy.request), {
          first: '     or: ',
          next: '           ',
          width,
          joint: ' \\',
        });
  return [
    ...help,
    ...page,
    ...(remedy.edit === undefined ? [] : editLines(remedy.edit, paint)),
    ...run,
    ...request,
  ];
}

/** The steps; before them who does what, unless the first step begins with the same words. Without steps the summary. */
export function remedyTexts({ who, summary, steps }: Remedy): readonly string[] {
  const opening = who.split(' ').slice(0, 2).join(' ').toLowerCase();
  const named = steps[0]?.toLowerCase().startsWith(opening) === true && opening !== '';
  return named ? steps : [who === '' ? summary : `${who}: ${summary}`, ...steps];
}

function editLines({ file, line, before, after }: Edit, paint: Palette): readonly string[] {
  const signed = (text: string | null, sign: string) =>
    text === null ? [] : text.split('\n').map((part) => `         ${sign} ${part}`);
  return [
    `   edit: ${line === null ? file : `${file}:${line}`}`,
    ...signed(before, '-').map(paint.removed),
    ...signed(after, '+').map(paint.added),
  ];
}

/** The packages of a report under their names, and under their names with a version. */
export function packageIndex(packages: readonly PackageReport[]): PackageIndex {
  const index = new Map<string, PackageReport[]>();
  for (const item of packages) {
    for (const name of [item.name, `${item.name}@${item.resolved ?? item.requested}`]) {
      const known = index.get(name);
      if (known) known.push(item);
      else index.set(name, [item]);
    }
  }
  return index;
}

/** In the order in which findings are told. */
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Finding['severity'][];

/** Errors, warnings, notes; within each the order of the diagnosis. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** The finding's own place, else that of its first package. */
export function placeOf({ location, packages: [first] }: Finding, packages: PackageIndex): Location | null {
  return location ?? (first === undefined ? null : (packages.get(first)?.[0]?.location ?? null));
}

/** What stands behind the code, or the title, of a finding that is only possible; nothing for any other. */
export function possibly({ certainty }: Finding): string {
  return certainty === 'possible' ? ' (possible)' : '';
}
