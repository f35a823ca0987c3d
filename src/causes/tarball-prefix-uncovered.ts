import { type Cause, ruledOut } from '../domain/cause.ts';
import { describePrefix, prefixOf } from '../domain/prefix.ts';
import { addLine, configFile } from './parts/add-line.ts';
import { tarballLine } from './parts/config-lines.ts';
import { seenLine } from './parts/seen.ts';
import { uncoveredRequest } from './parts/uncovered.ts';

/** The keys cover the metadata and not the project prefix of the tarball, by this client's matching rule (measured: clients.md section 1, cells T). */
export const tarballPrefixUncovered: Cause = {
  code: 'NP103',
  slug: 'tarball-prefix-uncovered',
  title: 'no credential key covers the tarball, by the matching rule of this client',
  severity: 'error',
  needs: ['tarball-with-token', 'job'],
  example: 'tarball-prefix-uncovered',
  weigh(clues) {
    const uncovered = uncoveredRequest(clues);
    if (uncovered?.request.kind !== 'tarball' || uncovered.mistyped) return ruledOut;
    return uncovered.token === 'untested'
      ? { kind: 'possible', because: ['tarball'], decidedBy: 'the same request with a token' }
      : { kind: 'confirmed', because: ['tarball', 'tarball-with-token'] };
  },
  state(clues) {
    const { client } = clues.run.client;
    const url = clues.case.target.tarball?.url ?? 'https://server.example/';
    const prefix = prefixOf(url);
    return {
      title: `${client.name} ${client.version} sends no token to the tarball at ${prefix ? `the ${describePrefix(prefix)} prefix` : new URL(url).host}`,
      seen: seenLine(clues, 'configuration'),
      location: clues.case.target.dependency.locked?.source ?? clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'add a credential key that covers the tarball',
        steps: [
          `add the line to ${configFile(clues.run)}`,
          ...(prefix && client.name !== 'yarn'
            ? ['one key for …/api/v4/projects/ covers the tarballs of every project of the server']
            : []),
        ],
        edit: addLine(clues.run, tarballLine(clues, url)),
      },
    };
  },
};
