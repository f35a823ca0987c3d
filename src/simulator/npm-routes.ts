import { judgeNamespace } from '../providers/gitlab/access-rules.ts';
import { accessStateOf } from './access-state-of.ts';
import { callerIn, decide, decoded, type Exchange, npmRoutes, refuse } from './exchange.ts';
import { distTags } from './look-up.ts';
import { holdersAt, type Place, placeOf, shownVersions, subjectAt, versionsAt } from './npm-place.ts';
import { publish } from './npm-publish.ts';
import { packumentOf } from './packument.ts';
import { badRequest, empty, json, noRoute, notThere, type Reply, redirect, switchedOff } from './reply.ts';

const prefixPattern = /^\/api\/v4\/(?:projects\/([^/]+)\/|groups\/([^/]+)\/-\/)?packages\/npm\/(.*)$/;
const packageName = '((?:@[^/]+/)?[^/@][^/]*|@[^/]+)';
const tagsPattern = /^-\/package\/(.*)\/dist-tags(?:\/([^/]*))?$/;
const auditPattern = /^-\/npm\/v1\/security\/(advisories\/bulk|audits\/quick)$/;
const tarballPattern = new RegExp(`^${packageName}/-/(.+)$`);
const metadataPattern = new RegExp(`^${packageName}$`);

/** The reply of the npm routes of all three prefixes, `null` for a path outside them (GitLab model, section 2). */
export function npmRoute(exchange: Exchange): Reply | null {
  const match = prefixPattern.exec(exchange.path);
  if (!match) return null;
  if (exchange.store.model.settings.packagesOff) return switchedOff;
  const id = decoded(match[1] ?? match[2] ?? '');
  const rest = match[3] ?? '';
  if (id === null) return noRoute;
  const prefix = match[1] ? 'project' : match[2] ? 'group' : 'instance';
  const place = placeOf(exchange.store.model, prefix, id);
  const auditPath = auditPattern.exec(rest)?.[1];
  if (auditPath) return exchange.method === 'POST' ? audit(exchange, place, auditPath) : noRoute;
  const tags = tagsPattern.exec(rest);
  if (tags) return tagRoute(exchange, place, decoded(tags[1] ?? ''), tags[2]);
  const tarball = prefix === 'project' && exchange.method === 'GET' ? tarballPattern.exec(rest) : null;
  if (tarball) return tarballRoute(exchange, place, decoded(tarball[1] ?? ''), decoded(tarball[2] ?? ''));
  return packageRoute(exchange, place, rest);
}

function packageRoute(exchange: Exchange, place: Place, rest: string): Reply {
  const name = decoded(rest);
  if (name === null) return noRoute;
  if (exchange.method === 'GET') {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (/[\u0000-\u001f\u007f]|(?:^|\/)\.\.(?:\/|$)/.test(name)) {
      return json(400, { error: 'package_name should be a valid file path' });
    }
    return metadataPattern.test(rest) ? metadata(exchange, place, name) : noRoute;
  }
  if (exchange.method !== 'PUT' || !metadataPattern.test(rest)) return noRoute;
  if (place.prefix !== 'project')
    return json(405, { error: '405 Not Allowed' }, { allow: 'OPTIONS, GET, HEAD' });
  return publish(exchange, place.project, name);
}

function metadata(exchange: Exchange, place: Place, name: string): Reply {
  const { model } = exchange.store;
  const caller = callerIn(exchange, npmRoutes);
  const subject = subjectAt(model, place, name, 'read');
  const holders = holdersAt(model, caller, place, name);
  const [newest, ...others] = holders.map((one) => one.state);
  const answer = judgeNamespace(newest ?? accessStateOf(model, caller, subject), others, {
    route: 'metadata',
    prefix: place.prefix,
  });
  if (answer.to) return redirect(answer.status, `${exchange.publicRegistry}/${name}`);
  if (answer.status !== 200) return refuse(answer, caller, subject.project?.path ?? '', 'npm');
  return json(
    200,
    packumentOf(model, exchange.externalUrl, name, shownVersions(model, place, name, holders)),
  );
}

function audit(exchange: Exchange, place: Place, path: string): Reply {
  const caller = callerIn(exchange, npmRoutes);
  const project = place.prefix === 'project' ? place.project : null;
  const group = place.prefix === 'group' ? { group: place.group } : {};
  const { answer } = decide(
    exchange,
    caller,
    { project, need: 'read', ...group },
    { route: 'audit', prefix: place.prefix },
  );
  if (answer.to) return redirect(answer.status, `${exchange.publicRegistry}/-/npm/v1/security/${path}`);
  return answer.status === 200 ? json(200, []) : refuse(answer, caller, project?.path ?? '', 'npm');
}

function tarballRoute(exchange: Exchange, place: Place, name: string | null, file: string | null): Reply {
  if (name === null || file === null || place.prefix !== 'project') return noRoute;
  const { project } = place;
  const base = name.slice(name.lastIndexOf('/') + 1);
  const version = file.slice(file.lastIndexOf('/') + 1).replace(/\.tgz$/, '');
  const wanted = version.startsWith(`${base}-`) ? version.slice(base.length + 1) : '';
  const caller = callerIn(exchange, npmRoutes);
  const subject = { project, packageName: name, version: wanted, need: 'read' } as const;
  const { answer } = decide(exchange, caller, subject, { route: 'tarball' });
  if (answer.status !== 200) return refuse(answer, caller, project?.path ?? '', 'npm');
  const found = versionsAt(exchange.store.model, place, name).findLast((one) => one.version === wanted);
  if (!found) return noRoute;
  if (exchange.objectStorage !== null) {
    return redirect(
      302,
      `${exchange.objectStorage}/packages/${found.id}/${base}-${wanted}.tgz?signature=${found.id}`,
    );
  }
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: found.tarball };
}

function tagRoute(exchange: Exchange, place: Place, name: string | null, rawTag: string | undefined): Reply {
  const tag = rawTag === undefined ? null : decoded(rawTag);
  if (name === null) return noRoute;
  if (rawTag === undefined && exchange.method === 'GET') return listTags(exchange, place, name);
  if (!tag || name === '' || (exchange.method !== 'PUT' && exchange.method !== 'DELETE')) return noRoute;
  return writeTag(exchange, place, name, tag, exchange.method === 'PUT' ? 'put' : 'delete');
}

function listTags(exchange: Exchange, place: Place, name: string): Reply {
  const { model } = exchange.store;
  if (name !== '' && name.trim() === '') return badRequest('"Package Name" not given');
  const caller = callerIn(exchange, npmRoutes);
  const subject = subjectAt(model, place, name, 'read');
  const { answer } = decide(exchange, caller, subject, {
    route: 'dist-tags',
    prefix: place.prefix,
    write: 'none',
  });
  if (name === '' && answer.status === 404) return notThere('Packages');
  if (answer.status !== 200) return refuse(answer, caller, subject.project?.path ?? '', 'npm');
  const versions = versionsAt(model, place, name).filter((one) => one.project === subject.project?.path);
  return json(200, distTags(model, versions));
}

function writeTag(
  exchange: Exchange,
  place: Place,
  name: string,
  tag: string,
  write: 'put' | 'delete',
): Reply {
  const { store } = exchange;
  const caller = callerIn(exchange, npmRoutes);
  const version = tagVersion(exchange.body);
  const missing =
    name.trim() === ''
      ? '"Package Name"'
      : write === 'put' && version === ''
        ? '"Version"'
        : tag.trim() === ''
          ? '"Tag"'
          : null;
  if (missing && caller.kind === 'token') return badRequest(`${missing} not given`);
  const subject = { ...subjectAt(store.model, place, name, 'admin'), ...(write === 'put' && { version }) };
  const { answer } = decide(exchange, caller, subject, { route: 'dist-tags', prefix: place.prefix, write });
  const path = subject.project?.path ?? '';
  if (answer.status !== 204) return refuse(answer, caller, path, 'npm');
  if (write === 'put') store.setTag(path, name, tag, version);
  else if (!store.removeTag(path, name, tag)) return notThere('Package tag');
  return empty;
}

/** The version in the body of a dist-tag's PUT: a JSON string, or the bare text. */
function tagVersion(body: Buffer): string {
  return body
    .toString('utf8')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
}
