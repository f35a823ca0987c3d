import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Certificate, makeCertificate } from './support/certificates.ts';
import { answered, edge, failure, network, question } from './support/edge.ts';
import { emptyFolder } from './support/folder.ts';
import { serve } from './support/servers.ts';

let certificate: Certificate;
let stranger: Certificate;
beforeAll(async () => {
  [certificate, stranger] = await Promise.all([makeCertificate(), makeCertificate()]);
});

const secureServer = (of = certificate) => serve((_, response) => response.end('{}'), of);

function fileWith(text: string): string {
  const path = join(emptyFolder(), 'ca.pem');
  writeFileSync(path, text);
  return path;
}

describe('a server of a private authority', () => {
  test('is not trusted', async () => {
    const server = await secureServer();
    expect(failure(await edge().ask(question(server.url)))).toMatch(/^tls (UNABLE_TO_|SELF_SIGNED)/);
    expect(server.seen).toEqual([]);
  });

  test.each<[string, () => Parameters<typeof edge>[0]]>([
    ['ca', () => ({ network: network({ ca: [stranger.authority, certificate.authority] }) })],
    [
      'cafile',
      () => ({ network: network({ cafile: fileWith(stranger.authority + certificate.authority) }) }),
    ],
    [
      'cafile with CRLF',
      () => ({ network: network({ cafile: fileWith(certificate.authority.replace(/\n/g, '\r\n')) }) }),
    ],
    ['strict-ssl=false', () => ({ network: network({ strictSsl: false }) })],
    ['NODE_EXTRA_CA_CERTS', () => ({ env: { NODE_EXTRA_CA_CERTS: fileWith(certificate.authority) } })],
    [
      'CI_SERVER_TLS_CA_FILE on demand',
      () => ({ env: { CI_SERVER_TLS_CA_FILE: fileWith(certificate.authority) }, trustCiServerCa: true }),
    ],
  ])('is trusted through %s', async (_, options) => {
    const server = await secureServer();
    const http = edge(options());
    expect(answered(await http.ask(question(server.url))).status).toBe(200);
    expect(http.tlsProblems).toEqual([]);
  });

  test.each<[string, () => Parameters<typeof edge>[0]]>([
    ['a ca that holds no certificate', () => ({ network: network({ ca: ['garbage'] }) })],
    ['an empty ca', () => ({ network: network({ ca: [''] }) })],
    [
      'an empty ca, which NODE_EXTRA_CA_CERTS does not help',
      () => ({
        network: network({ ca: [''] }),
        env: { NODE_EXTRA_CA_CERTS: fileWith(certificate.authority) },
      }),
    ],
    ['ca of somebody else', () => ({ network: network({ ca: [stranger.authority] }) })],
    ['cafile of somebody else', () => ({ network: network({ cafile: fileWith(stranger.authority) }) })],
    [
      'CI_SERVER_TLS_CA_FILE unasked, as no package manager reads it',
      () => ({ env: { CI_SERVER_TLS_CA_FILE: fileWith(certificate.authority) } }),
    ],
    [
      'NODE_EXTRA_CA_CERTS beside a ca of somebody else, which replaces all',
      () => ({
        network: network({ ca: [stranger.authority] }),
        env: { NODE_EXTRA_CA_CERTS: fileWith(certificate.authority) },
      }),
    ],
    [
      'NODE_EXTRA_CA_CERTS of somebody else',
      () => ({ env: { NODE_EXTRA_CA_CERTS: fileWith(stranger.authority) } }),
    ],
  ])('is not trusted through %s', async (_, options) => {
    const server = await secureServer();
    expect(failure(await edge(options()).ask(question(server.url)))).toMatch(/^tls (UNABLE_TO_|SELF_SIGNED)/);
  });
});

describe('a trusted authority does not help', () => {
  const trusting = (of: Certificate) => edge({ network: network({ ca: [of.authority] }) });

  test('when the certificate is for another host', async () => {
    const other = await makeCertificate(['other.test']);
    const server = await secureServer(other);
    const outcome = await trusting(other).ask(question(server.url));
    expect(failure(outcome)).toBe('tls ERR_TLS_CERT_ALTNAME_INVALID');
    expect(outcome).toMatchObject({ message: expect.stringContaining('127.0.0.1') });
  });

  test('when the certificate is out of date', async () => {
    const old = await makeCertificate(['127.0.0.1'], new Date('2020-01-01'));
    const server = await secureServer(old);
    expect(failure(await trusting(old).ask(question(server.url)))).toBe('tls CERT_HAS_EXPIRED');
  });

  test('when the server speaks no TLS', async () => {
    const server = await serve((_, response) => response.end());
    expect(failure(await edge().ask(question(server.url.replace('http:', 'https:'))))).toMatch(/^handshake /);
  });
});

describe('certificate settings that do not work are told', () => {
  test('an absent cafile counts as none', () => {
    const http = edge({ network: network({ cafile: join(emptyFolder(), 'gone.pem') }) });
    expect(http.tlsProblems).toMatchObject([{ setting: 'cafile', why: 'does not exist' }]);
  });

  test('a cafile that is a folder ends https questions, not others', async () => {
    const cafile = emptyFolder();
    const http = edge({ network: network({ cafile }) });
    const [secure, plain] = [await secureServer(), await serve((_, response) => response.end())];
    expect(http.tlsProblems).toMatchObject([{ setting: 'cafile', path: cafile, why: 'is no file' }]);
    expect(failure(await http.ask(question(secure.url)))).toBe('tls CAFILE_UNREADABLE');
    expect(answered(await http.ask(question(plain.url))).status).toBe(200);
  });

  test('a cafile without a certificate trusts nobody', async () => {
    const http = edge({ network: network({ cafile: fileWith('hello') }) });
    const server = await secureServer();
    expect(http.tlsProblems).toMatchObject([{ setting: 'cafile', why: 'holds no certificate' }]);
    expect(failure(await http.ask(question(server.url)))).toMatch(/^tls /);
  });

  test('a damaged certificate is no crash', async () => {
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const server = await secureServer();
    expect(failure(await edge({ network: network({ ca: [damaged] }) }).ask(question(server.url)))).toMatch(
      /^tls /,
    );
  });

  test('an absent NODE_EXTRA_CA_CERTS is passed over, as Node does', async () => {
    const http = edge({ env: { NODE_EXTRA_CA_CERTS: join(emptyFolder(), 'gone.pem') } });
    expect(http.tlsProblems).toMatchObject([{ setting: 'NODE_EXTRA_CA_CERTS', why: 'does not exist' }]);
    const server = await serve((_, response) => response.end());
    expect(answered(await http.ask(question(server.url))).status).toBe(200);
  });
});
