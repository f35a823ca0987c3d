/** The host (with its port) of a credential key `//host/path/:field`; `null` for any other key. */
export function hostOfKey(key: string): string | null {
  return /^(?:https?:)?\/\/([^/]+)(?:\/|:_|$)/i.exec(key)?.[1]?.toLowerCase() ?? null;
}
