import { apiRoutes, callerIn, type Exchange } from './exchange.ts';
import { json, type Reply } from './reply.ts';

/**
 * The refusal of an account that may make no request of the API, before any route looks further (gitlabhq lib/api/api_guard.rb); `null` for everybody
 * else, and for what is no route of the API.
 */
export function deniedAccount(exchange: Exchange): Reply | null {
  if (!exchange.path.startsWith('/api/')) return null;
  const caller = callerIn(exchange, apiRoutes);
  if (caller.kind !== 'token' || caller.token.kind === 'deploy') return null;
  const { user } = caller.token;
  const words = exchange.store.model.users.find(({ login }) => login === user)?.denied;
  return words == null ? null : json(403, { message: `403 Forbidden - ${words}` });
}
