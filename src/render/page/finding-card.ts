import type { Edit } from '../../domain/remedy.ts';
import type { Finding } from '../../domain/report.ts';
import { counted } from '../count-words.ts';
import { type PackageIndex, placeOf, remedyTexts } from '../finding-text.ts';
import type { ReportContext } from '../report-context.ts';
import { requestCommand } from '../request-command.ts';
import { webLink } from '../web-link.ts';
import { html, type Markup } from './markup.ts';

/** More names than this are folded away. */
const mostNames = 12;

/** One finding as a card with the given anchor: what, where, what was seen, the cure to copy, and the evidence on demand. */
export function findingCard(
  finding: Finding,
  {
    id,
    packages,
    program,
    page,
  }: Pick<ReportContext, 'program' | 'page'> & { id: string; packages: PackageIndex },
): Markup {
  const { severity, certainty, code, title, seen, alternatives, decidedBy } = finding;
  const [first] = finding.packages;
  const location = placeOf(finding, packages);
  const facts: readonly (readonly [string, string | Markup])[] = [
    ...(location === null
      ? []
      : [['Where', html`<code>${location.file}:${location.line}:${location.column}</code>`] as const]),
    ...(first === undefined ? [] : [['Packages', nameList(finding.packages)] as const]),
    ...(seen === null ? [] : [['Seen', seen] as const]),
    ...(alternatives.length === 0 ? [] : [['Could also be', alternatives.join(', ')] as const]),
    ...(decidedBy === null ? [] : [['Would decide it', decidedBy] as const]),
  ];
  return html`<article class="${severity}" id="${id}" aria-labelledby="${id}-title">
<div><span class="tag">${severity}</span><span class="tag">${code}</span>${
    certainty === 'possible' && html`<span class="tag">possible</span>`
  }</div>
<h3 id="${id}-title">${title}</h3>
<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${cure(finding)}
${evidence(finding)}
${page !== null && html`<p class="small dim">More: ${page ? linked(page(code)) : html`<code>${program} explain ${code}</code>`}</p>`}
</article>
`;
}

function nameList(names: readonly string[]): Markup {
  const list = (of: readonly string[]) =>
    html`${of.map((name, at) => html`${at > 0 && ', '}<code>${name}</code>`)}`;
  if (names.length <= mostNames) return list(names);
  return html`${list(names.slice(0, mostNames))}<details><summary>${names.length - mostNames} more</summary>${list(
    names.slice(mostNames, 2000),
  )}</details>`;
}

function cure({ remedy }: Finding): Markup {
  const { edit, command, request, url } = remedy;
  const texts = remedyTexts(remedy);
  const page = texts.some((text) => url !== undefined && text.includes(url)) ? null : webLink(url);
  return html`<div class="cure"><h4>What to do</h4>
${
  texts.length === 1
    ? html`<p>${linked(texts[0] ?? '')}</p>`
    : html`<ul>${texts.map((text) => html`<li>${linked(text)}</li>`)}</ul>`
}
${page && html`<p><a href="${page}" rel="noreferrer">${page}</a></p>`}
${edit && editBlock(edit)}
${command && html`<div class="label">Run in the checkout</div>${copyable(command)}`}
${
  request &&
  html`<div class="label">Or by the API, with a token that may</div>${copyable(requestCommand(request).join('').trimEnd())}`
}
</div>`;
}

/** Copied is what the line must become, without the marks of the change. */
function editBlock({ file, line, before, after }: Edit): Markup {
  const lines = (text: string | null, sign: string, of: string) =>
    text === null ? [] : text.split('\n').map((part) => html`<span class="${of}">${sign} ${part}</span>\n`);
  return html`<div class="label">Change <code>${line === null ? file : `${file}:${line}`}</code></div>${block(
    html`${lines(before, '-', 'minus')}${lines(after, '+', 'plus')}`,
    after,
  )}`;
}

/** A text to copy. */
export function copyable(text: string): Markup {
  return block(html`${text}`, text);
}

function block(content: Markup, copied: string | null): Markup {
  return copied === null
    ? html`<pre>${content}</pre>`
    : html`<div class="copy"><pre data-copy="${copied}">${content}</pre></div>`;
}

function evidence({ evidence: items }: Finding): Markup | null {
  if (items.length === 0) return null;
  return html`<details><summary>Evidence: ${counted(items.length, 'question')} and what came back</summary>
<ul class="plain small">${items.map(
    ({ probe, url, status, message }) =>
      html`<li><b>${probe}</b> ${status ?? 'unanswered'}<br><code>${url}</code>${message !== null && html`<br>&ldquo;${message}&rdquo;`}</li>`,
  )}</ul></details>`;
}

/** A text of this program with its web addresses as links. */
function linked(text: string): Markup {
  return html`${text.split(/(https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}])/).map((part, at) => {
    const link = at % 2 === 1 ? webLink(part) : null;
    return link === null ? part : html`<a href="${link}" rel="noreferrer">${part}</a>`;
  })}`;
}
