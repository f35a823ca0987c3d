import { apiRoutes, callerIn, decide, decoded, type Exchange, refuse } from './exchange.ts';
import { findProject } from './look-up.ts';
import type { GitLabModel, PackageModel, ProjectModel } from './model.ts';
import { empty, json, noRoute, type Reply, switchedOff } from './reply.ts';

const pattern = /^\/api\/v4\/projects\/([^/]+)\/packages(?:\/(\d+)(\/pipelines)?)?$/;

/** The packages API of a project: list with filters and pages, one, its pipelines, delete; `null` for other paths. */
export function packagesApi(exchange: Exchange): Reply | null {
  const match = pattern.exec(exchange.path);
  if (!match) return null;
  const isDelete = exchange.method === 'DELETE' && match[2] !== undefined && match[3] === undefined;
  if (exchange.method !== 'GET' && !isDelete) return noRoute;
  const { model } = exchange.store;
  if (model.settings.packagesOff) return switchedOff;
  const project = findProject(model, decoded(match[1] ?? '') ?? '');
  const caller = callerIn(exchange, apiRoutes);
  const subject = { project, need: isDelete ? 'admin' : 'read' } as const;
  const { answer } = decide(exchange, caller, subject, { route: 'packages-api', delete: isDelete });
  if (answer.status >= 400 || project === null) return refuse(answer, caller, project?.path ?? '', 'api');
  const packages = model.packages.filter((one) => one.project === project.path);
  if (match[2] === undefined) return list(exchange, project, packages);
  const found = packages.find((one) => String(one.id) === match[2]);
  if (!found) return json(404, { message: '404 Not found' });
  if (isDelete) {
    exchange.store.removePackage(found.id);
    return empty;
  }
  return match[3] ? json(200, []) : json(200, presented(model, project, found));
}

function list(exchange: Exchange, project: ProjectModel, packages: readonly PackageModel[]): Reply {
  const { query, store } = exchange;
  const type = query.get('package_type');
  const name = query.get('package_name')?.toLowerCase() ?? '';
  const version = query.get('package_version');
  const fitting = packages.filter(
    (one) =>
      (type === null || type === 'npm') &&
      one.name.toLowerCase().includes(name) &&
      (version === null || one.version === version),
  );
  const perPage = Math.min(positive(query.get('per_page'), 20), 100);
  const page = positive(query.get('page'), 1);
  const shown = fitting.slice((page - 1) * perPage, page * perPage);
  return json(
    200,
    shown.map((one) => presented(store.model, project, one)),
    { 'x-page': String(page), 'x-per-page': String(perPage), 'x-total': String(fitting.length) },
  );
}

function presented(model: GitLabModel, project: ProjectModel, one: PackageModel): Record<string, unknown> {
  const tags = model.tags.filter(
    (tag) => tag.project === one.project && tag.name === one.name && tag.version === one.version,
  );
  return {
    id: one.id,
    name: one.name,
    version: one.version,
    package_type: 'npm',
    status: 'default',
    _links: { web_path: `/${project.path}/-/packages/${one.id}` },
    tags: tags.map((tag) => ({ name: tag.tag })),
  };
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
