import type { ClientModel } from './client.ts';

const credentialField = /(?:^|[:.])(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent|token|password)$/;
const place = /(?:^|["'])(?:https?:)?\/\/([^/:\s"'\]]+)/i;

/**
 * The hosts, without their ports and as written, for which some file or variable holds a credential key, whether or not the client reads it and
 * whether or not the key has a value. Who keeps a key for a registry has private packages there; a mirror of public ones has none.
 */
export function keyedHosts({ settings, problems }: Pick<ClientModel, 'settings' | 'problems'>): Set<string> {
  const unread = problems.flatMap((problem) => {
    if (problem.kind === 'ignored-file') return problem.keys ?? [];
    return problem.kind === 'malformed-line' ? (problem.hides ?? []) : [];
  });
  const keys = [...settings.map(({ key }) => key), ...unread];
  return new Set(
    keys.flatMap((key) => (credentialField.test(key) ? (place.exec(key)?.[1]?.toLowerCase() ?? []) : [])),
  );
}

/** The host in the text of a registry's address, without its port and as written, with references in it too; `null` where it has none. */
export function hostAsWritten(registry: string): string | null {
  return /^https?:\/\/(?:[^/@\s]*@)?([^/:\s?#]+)/i.exec(registry)?.[1]?.toLowerCase() ?? null;
}
