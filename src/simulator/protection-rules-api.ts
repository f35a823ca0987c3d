import { callerIn, decide, decoded, type Exchange, noJobTokens, refuse } from './exchange.ts';
import { findProject } from './look-up.ts';
import { json, noRoute, type Reply } from './reply.ts';

const pattern = /^\/api\/v4\/projects\/([^/]+)\/packages\/protection\/rules$/;

/** The rules that protect packages of a project, for Maintainers; `null` for other paths (gitlabhq lib/api/project_packages_protection_rules.rb). */
export function protectionRulesApi(exchange: Exchange): Reply | null {
  const match = pattern.exec(exchange.path);
  if (!match) return null;
  if (exchange.method !== 'GET') return noRoute;
  const project = findProject(exchange.store.model, decoded(match[1] ?? '') ?? '');
  const caller = callerIn(exchange, noJobTokens);
  const { answer } = decide(exchange, caller, { project, need: 'admin' }, { route: 'settings' });
  if (answer.status !== 200 || project === null) return refuse(answer, caller, project?.path ?? '', 'api');
  return json(
    200,
    project.protections.map(({ pattern: name, least }, index) => ({
      id: index + 1,
      project_id: project.id,
      package_name_pattern: name,
      package_type: 'npm',
      minimum_access_level_for_push: least,
    })),
  );
}
