import { callerIn, type Exchange, noJobTokens } from './exchange.ts';
import { userId } from './members-api.ts';
import { json, noRoute, type Reply } from './reply.ts';

/**
 * `GET /user` and `GET /personal_access_tokens/self`: whose personal token it is and what its scopes are, which no job and no deploy token is
 * told; `null` for other paths (GitLab docs: users API, personal access tokens API).
 */
export function userApi(exchange: Exchange): Reply | null {
  const isSelf = exchange.path === '/api/v4/personal_access_tokens/self';
  if (exchange.path !== '/api/v4/user' && !isSelf) return null;
  if (exchange.method !== 'GET') return noRoute;
  const caller = callerIn(exchange, noJobTokens);
  if (caller.kind !== 'token' || caller.token.kind !== 'personal')
    return json(401, { message: '401 Unauthorized' });
  const { user, scopes } = caller.token;
  if (isSelf) return json(200, { id: 1, name: 'demo', active: true, scopes });
  return json(200, { id: userId(exchange.store.model, user), username: user, state: 'active' });
}
