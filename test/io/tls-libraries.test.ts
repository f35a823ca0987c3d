import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { beforeAll, expect, test } from 'vitest';
import type { AuthorityRule } from '../../src/domain/client-network.ts';
import { edge, failure, network, question } from './support/edge.ts';
import { closeAfterTest } from './support/servers.ts';

interface Shown {
  server: ServerOptions;
  authority: string;
}

const end = new Date(Date.now() + 86_400_000);
const dates = { notAfterDate: end, algorithm: 'sha256', keySize: 2048 } as const;
const named = { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] } as const;

/** A certificate that signs itself, and the same one as the authority. */
async function ofItself(extensions: readonly object[]): Promise<Shown> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    ...dates,
    extensions: extensions as never,
  });
  return { server: { key, cert }, authority: cert };
}

async function signed(extensions: readonly object[]): Promise<Shown> {
  const ca = await generate([{ name: 'commonName', value: 'Private Test Authority' }], {
    ...dates,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...dates,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [{ name: 'basicConstraints', cA: false }, ...extensions] as never,
  });
  return { server: { key, cert }, authority: ca.cert };
}

const shown: Record<string, Shown> = {};
beforeAll(async () => {
  shown.plain = await ofItself([{ name: 'basicConstraints', cA: false }, named]);
  shown.authority = await ofItself([{ name: 'basicConstraints', cA: true, critical: true }, named]);
  shown.nameless = await signed([]);
  shown.signed = await signed([{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }]);
});

// run for real: pnpm 12.21.0, npm 10.9.9, Bun 1.4.5
test.each<[string, ServerOptions, AuthorityRule, string]>([
  ['plain', {}, 'pnpm-12', 'passes'],
  ['authority', {}, 'npm', 'passes'],
  ['authority', {}, 'bun', 'passes'],
  ['authority', {}, 'pnpm-12', 'tls CA_AS_SERVER'],
  ['nameless', {}, 'npm', 'passes'],
  ['nameless', {}, 'pnpm-12', 'tls ERR_TLS_CERT_ALTNAME_INVALID'],
  ['signed', {}, 'pnpm-12', 'passes'],
  ['signed', { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }, 'npm', 'passes'],
  ['signed', { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }, 'pnpm-12', 'handshake'],
  ['signed', { maxVersion: 'TLSv1.2' }, 'pnpm-12', 'passes'],
])('a certificate that is %s, with %o, %s: %s', async (name, more, authorities, expected) => {
  const { server, authority } = shown[name] as Shown;
  const listening = createServer({ ...server, ...more }, (_, response) => response.end('{}'));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    listening.closeAllConnections();
    listening.close();
  });
  const host = name === 'nameless' || name === 'signed' ? 'localhost' : '127.0.0.1';
  const http = edge({ network: network({ ca: [authority], authorities }) });
  const outcome = await http.ask(question(`https://${host}:${(listening.address() as AddressInfo).port}`));
  const found = outcome.kind === 'answered' ? 'passes' : failure(outcome);
  expect(found).toMatch(new RegExp(`^${expected}`));
});

test('a server that is not checked may show what it likes', async () => {
  const { server } = shown.authority as Shown;
  const listening = createServer(server, (_, response) => response.end('{}'));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  closeAfterTest(async () => {
    listening.closeAllConnections();
    listening.close();
  });
  const http = edge({ network: network({ authorities: 'pnpm-12', strictSsl: false }) });
  const url = `https://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  expect((await http.ask(question(url))).kind).toBe('answered');
});
