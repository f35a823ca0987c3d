/** The URL when a browser may be led there: http or https, without user information; `null` for anything else. */
export function webLink(url: string | undefined | null): string | null {
  if (!url || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '' ? href : null;
}
