import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuthorityRule } from '../../src/domain/client-network.ts';
import { fileReader } from '../../src/io/files.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { type Certificate, makeCertificate } from './support/certificates.ts';
import { answered, edge, failure, network, question } from './support/edge.ts';
import { emptyFolder } from './support/folder.ts';
import { closeAfterTest, serve } from './support/servers.ts';

let certificate: Certificate;
let stranger: Certificate;
beforeAll(async () => {
  [certificate, stranger] = await Promise.all([makeCertificate(), makeCertificate()]);
});

const secureServer = () => serve((_, response) => response.end('{}'), certificate);
const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

/** A file of each kind, made from the right authority and a stranger's. */
const kinds = {
  right: () => certificate.authority,
  empty: () => '',
  'without a certificate': () => 'hello\n',
  'with a damaged one first': () => damaged + certificate.authority,
  'with a damaged one last': () => `${certificate.authority.trimEnd()}\n${damaged}`,
  'with a byte order mark': () => `\ufeff${certificate.authority}`,
  'with two certificates on one line': () => `${certificate.authority.trimEnd()}${stranger.authority}`,
};
type Kind = keyof typeof kinds | 'absent' | 'a folder';

function pathOf(kind: Kind): string {
  const folder = emptyFolder();
  if (kind === 'a folder') return folder;
  const path = join(folder, 'ca.pem');
  if (kind !== 'absent') writeFileSync(path, kinds[kind]());
  return path;
}

/** `passes`: the right authority is trusted; `refused`: it is not; `stops`: the client ends over the file. */
async function verdict(options: Parameters<typeof edge>[0]): Promise<string> {
  const server = await secureServer();
  const outcome = await edge(options).ask(question(server.url));
  if (outcome.kind === 'answered') return 'passes';
  const failed = failure(outcome);
  return failed === 'tls CAFILE_UNREADABLE' ? 'stops' : failed.startsWith('tls ') ? 'refused' : failed;
}

describe('a cafile, beside a NODE_EXTRA_CA_CERTS that names the right authority', () => {
  // run for real: npm 10.9.9, pnpm 10.34.9, 11.28.11 and 12.21.0, Yarn 1.22.22, Yarn 4.18.1, Bun 1.4.5
  test.each<[Kind, Record<AuthorityRule, string>]>([
    [
      'absent',
      {
        npm: 'passes',
        'pnpm-10': 'passes',
        'pnpm-11': 'passes',
        'pnpm-12': 'passes',
        yarn: 'passes',
        'yarn-berry': 'stops',
        bun: 'stops',
      },
    ],
    [
      'empty',
      {
        npm: 'passes',
        'pnpm-10': 'refused',
        'pnpm-11': 'passes',
        'pnpm-12': 'passes',
        yarn: 'refused',
        'yarn-berry': 'refused',
        bun: 'stops',
      },
    ],
    [
      'a folder',
      {
        npm: 'stops',
        'pnpm-10': 'stops',
        'pnpm-11': 'passes',
        'pnpm-12': 'passes',
        yarn: 'passes',
        'yarn-berry': 'stops',
        bun: 'stops',
      },
    ],
    [
      'without a certificate',
      {
        npm: 'refused',
        'pnpm-10': 'refused',
        'pnpm-11': 'refused',
        'pnpm-12': 'passes',
        yarn: 'refused',
        'yarn-berry': 'refused',
        bun: 'stops',
      },
    ],
  ])('that is %s', async (kind, expected) => {
    const env = { NODE_EXTRA_CA_CERTS: pathOf('right') };
    for (const [rule, end] of Object.entries(expected) as [AuthorityRule, string][]) {
      const settings = network({ cafile: pathOf(kind), authorities: rule });
      expect([rule, await verdict({ env, network: settings })]).toEqual([rule, end]);
    }
  });
});

describe('a cafile with the right authority', () => {
  test.each<[Kind, AuthorityRule, string]>([
    ['right', 'npm', 'passes'],
    ['right', 'yarn', 'passes'],
    ['right', 'yarn-berry', 'passes'],
    ['right', 'pnpm-12', 'passes'],
    ['right', 'bun', 'passes'],
    ['with a damaged one first', 'npm', 'passes'],
    ['with a damaged one first', 'yarn-berry', 'refused'],
    ['with a damaged one first', 'pnpm-12', 'stops'],
    ['with a damaged one last', 'yarn-berry', 'passes'],
    ['with a damaged one last', 'bun', 'stops'],
    ['with a byte order mark', 'yarn-berry', 'passes'],
    ['with a byte order mark', 'pnpm-12', 'refused'],
    ['with a byte order mark', 'bun', 'stops'],
    ['with two certificates on one line', 'npm', 'passes'],
    ['with two certificates on one line', 'yarn', 'refused'],
    ['with two certificates on one line', 'yarn-berry', 'refused'],
    ['with two certificates on one line', 'pnpm-12', 'passes'],
    ['with two certificates on one line', 'bun', 'stops'],
  ])('%s: %s %s', async (kind, rule, expected) => {
    expect(await verdict({ network: network({ cafile: pathOf(kind), authorities: rule }) })).toBe(expected);
  });

  test.each<[Kind, AuthorityRule, string]>([
    ['right', 'bun', 'passes'],
    ['right', 'pnpm-12', 'passes'],
    ['with a damaged one last', 'bun', 'refused'],
    ['with a damaged one last', 'pnpm-12', 'stops'],
    ['with a byte order mark', 'pnpm-12', 'refused'],
  ])('as NODE_EXTRA_CA_CERTS %s: %s %s', async (kind, rule, expected) => {
    const env = { NODE_EXTRA_CA_CERTS: pathOf(kind) };
    expect(await verdict({ env, network: network({ authorities: rule }) })).toBe(expected);
  });
});

describe('an authority that the system knows', () => {
  const debian = '/etc/ssl/certs/ca-certificates.crt';
  const redHat = '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem';
  test.each<[AuthorityRule, string, string]>([
    ['bun', debian, 'passes'],
    ['pnpm-12', debian, 'passes'],
    ['pnpm-12', redHat, 'passes'],
    ['npm', debian, 'refused'],
    ['pnpm-11', debian, 'refused'],
    ['yarn-berry', debian, 'refused'],
  ])('%s with %s: %s', async (rule, path, expected) => {
    const files = memoryFiles({ [path]: certificate.authority });
    expect(await verdict({ files, network: network({ authorities: rule }) })).toBe(expected);
  });

  test.each<[AuthorityRule, string]>([
    ['bun', 'passes'],
    ['pnpm-12', 'refused'],
  ])('%s with a SSL_CERT_FILE of somebody else: %s', async (rule, expected) => {
    const files = memoryFiles({ [debian]: certificate.authority, '/other.pem': stranger.authority });
    const env = { SSL_CERT_FILE: '/other.pem' };
    expect(await verdict({ env, files, network: network({ authorities: rule }) })).toBe(expected);
  });

  test.each<[AuthorityRule]>([['bun'], ['pnpm-12']])(
    '%s does not trust it beside a cafile of somebody else',
    async (rule) => {
      const files = memoryFiles({ [debian]: certificate.authority, '/other.pem': stranger.authority });
      const settings = network({ authorities: rule, cafile: '/other.pem' });
      expect(await verdict({ files, network: settings })).toBe('refused');
    },
  );
});

describe('a server that asks for a certificate of the client', () => {
  async function asking() {
    const server = createServer(
      {
        key: certificate.key,
        cert: certificate.certificate,
        ca: stranger.authority,
        requestCert: true,
        rejectUnauthorized: true,
        maxVersion: 'TLSv1.2',
      },
      (_, response) => response.end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closeAfterTest(async () => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('gets the one of the settings', async () => {
    const own = { cert: stranger.certificate, key: stranger.key };
    const http = edge({
      files: fileReader,
      network: network({ ca: [certificate.authority], certificate: own }),
    });
    expect(answered(await http.ask(question(await asking()))).status).toBe(200);
  });

  test('refuses without one', async () => {
    const http = edge({ network: network({ ca: [certificate.authority] }) });
    expect(failure(await http.ask(question(await asking())))).toMatch(/^handshake /);
  });

  test('is not asked with a key that can not be read', async () => {
    const own = { cert: stranger.certificate, key: 'x' };
    const http = edge({ network: network({ ca: [certificate.authority], certificate: own }) });
    expect(failure(await http.ask(question(await asking())))).toBe('tls CA_MALFORMED');
  });
});
