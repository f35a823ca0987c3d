import type { SpecRow } from './spec-row.ts';
import { isBadToken, nameOf, project, token } from './spec-row-world.ts';

/** What to send for a row. `path` is below the API's URL. */
export interface RowRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const projectId = encodeURIComponent(project);

/** The request that a row describes. */
export function requestOf(row: SpecRow, auth: string = row.auth): RowRequest {
  const request = bare(row);
  if (auth === 'none') return request;
  const carrier =
    row.facts.carrier ??
    (row.endpoint === 'project_packages' && auth === 'job_token' ? 'job_token param' : '');
  const value = isBadToken(row) ? 'bad_token' : token;
  return carried(request, carrier, value);
}

/** A request with the token where the carrier says; `Authorization: Bearer` for none in particular. */
export function carried(request: RowRequest, carrier: string, value: string): RowRequest {
  const { headers } = request;
  const name = /^(\w+) param$/.exec(carrier)?.[1] ?? null;
  if (name !== null) {
    const mark = request.path.includes('?') ? '&' : '?';
    return { ...request, path: `${request.path}${mark}${name}=${value}` };
  }
  const header = /^([\w-]+) header$/.exec(carrier)?.[1];
  if (header) return { ...request, headers: { ...headers, [header]: value } };
  if (carrier.startsWith('basic auth')) {
    const basic = Buffer.from(`gitlab-ci-token:${value}`).toString('base64');
    return { ...request, headers: { ...headers, authorization: `Basic ${basic}` } };
  }
  return { ...request, headers: { ...headers, authorization: `Bearer ${value}` } };
}

function bare(row: SpecRow): RowRequest {
  switch (row.endpoint) {
    case 'metadata':
      return get(`${prefix(row)}/${encodedName(row)}`);
    case 'dist_tags_list':
      return get(`${prefix(row)}/-/package/${encodedName(row)}/dist-tags`);
    case 'dist_tag_put':
      return {
        ...tagged(row, 'fresh'),
        method: 'PUT',
        body: `${row.facts.version === undefined ? '"1.0.0"' : (row.facts.version ?? '')}`,
      };
    case 'dist_tag_delete':
      return {
        ...tagged(row, row.facts.condition?.includes('another-package') ? 'elsewhere' : 'tag-one'),
        method: 'DELETE',
      };
    case 'audit_bulk':
    case 'audit_quick':
      return { ...get(`${prefix(row)}/-/npm/v1/security/${row.facts.path}`), method: 'POST', body: '{}' };
    case 'tarball':
      return get(`${prefix(row)}/${nameOf(row)}/-/${nameOf(row)}-1.0.0.tgz`);
    case 'upload':
    case 'upload_authorize':
      return upload(row);
    case 'project_packages':
      return { ...get(packagesPath(row)), method: row.facts.method ?? 'GET' };
    case 'job':
      return get(row.facts.path ?? '');
    case 'job_token_scope':
      return allowlistRequest(row);
    default:
      throw new Error(`no request for ${row.endpoint}`);
  }
}

function get(path: string): RowRequest {
  return { method: 'GET', path, headers: {} };
}

function prefix(row: SpecRow): string {
  if (row.prefix === 'project') return `/projects/${projectId}/packages/npm`;
  return row.prefix === 'group' ? '/groups/test-group/-/packages/npm' : '/packages/npm';
}

function encodedName(row: SpecRow): string {
  const given = row.facts.packageName;
  if (given === null || given === '') return '';
  if (given?.includes('%')) return given;
  return encodeURIComponent(given === 'unknown' ? '@test-group/unknown' : nameOf(row)).replace('%40', '@');
}

function tagged(row: SpecRow, usual: string): RowRequest {
  return get(`${prefix(row)}/-/package/${encodedName(row)}/dist-tags/${row.facts.tag ?? usual}`);
}

function packagesPath({ facts }: SpecRow): string {
  const id = facts.condition?.includes('does-not-exist')
    ? 9999
    : facts.condition?.includes('another-project')
      ? 1
      : 2;
  return (facts.path ?? '').replace(':id', projectId).replace(':package_id', String(id));
}

function upload(row: SpecRow): RowRequest {
  const { facts } = row;
  const given = (facts.packageName ?? '@<group>/my_package_name').replace('<group>', 'test-group');
  const taken = facts.condition === 'same-name-version-exists-in-this-project';
  const name = taken
    ? '@test-group/scoped'
    : facts.condition?.startsWith('same-name-new-version')
      ? '@test-group/elsewhere'
      : given;
  const version = facts.version ?? (taken ? '1.0.0' : '1.0.1');
  const attachments = { [`${name}-${version}.tgz`]: { data: Buffer.from('tarball').toString('base64') } };
  const deprecated = facts.command === 'deprecate' && !facts.condition ? { deprecated: 'too old' } : {};
  const versions =
    facts.condition === 'no-versions-key'
      ? {}
      : { versions: { [version]: { name, version, ...deprecated } } };
  return {
    method: 'PUT',
    path: `${prefix(row)}/${encodeURIComponent(name)}`,
    headers: { 'content-type': 'application/json', ...(facts.command && { 'npm-command': facts.command }) },
    ...(facts.condition !== 'no-file-parameter' && {
      body: JSON.stringify({
        name,
        ...versions,
        'dist-tags': { latest: version },
        _attachments: attachments,
      }),
    }),
  };
}

/** Ids in the worlds of rows: groups 10 and 11, projects 101 (the accessed one) to 104. */
function allowlistRequest({ facts }: SpecRow): RowRequest {
  const missing = facts.condition === 'project-does-not-exist';
  const method = facts.method ?? 'GET';
  // adding takes numbers only
  const known = method === 'POST' ? '101' : projectId;
  const path = (facts.path ?? '').replace(':id', missing ? '9999' : known);
  const gone = facts.condition === 'target-does-not-exist';
  const target = { project: gone ? 9999 : 103, group: gone ? 9999 : 10 };
  const full = path
    .replace(':target_project_id', String(target.project))
    .replace(':target_group_id', String(target.group));
  const request: RowRequest = { method, path: full, headers: { 'content-type': 'application/json' } };
  if (method === 'PATCH') return { ...request, body: JSON.stringify(facts.params ?? { enabled: false }) };
  if (method !== 'POST') return request;
  const field = full.endsWith('groups_allowlist') ? 'target_group_id' : 'target_project_id';
  const value =
    field === 'target_group_id'
      ? target.group
      : facts.condition === 'adding-the-project-itself'
        ? 101
        : target.project;
  return { ...request, body: JSON.stringify(givenTarget(facts.condition ?? '', field, value)) };
}

function givenTarget(condition: string, field: string, value: number): Record<string, unknown> {
  if (condition.endsWith('missing')) return {};
  if (condition.endsWith('null')) return { [field]: null };
  if (condition.endsWith('empty')) return { [field]: '' };
  return { [field]: condition.endsWith('float') ? 1.5 : value };
}
