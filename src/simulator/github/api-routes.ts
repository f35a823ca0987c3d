import { json, type Reply } from '../reply.ts';
import type { GitHubCaller } from './github-state-of.ts';
import type { GitHubModel } from './model.ts';

/** The reply of GitHub's API, as far as packages of organisations go (GitHub notes, section A4). `path` is below the API's URL, decoded. */
export function githubApiReply(
  model: GitHubModel,
  path: string,
  caller: GitHubCaller,
  webUrl: string,
): Reply {
  if (caller.kind === 'dead') return json(401, { message: 'Bad credentials' });
  const login = /^orgs\/([^/]+)\/packages$/.exec(path)?.[1];
  if (login === undefined) return json(404, { message: 'Not Found' });
  if (caller.kind === 'none') return json(401, { message: 'Requires authentication' });
  const { token } = caller;
  if (token.kind !== 'classic') return json(400, { message: 'Invalid argument.' });
  const scopes = { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': 'read:packages' };
  const owner = model.owners.find((one) => one.login === login);
  if (owner?.kind !== 'organisation') return json(404, { message: 'Not Found' }, scopes);
  if (owner.singleSignOn && !token.authorised.includes(login))
    return json(
      403,
      { message: 'Resource protected by organization SAML enforcement.' },
      { ...scopes, 'x-github-sso': `required; url=${webUrl}/orgs/${login}/sso?authorization_request=demo` },
    );
  return token.scopes.includes('read:packages')
    ? json(200, [], scopes)
    : json(403, { message: 'You need at least read:packages scope to list packages.' }, scopes);
}
