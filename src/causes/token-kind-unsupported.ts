import { type Cause, ruledOut } from '../domain/cause.ts';
import { addLine, changeLine } from './parts/add-line.ts';
import { credentialLine, tokenVariable } from './parts/config-lines.ts';
import { failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/** Basic credentials (`_auth`, `username` with `_password`) where the server's npm routes take a bearer token (measured: clients.md section 3). */
export const tokenKindUnsupported: Cause = {
  code: 'NP203',
  slug: 'token-kind-unsupported',
  title: 'this kind of credential is not accepted there',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token'],
  hides: ['token-rejected'],
  example: 'basic-credential',
  weigh(clues) {
    const request = failingRequest(clues);
    if (
      request?.credential.kind !== 'token' ||
      request.credential.scheme !== 'Basic' ||
      !isRefusal(request.observation)
    )
      return ruledOut;
    if (clues.case.target.prefix === null) {
      return { kind: 'possible', because: [request.kind], decidedBy: 'the same request with a bearer token' };
    }
    return tokenOpensIt(request) || clues.run.environment.credential.secret
      ? { kind: 'confirmed', because: [request.kind] }
      : { kind: 'possible', because: [request.kind], decidedBy: 'the same request with a bearer token' };
  },
  state(clues) {
    const request = failingRequest(clues);
    const credential = request?.credential.kind === 'token' ? request.credential : null;
    const registry = clues.case.target.registry.url ?? request?.url ?? 'https://server.example/';
    return {
      title: `${credential?.key ?? 'the credential'} sends a user and a password where a bearer token is needed`,
      seen: seenLine(clues, 'configuration'),
      location: credential?.source ?? null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'replace user and password by the token',
        steps: [
          `GitLab's npm registry takes bearer tokens only: replace the line${credential?.key.endsWith(':_password') ? ', and take the one with username out' : ''}`,
        ],
        edit:
          credential && clues.run.client.writing.file === '.npmrc'
            ? changeLine(
                clues.run,
                credential.source,
                `${credential.key}=…`,
                `${credential.key.replace(/:[^:]*$/, '')}:_authToken=\${${tokenVariable(clues)}}`,
              )
            : addLine(clues.run, credentialLine(clues, registry)),
      },
    };
  },
};
