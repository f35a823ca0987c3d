import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/demo/scenario.ts';
import type { Outcome, UnreachableStage } from '../../src/domain/probe.ts';
import { play } from '../scenarios/play.ts';
import { friends, rc, situation } from '../scenarios/situation.ts';

type Failed = Extract<Outcome, { kind: 'unreachable' }>;

/** The code, the title without the host, and the remedy that a run comes to where nothing else is answered. */
async function told(
  failed: Omit<Failed, 'kind' | 'attempts'>,
  url = 'https://gitlab.example.com',
  env?: Scenario['env'],
) {
  const usual = situation({
    name: 'unreachable',
    story: 'no question has an answer',
    url,
    gitlab: friends(),
    npmrc: `${rc.instance}${rc.key}`.replaceAll('https://gitlab.example.com', url),
    passage: async () => ({
      origin: null,
      answers: () => ({ kind: 'unreachable', attempts: 1, ...failed }),
    }),
    expected: { verdict: 'undecided', exitCode: 3, findings: [] },
  });
  const { report } = await play(env ? { ...usual, env } : usual);
  const [finding] = report.findings;
  return {
    exitCode: report.exitCode,
    certainty: finding?.certainty,
    title: `${finding?.code}: ${finding?.title.replaceAll('gitlab.example.com', 'HOST')}`,
    remedy: JSON.stringify(finding?.remedy),
  };
}

const untrusted = 'the certificate of HOST is not trusted here';

describe('a failure of the network is told as what it is', () => {
  it.each<[UnreachableStage, string, string, string]>([
    ['tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'x', `NP403: ${untrusted}: its authority is unknown`],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'x', `NP403: ${untrusted}: its authority is unknown`],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'x', `NP403: ${untrusted}: its authority is unknown`],
    ['tls', 'CERT_HAS_EXPIRED', 'x', `NP403: ${untrusted}: it has expired`],
    ['tls', 'CERT_NOT_YET_VALID', 'x', `NP403: ${untrusted}: it is not valid yet`],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'x', `NP403: ${untrusted}: it is for another name`],
    ['tls', 'INVALID_PURPOSE', 'x', `NP403: ${untrusted}: it was not made for servers`],
    ['tls', 'CERT_REVOKED', 'certificate revoked', `NP403: ${untrusted}: certificate revoked`],
    [
      'tls',
      'UNSPECIFIED',
      'CA signature digest algorithm too weak',
      `NP403: ${untrusted}: CA signature digest algorithm too weak`,
    ],
    [
      'tls',
      'CAFILE_UNREADABLE',
      'cafile /etc is no file',
      'NP403: the certificate of HOST can not be judged here: cafile /etc is no file',
    ],
    [
      'handshake',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'wrong version number',
      'NP402: HOST does not speak TLS at that port',
    ],
    [
      'handshake',
      'EPROTO',
      'write EPROTO wrong version number',
      'NP402: HOST does not speak TLS at that port',
    ],
    [
      'handshake',
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
      'tlsv1 alert protocol version',
      'NP402: HOST speaks no version of TLS that is safe enough here',
    ],
    [
      'handshake',
      'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
      'sslv3 alert handshake failure',
      'NP402: HOST does not come to terms about TLS: sslv3 alert handshake failure',
    ],
    ['connect', 'ECONNREFUSED', 'x', 'NP402: HOST can not be reached'],
    ['reset', 'ECONNRESET', 'x', 'NP402: HOST breaks the connection'],
    ['body', 'ECONNRESET', 'x', 'NP402: HOST breaks the connection before its answer is whole'],
    ['body', 'CUT_SHORT', 'x', 'NP402: HOST breaks the connection before its answer is whole'],
    ['body', 'UNKNOWN_ENCODING', 'x', 'NP402: HOST packs its answer in a way that nobody asked for'],
    ['body', 'Z_DATA_ERROR', 'x', 'NP402: HOST sends an answer that can not be unpacked'],
    ['body', 'HPE_INVALID_CHUNK_SIZE', 'x', 'NP402: HOST answers in a way that HTTP clients can not read'],
    ['protocol', 'HPE_INVALID_CONSTANT', 'x', 'NP402: HOST answers in a way that HTTP clients can not read'],
    ['protocol', 'UNASKED_CONTINUE', 'x', 'NP402: HOST answers with an interim status that nobody asked for'],
    ['protocol', 'UNASKED_UPGRADE', 'x', 'NP402: HOST answers with an interim status that nobody asked for'],
    ['body', 'ECONNABORTED', 'x', 'NP402: HOST breaks the connection before its answer is whole'],
    ['redirects', 'REDIRECT_LOOP', 'x', 'NP402: HOST redirects in circles'],
    ['redirects', 'TOO_MANY_REDIRECTS', 'x', 'NP402: HOST redirects on and on'],
    ['redirects', 'REDIRECT_SCHEME', 'x', 'NP402: HOST redirects to what is no address of a registry'],
    ['timeout', 'ETIMEDOUT', 'x', 'NP405: HOST did not answer in time'],
  ])('%s %s (%s)', async (stage, code, message, title) => {
    expect(await told({ stage, code, message })).toMatchObject({ exitCode: 3, title });
  });

  it.each(['CERT_NOT_YET_VALID', 'INVALID_PURPOSE', 'CERT_REVOKED', 'CAFILE_UNREADABLE'])(
    'an authority is only named as the cure where it helps: not for %s',
    async (code) => {
      const { remedy } = await told({ stage: 'tls', code, message: 'a reason' });
      expect(remedy).not.toContain('NODE_EXTRA_CA_CERTS');
    },
  );

  it('an address in brackets needs a name, which no name server can give it', async () => {
    const failed = { stage: 'dns', code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND [fd00::7]' } as const;
    const { title, remedy } = await told(failed, 'https://[fd00::7]');
    expect(title).toBe(
      'NP401: this version of npm takes the address [fd00::7] for a name, which does not resolve',
    );
    expect(remedy).toContain('write a host name that leads to [fd00::7]');
  });

  it('nor for a server that speaks no TLS, whose URL is to be corrected', async () => {
    const { remedy } = await told({ stage: 'handshake', code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'x' });
    expect(remedy).not.toMatch(/NODE_EXTRA_CA_CERTS|authority/);
    expect(remedy).toContain('correct protocol or port of the registry URL');
  });
});

describe('what a job of GitLab can compare with', () => {
  const reset = { stage: 'reset', code: 'ECONNRESET', message: 'x' } as const;

  it('is named in such a job', async () => {
    const { remedy } = await told(reset);
    expect(remedy).toContain('protocol and port of the registry URL: GitLab derives them in CI_API_V4_URL');
  });

  it('is not named where no such variable can be', async () => {
    const { remedy } = await told(reset, undefined, {});
    expect(remedy).toContain('protocol and port of the registry URL');
    expect(remedy).not.toContain('CI_API_V4_URL');
  });
});

describe('with a proxy in between', () => {
  const proxy = 'proxy.example:3128';

  it.each<[UnreachableStage, string, string]>([
    ['reset', 'https', `NP402: HOST breaks the connection through the proxy ${proxy}`],
    ['reset', 'http', `NP402: the proxy ${proxy} on the way to HOST breaks the connection`],
    [
      'protocol',
      'http',
      `NP402: the proxy ${proxy} on the way to HOST answers in a way that HTTP clients can not read`,
    ],
    ['timeout', 'http', `NP405: HOST did not answer in time through the proxy ${proxy}`],
    ['timeout', 'https', `NP405: HOST did not answer in time through the proxy ${proxy}`],
  ])('%s of an %s URL names it', async (stage, scheme, title) => {
    const seen = await told({ stage, code: 'X', message: 'x', proxy }, `${scheme}://gitlab.example.com`);
    expect(seen.title).toBe(title);
  });

  it.each([
    ['PROXY_407', 'the proxy does not let the job through to HOST', 'confirmed'],
    ['PROXY_INVALID', 'the proxy setting for HOST can not be used', 'confirmed'],
    ['PROXY_SOCKS', 'HOST lies behind a SOCKS proxy, which this program does not ask', 'possible'],
  ])('%s is told as what it is', async (code, title, certainty) => {
    const seen = await told({ stage: 'proxy', code, message: 'x' });
    expect(seen).toMatchObject({ title: `NP404: ${title}`, certainty, exitCode: 3 });
  });

  it.each([
    ['socket hang up', 'https', true],
    ['read ECONNRESET', 'https', false],
    ['socket hang up', 'http', false],
  ])(
    '%s of an %s URL may be a certificate of the client that is missing: %s',
    async (message, scheme, named) => {
      const failed = { stage: 'reset', code: 'ECONNRESET', message } as const;
      const seen = await told(failed, `${scheme}://gitlab.example.com`);
      expect(/a certificate of the client/.test(seen.remedy)).toBe(named);
    },
  );
});
