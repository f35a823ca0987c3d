import type { Cause, Clues } from '../domain/cause.ts';
import type { Remedy } from '../domain/remedy.ts';
import { networkSettings } from './parts/network-settings.ts';
import {
  seenUnreachable,
  throughProxy,
  unreachable,
  unreachableVerdict,
  unsetToo,
} from './parts/unreachable-cause.ts';

/** The server's certificate is not trusted: unknown authority, expired, or for another name. */
export const tlsUntrusted: Cause = {
  code: 'NP403',
  slug: 'tls-untrusted',
  title: "the registry's certificate is not trusted here",
  severity: 'error',
  needs: [],
  example: 'tls-untrusted',
  weigh: (clues) => unreachableVerdict(clues, ['tls']),
  state(clues) {
    const { host, outcome } = unreachable(clues);
    const { why, remedy } = judgementOf(clues);
    const title =
      why === null
        ? `the certificate of ${host} can not be judged here: ${outcome.message}`
        : `the certificate of ${host} is not trusted here${throughProxy(outcome)}: ${why}`;
    return {
      title,
      seen: seenUnreachable(clues),
      location: clues.case.target.registry.source,
      remedy: { ...remedy, steps: [...remedy.steps, ...unsetToo(clues)] },
    };
  },
};

/** What is wrong with the certificate, by the code of OpenSSL or Node; `null` where the certificate is not at fault. */
function judgementOf(clues: Clues): { why: string | null; remedy: Remedy } {
  const { host, outcome } = unreachable(clues);
  const { name } = clues.run.client.client;
  const ofServer = (summary: string, step: string): Remedy => ({
    who: 'whoever runs the server',
    summary,
    steps: [step],
  });
  switch (outcome.code) {
    case 'CAFILE_UNREADABLE':
    case 'CA_MALFORMED':
      return {
        why: null,
        remedy: {
          who: 'whoever maintains the pipeline or the image',
          summary: `name a file with certificates (PEM) to ${name}, or take the setting out`,
          steps: [networkSettings(name).authority, 'without such a setting the well-known authorities count'],
        },
      };
    case 'CERT_HAS_EXPIRED':
      return {
        why: 'it has expired',
        remedy: ofServer(
          `renew the certificate of ${host}, and those of its authorities that it sends along`,
          'one that was renewed already may not be in use yet; the clock of the runner must be right',
        ),
      };
    case 'CERT_NOT_YET_VALID':
      return {
        why: 'it is not valid yet',
        remedy: ofServer(
          `compare the clock of the runner with the first day of the certificate of ${host}`,
          'mostly the clock of the runner is wrong; else the certificate was put to use too early',
        ),
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return {
        why: 'it is for another name',
        remedy: ofServer(
          `use a name that the certificate of ${host} holds`,
          'the certificate itself has to be renewed, or the URL has to use a name that it lists',
        ),
      };
    case 'INVALID_PURPOSE':
      return {
        why: 'it was not made for servers',
        remedy: ofServer(
          `give ${host} a certificate for servers`,
          'its extended key usage has to name serverAuth',
        ),
      };
  }
  if (/^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/.test(outcome.code)) return unknownAuthority(clues);
  return {
    why: `${outcome.message}`,
    remedy: ofServer(
      `mend the certificate of ${host}`,
      'no authority helps where the certificate itself, or one of those above it, can not be used',
    ),
  };
}

function unknownAuthority(clues: Clues): { why: string; remedy: Remedy } {
  const { host } = unreachable(clues);
  const { name } = clues.run.client.client;
  const authority =
    clues.run.environment.provider === 'gitlab'
      ? 'CI_SERVER_TLS_CA_FILE holds it on GitLab runners'
      : 'ask whoever runs the server for it';
  return {
    why: 'its authority is unknown',
    remedy: {
      who: 'whoever maintains the pipeline or the image',
      summary: `give ${name} the authority of ${host}`,
      steps: [
        `set the variable NODE_EXTRA_CA_CERTS to a file with the authority's certificate (${authority}); ${networkSettings(name).authority}`,
        'the file must hold the certificate of the authority that signed, not the server certificate alone',
      ],
    },
  };
}
