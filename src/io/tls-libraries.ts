import type { PeerCertificate, SecureContextOptions } from 'node:tls';
import type { AuthorityRule } from '../domain/client-network.ts';
import { StagedError } from './classify-failure.ts';

interface TlsLibrary {
  context: SecureContextOptions & { allowPartialTrustChain?: boolean };
  checks?: { checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined };
}

/** What TLS libraries that are not Node's make of certificates (run for real: pnpm 12.21.0, Bun 1.4.5). */
export const tlsLibraries: Partial<Record<AuthorityRule, TlsLibrary>> = {
  // any trusted certificate ends a chain; the server's own may be none of an authority, and has to list its names; few ciphers
  'pnpm-12': {
    context: { allowPartialTrustChain: true, ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20' },
    checks: { checkServerIdentity },
  },
  // short keys and old digests are good enough
  bun: { context: { ciphers: 'DEFAULT@SECLEVEL=0' } },
};

function checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  if ((certificate as { ca?: boolean }).ca)
    return new StagedError(
      'tls',
      'CA_AS_SERVER',
      'the server shows the certificate of an authority (CaUsedAsEndEntity)',
    );
  if (certificate.subjectaltname === undefined)
    return new StagedError(
      'tls',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'the certificate lists no names beside its subject',
    );
  return process.getBuiltinModule('node:tls').checkServerIdentity(host, certificate);
}
