import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { isKeptAtHome } from '../domain/credential.ts';
import { scopeOf } from '../domain/dependency.ts';
import { accessProbes } from './parts/access-verdict.ts';
import { failingRequest } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/** The install of a package fails, and the answers fit none of the known causes. */
export const unexplainedAnswer: Cause = {
  code: 'NP902',
  slug: 'unexplained-answer',
  title: 'the answers of the server fit no known cause',
  severity: 'error',
  needs: [...accessProbes, 'other-prefixes', 'without-credential'],
  example: 'unexplained-answer',
  ofPackage: true,
  weigh: () => ruledOut,
  state(clues) {
    const { dependency } = clues.case.target;
    const kept = keptAtHome(clues);
    if (kept !== null) return kept;
    return {
      title: `the install of ${dependency.name} would fail for a reason unknown to npmrc-preflight`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: 'the maintainers of npmrc-preflight, with your help',
        summary: 'look at what was asked and answered, and report it',
        steps: [
          'the evidence in the JSON report lists each request with its answer: --format json',
          'send it to the maintainers of npmrc-preflight: it holds no secret',
        ],
      },
    };
  },
};

/** The client would send a credential that this check gives to no host but its own: what the server makes of it is not known. */
function keptAtHome(clues: Clues): Statement | null {
  const request = failingRequest(clues);
  if (!request || !isKeptAtHome(request.credential, request.url)) return null;
  const { credential, url } = request;
  if (credential.kind !== 'token' || credential.home === undefined) return null;
  const { client } = clues.run.client;
  const [host, home] = [new URL(url).host, new URL(credential.home).host];
  return {
    title: `whether ${host} gives ${clues.case.target.dependency.name} to ${client.name} is not known: it is sent the credential of ${home}`,
    seen: seenLine(clues, 'configuration'),
    location: credential.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `look at an install, or say that ${home} and ${host} take one credential`,
      steps: [
        `${client.name} sends the credential of the registry at ${home} to ${host} too; this check gives it to no other host than its own`,
        `if both hosts take one credential: say so with the line ${keyWith(clues, url, credential.variable)}, and the check sends it too`,
        'if they take different ones: this client can send only that of the registry, so that the registry has to serve its tarballs itself',
      ],
    },
  };
}

/** The key of a host with what the registry's key holds, as this client takes it. */
function keyWith({ run, case: { target } }: Clues, url: string, variable: string | null): string {
  const { writing } = run.client;
  const { dependency, registry } = target;
  const name = variable ?? 'NAME';
  const line = writing.tarball(scopeOf(dependency.name), registry.url, url, name);
  return line?.replace(/\n\s*/g, ' ') ?? `//${new URL(url).host}/:_authToken=\${${name}}`;
}
