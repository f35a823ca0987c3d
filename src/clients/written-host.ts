/**
 * The host of a URL with its port as written, where `URL` leaves a default one out, in lower case and without a user before it. Empty for a text that is no
 * URL.
 */
export function writtenHost(url: string): string {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
}
