import { type Cause, ruledOut } from '../domain/cause.ts';
import type { KeyNearMiss } from '../domain/credential.ts';
import { changeLine, configFile } from './parts/add-line.ts';
import { credentialLine, tarballLine } from './parts/config-lines.ts';
import { seenLine } from './parts/seen.ts';
import { uncoveredRequest } from './parts/uncovered.ts';

const differences: Readonly<Record<KeyNearMiss['differs'], string>> = {
  host: 'another host',
  port: 'another port',
  'relative-root': 'another relative root',
  'final-slash': 'no final slash',
  case: 'other upper and lower case',
  scheme: 'a scheme in it',
  prefix: 'another prefix',
};

/** A key that was meant for the URL differs from it by host, port, relative root, slash or case (measured: clients.md k07-k27, k46, k48). */
export const authKeyMismatch: Cause = {
  code: 'NP104',
  slug: 'auth-key-mismatch',
  title: 'the credential key differs from the URL by host, port, relative root, slash or case',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token', 'job'],
  example: 'auth-key-mismatch',
  weigh(clues) {
    const uncovered = uncoveredRequest(clues);
    if (!uncovered?.mistyped) return ruledOut;
    return uncovered.token === 'untested'
      ? { kind: 'possible', because: [uncovered.request.kind], decidedBy: 'the same request with a token' }
      : { kind: 'confirmed', because: [uncovered.request.kind, `${uncovered.request.kind}-with-token`] };
  },
  state(clues) {
    const uncovered = uncoveredRequest(clues);
    const near = uncovered?.mistyped;
    const url = uncovered?.request.url ?? 'https://server.example/';
    const right =
      uncovered?.request.kind === 'metadata'
        ? credentialLine(clues, clues.case.target.registry.url ?? url)
        : tarballLine(clues, url);
    const written = near ? `${near.key}` : '';
    return {
      title: `the key ${written} does not match ${uncovered?.request.kind === 'tarball' ? url : (clues.case.target.registry.url ?? url)}: it has ${near ? differences[near.differs] : 'another form'}`,
      seen: seenLine(clues, 'configuration'),
      location: near?.source ?? null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'write the key as the URL is written',
        steps: [
          'a key is the URL without its scheme: host, port when it is not the default one, relative root and path, with the final slash',
        ],
        edit: near
          ? changeLine(clues.run, near.source, `${written}=…`, right)
          : { file: configFile(clues.run), line: null, before: null, after: right },
      },
    };
  },
};
