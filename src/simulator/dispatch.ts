import { deniedAccount } from './denied-account.ts';
import type { Exchange } from './exchange.ts';
import { jobApi } from './job-api.ts';
import { jobTokenScopeApi } from './job-token-scope-api.ts';
import { membersApi } from './members-api.ts';
import { npmRoute } from './npm-routes.ts';
import { packagesApi } from './packages-api.ts';
import { gitRoute, projectApi } from './project-routes.ts';
import { protectionRulesApi } from './protection-rules-api.ts';
import { noRoute, type Reply } from './reply.ts';
import { userApi } from './user-api.ts';

const routes = [
  deniedAccount,
  npmRoute,
  packagesApi,
  jobApi,
  jobTokenScopeApi,
  membersApi,
  projectApi,
  gitRoute,
  protectionRulesApi,
  userApi,
];

/** GitLab's reply to a request below its relative root; 404 for what is no route. */
export function dispatch(exchange: Exchange): Reply {
  for (const route of routes) {
    const reply = route(exchange);
    if (reply) return reply;
  }
  return noRoute;
}
