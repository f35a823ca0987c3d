/** Text that is HTML already. Only {@link html} and {@link rawMarkup} make it. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** HTML from a template: every text put in is escaped, for content and for quoted attributes; `null` and `false` are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((text, piece, index) => text + written(parts[index - 1] ?? null) + piece) };
}

/** Text of this program itself that is HTML, CSS or JavaScript as it stands. */
export function rawMarkup(markup: string): Markup {
  return { markup };
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map(written).join('');
  return typeof part === 'object' ? (part as Markup).markup : escaped(String(part));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
