import type { Cause } from '../domain/cause.ts';
import { networkSettings } from './parts/network-settings.ts';
import { seenUnreachable, unreachable, unreachableVerdict, unsetToo } from './parts/unreachable-cause.ts';

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
    const expired = /EXPIRED/.test(outcome.code);
    const otherName = /ALTNAME/.test(outcome.code);
    const authority =
      clues.run.environment.provider === 'gitlab'
        ? 'CI_SERVER_TLS_CA_FILE holds it on GitLab runners'
        : 'ask whoever runs the server for it';
    return {
      title: `the certificate of ${host} is not trusted here: ${expired ? 'it has expired' : otherName ? 'it is for another name' : 'its authority is unknown'}`,
      seen: seenUnreachable(clues),
      location: clues.case.target.registry.source,
      remedy: {
        who: expired || otherName ? 'whoever runs the server' : 'whoever maintains the pipeline or the image',
        summary: expired
          ? `renew the certificate of ${host}`
          : otherName
            ? `use a name that the certificate of ${host} holds`
            : `give ${clues.run.client.client.name} the authority of ${host}`,
        steps: [
          ...(expired || otherName
            ? ['the certificate itself has to be renewed, or the URL has to use a name that it lists']
            : [
                `set the variable NODE_EXTRA_CA_CERTS to a file with the authority's certificate (${authority}); ${networkSettings(clues.run.client.client.name).authority}`,
                'the file must hold the certificate of the authority that signed, not the server certificate alone',
              ]),
          ...unsetToo(clues),
        ],
      },
    };
  },
};
