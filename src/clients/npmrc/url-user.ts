/** A URL without user information; other texts as they are. */
export function withoutUser(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i, '$1//');
}

/** The user and password of a URL, as it sends them (base64 of `user:password`); `null` when it has none. */
export function userOf(url: string): string | null {
  const user = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/i.exec(url)?.[1];
  return user ? Buffer.from(user.includes(':') ? user : `${user}:`, 'utf8').toString('base64') : null;
}
