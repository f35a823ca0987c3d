import type { CheckState, PackageChecks, PackageReport, PublishReport, Report } from '../../domain/report.ts';
import { counted } from '../count-words.ts';
import { shownPlace } from '../shown-place.ts';
import { html, type Markup } from './markup.ts';

const marks: Readonly<Record<CheckState, { sign: string; word: string }>> = {
  ok: { sign: '✓', word: 'ok' },
  failed: { sign: '✗', word: 'fails' },
  undecided: { sign: '?', word: 'undecided' },
  skipped: { sign: '–', word: 'not asked' },
};

const columns: readonly { key: keyof PackageChecks; label: string }[] = [
  { key: 'mapped', label: 'Mapped' },
  { key: 'credential', label: 'Token' },
  { key: 'metadata', label: 'Metadata' },
  { key: 'tarball', label: 'Tarball' },
];

/** Beyond this many the packages that install are folded, beyond the second the rest is left to report.json. */
const mostOpen = 25;
const mostRows = 5000;

/** The packages with what came of each step of their install, those that fail first. */
export function packageTables({ packages }: Report): Markup {
  if (packages.length === 0) return html`<p class="card">No private package was found.</p>`;
  const bad = packages.filter(({ status }) => status === 'failed' || status === 'undecided');
  const good = packages.filter(({ status }) => status === 'ok' || status === 'skipped');
  const fold = packages.length > mostOpen;
  const shown = good.slice(0, Math.max(0, mostRows - bad.length));
  const hidden = packages.length - Math.min(bad.length, mostRows) - shown.length;
  return html`${
    packages.length > 8 &&
    html`<div hidden><label class="small dim" for="filter">Filter by name</label><br><input id="filter" type="search" autocomplete="off" spellcheck="false"></div>`
  }${bad.length > 0 && table(bad.slice(0, mostRows), 'Packages that fail or are undecided')}${
    shown.length > 0 &&
    (fold
      ? html`<details class="rest card"><summary>${counted(shown.length, 'package')} without a fault</summary>${table(shown, 'Packages without a fault')}</details>`
      : table(shown, bad.length > 0 ? 'Packages without a fault' : 'Private packages'))
  }${hidden > 0 && html`<p class="dim">${hidden} more in report.json.</p>`}`;
}

function table(packages: readonly PackageReport[], caption: string): Markup {
  return html`<div class="card"><table><caption class="hide">${caption}</caption>
<thead><tr><th scope="col">Package</th>${columns.map(({ label }) => html`<th scope="col" class="check">${label}</th>`)}</tr></thead>
<tbody>${packages.map(row)}</tbody></table></div>`;
}

function row({
  name,
  requested,
  resolved,
  prefix,
  registry,
  tarball,
  dependents,
  status,
  checks,
}: PackageReport): Markup {
  const by = dependents.filter((dependent) => dependent !== '.');
  const place = shownPlace({ prefix, registry, tarball });
  return html`<tr data-name="${name.toLowerCase()}"><th scope="row"><span class="name">${mark(status)}<span>${name}<span class="dim">@${
    resolved ?? requested
  }</span><br><span class="dim small">${place}${
    by.length > 0 && `, for ${by.slice(0, 3).join(', ')}${by.length > 3 ? ', …' : ''}`
  }</span></span></span></th>${columns.map(({ key }) => html`<td class="check">${mark(checks?.[key] ?? 'skipped')}</td>`)}</tr>`;
}

function mark(state: CheckState): Markup {
  const { sign, word } = marks[state];
  return html`<span class="mark ${state}"><span aria-hidden="true">${sign}</span><span class="hide">${word}</span></span>`;
}

/** The packages of the checkout that are to be published. */
export function publishTable(packages: readonly PublishReport[]): Markup {
  return html`<div class="card"><ul class="plain">${packages.map(
    ({ name, version, prefix, registry, status }) =>
      html`<li class="name">${mark(status)}<span>${name}<span class="dim">${version !== null && `@${version}`}</span><br><span class="dim small">${shownPlace(
        { prefix, registry },
      )}</span></span></li>`,
  )}</ul></div>`;
}
