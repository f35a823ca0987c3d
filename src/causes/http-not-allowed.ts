import { type Cause, ruledOut } from '../domain/cause.ts';
import { addLine, configFile } from './parts/add-line.ts';
import { namedElsewhere, ownAddressStep, seenElsewhere } from './parts/named-elsewhere.ts';

/** Yarn 2+ asks no http URL whose host is not allowed by name (measured: y03, y15, y15b). */
export const httpNotAllowed: Cause = {
  code: 'NP119',
  slug: 'http-not-allowed',
  title: 'the client asks no http URL unless its host is allowed by name',
  severity: 'error',
  needs: [],
  example: 'http-not-allowed',
  weigh: ({ case: { result } }) =>
    result.kind === 'refused-by-client' && result.stop.code === 'YN0081'
      ? { kind: 'confirmed', because: ['configuration'] }
      : ruledOut,
  state(clues) {
    const { result, target } = clues.case;
    if (result.kind !== 'refused-by-client') throw new Error('nothing is refused');
    const url = target[result.request]?.url ?? target.registry.url ?? 'http://server.example/';
    const { hostname } = new URL(url);
    const { client } = clues.run.client;
    const named = namedElsewhere(clues);
    return {
      title: `${client.name} ${client.version} does not ask ${hostname}: its address starts with http, and unsafeHttpWhitelist does not name it`,
      seen: `${named ? `${seenElsewhere(named)}; ` : ''}${result.stop.code}: ${result.stop.message}`,
      location: target.registry.source.kind === 'file' ? target.registry.source : result.stop.source,
      remedy: {
        who: named ? `whoever runs ${named.home}` : 'whoever maintains this repository',
        summary: named
          ? `let ${named.home} name its tarballs by https, or allow this host`
          : 'use the https address of the registry, or allow this host',
        steps: [
          named ? ownAddressStep(clues, named) : 'if the server answers at https, write that address',
          `else add the lines to ${configFile(clues.run)}; the host stands there without its port`,
        ],
        edit: addLine(clues.run, `unsafeHttpWhitelist:\n  - "${hostname}"`),
      },
    };
  },
};
