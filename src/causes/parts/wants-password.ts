import type { Clues } from '../../domain/cause.ts';
import { isKeptAtHome } from '../../domain/credential.ts';
import { failingRequest } from './failing-request.ts';

/** Whether a server that is no GitLab refuses a bearer token, and says itself that it takes users with passwords (Nexus, Artifactory, Azure Artifacts; user reports). */
export function wantsPassword(clues: Clues): boolean {
  const request = failingRequest(clues);
  const outcome = request?.observation.outcome;
  return (
    clues.case.target.prefix === null &&
    request?.credential.kind === 'token' &&
    request.credential.scheme === 'Bearer' &&
    !isKeptAtHome(request.credential, request.url) &&
    outcome?.kind === 'answered' &&
    outcome.status === 401 &&
    /\bbasic\b/i.test(outcome.headers['www-authenticate'] ?? '')
  );
}

/** What makes such a server take the credential; nothing for any other. */
export function passwordSteps(clues: Clues): readonly string[] {
  const credential = wantsPassword(clues) ? failingRequest(clues)?.credential : null;
  if (credential?.kind !== 'token') return [];
  return [
    'the server asks for user and password (WWW-Authenticate: Basic): Nexus takes the tokens of npm login only where its npm Bearer Token Realm is active (Administration > Security > Realms)',
    `or send user and password: ${credential.key.startsWith('//') ? `${credential.key.replace(/:_authToken$/, ':_auth')}=\${NAME}, with the base64 of user:password in the variable NAME` : 'npmAuthIdent in .yarnrc.yml, username and password in bunfig.toml'}; Azure Artifacts wants username, email and _password, the base64 of the personal token`,
  ];
}
