import semver from 'semver';
import type { AccessState } from '../domain/access-state.ts';
import { scopeOf } from '../domain/dependency.ts';
import { isAtLeast } from '../providers/gitlab/access-predicates.ts';
import { callerIn, decide, type Exchange, npmRoutes, refuse } from './exchange.ts';
import { packagesBelow, rootOf } from './look-up.ts';
import type { ProjectModel } from './model.ts';
import { badRequest, json, type Reply } from './reply.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Upload and deprecation at the project prefix: who may, then what is wrong with the document (GitLab model, section 5). */
export function publish(exchange: Exchange, project: ProjectModel | null, name: string): Reply {
  const deprecate = exchange.headers['npm-command'] === 'deprecate';
  const caller = callerIn(exchange, npmRoutes);
  const subject = { project, packageName: name, need: 'admin' } as const;
  const { state, answer } = decide(exchange, caller, subject, { route: 'upload', deprecate });
  if (answer.status !== 200) return refuse(answer, caller, project?.path ?? '', 'npm');
  if (project === null) return refused(404, 'Project not found');
  const document = documentOf(exchange.body);
  if (document === 'absent') return refused(400, 'file is missing');
  if (document === 'invalid') return refused(400, 'Invalid json');
  const versions = fieldsOf(document.versions);
  if (versions === null) return refused(400, 'Versions key is missing from the JSON upload');
  return deprecate
    ? deprecateVersions(exchange, project, name, versions)
    : publishVersion(exchange, project, name, document, versions, state);
}

function deprecateVersions(exchange: Exchange, project: ProjectModel, name: string, versions: Fields): Reply {
  const texts = Object.entries(versions).flatMap(([version, manifest]): [string, string][] => {
    const text = fieldsOf(manifest)?.deprecated;
    return typeof text === 'string' ? [[version, text]] : [];
  });
  if (texts.length === 0) return badRequest('"package versions to deprecate" not given');
  for (const [version, text] of texts) exchange.store.deprecate(project.path, name, version, text || null);
  return json(200, {});
}

function publishVersion(
  exchange: Exchange,
  project: ProjectModel,
  name: string,
  document: Fields,
  versions: Fields,
  state: AccessState,
): Reply {
  const [version = '', manifest] = Object.entries(versions)[0] ?? [];
  if (!semver.valid(version)) return refused(400, 'Validation failed: Version is invalid');
  const data = Object.values(fieldsOf(document._attachments) ?? {}).map((one) => fieldsOf(one)?.data)[0];
  if (typeof data !== 'string' || data === '') return refused(400, 'Attachment data is empty.');
  const clash = clashOf(exchange, project, name, version, state);
  if (clash) return clash;
  const tags = Object.entries(fieldsOf(document['dist-tags']) ?? {})
    .filter(([, tagged]) => tagged === version)
    .map(([tag]) => tag);
  const { store } = exchange;
  store.change((model) =>
    model.package(project.path, name, version, {
      manifest: fieldsOf(manifest) ?? {},
      tarball: Buffer.from(data, 'base64'),
    }),
  );
  for (const tag of tags) store.setTag(project.path, name, tag, version);
  return json(200, { name, version, package_type: 'npm' });
}

function clashOf(
  exchange: Exchange,
  project: ProjectModel,
  name: string,
  version: string,
  state: AccessState,
): Reply | null {
  const { model } = exchange.store;
  const rule = project.protections.find((one) => matches(one.pattern, name));
  if (rule && !isAtLeast(state.role, rule.least)) return refused(403, 'Package protected.');
  const root = rootOf(project.path);
  const holders = packagesBelow(model, root, name).filter((one) => one.version === version);
  if (holders.some((one) => one.project === project.path)) return refused(403, 'Package already exists.');
  const byConvention = scopeOf(name)?.slice(1).toLowerCase() === root.toLowerCase();
  return byConvention && holders.length > 0
    ? refused(400, 'Validation failed: Package already exists')
    : null;
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(name);
}

function documentOf(body: Buffer): Fields | 'absent' | 'invalid' {
  if (body.length === 0) return 'absent';
  try {
    return fieldsOf(JSON.parse(body.toString('utf8'))) ?? 'invalid';
  } catch {
    return 'invalid';
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** Upload errors carry both keys (GitLab model, section 2). */
function refused(status: number, text: string): Reply {
  return json(status, { message: text, error: text });
}
