import { createHash } from 'node:crypto';
import type { Authorization } from '../domain/credential.ts';
import { reveal } from '../domain/secret.ts';

/** The header that carries a credential. `identity` tells equal credentials from different ones and can't be turned back. */
export type CredentialHeader =
  | { kind: 'none'; identity: string }
  | { kind: 'header'; name: string; value: string; identity: string }
  | { kind: 'unsendable'; why: string; identity: string };

/** The one place that opens a secret for a request. A value that HTTP can't carry is `unsendable`, never cut or escaped. */
export function credentialHeader(authorization: Authorization): CredentialHeader {
  const header = headerOf(authorization);
  if (header === null) return { kind: 'none', identity: 'none' };
  const [name, value] = header;
  const identity = createHash('sha256').update(`${name}\n${value}`).digest('base64');
  return /^[\x20-\x7e\x80-\xff]*$/.test(value)
    ? { kind: 'header', name, value, identity }
    : { kind: 'unsendable', why: 'the credential holds a character that no header can carry', identity };
}

function headerOf(authorization: Authorization): readonly [name: string, value: string] | null {
  switch (authorization.kind) {
    case 'none':
      return null;
    case 'bearer':
      return ['authorization', `Bearer ${reveal(authorization.secret)}`];
    case 'encoded-basic':
      return ['authorization', `Basic ${reveal(authorization.secret)}`];
    case 'basic': {
      const pair = `${authorization.user}:${reveal(authorization.secret)}`;
      return ['authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`];
    }
    case 'job-token-header':
      return ['job-token', reveal(authorization.secret)];
    case 'private-token-header':
      return ['private-token', reveal(authorization.secret)];
    case 'text':
      return ['authorization', `Bearer ${authorization.text}`];
  }
}
