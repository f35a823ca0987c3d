/** A URL as reports may show it: without user information, query and fragment, which can hold secrets. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** The same for a text that may be no URL or a relative one: cut at the query, its user information taken out. */
export function shownReference(text: string): string {
  const cut = text.replace(/[?#].*$/s, '');
  return cut.replace(/^([a-z][a-z0-9+.-]*:)?(\/\/)[^/\\]*@/i, '$1$2');
}
