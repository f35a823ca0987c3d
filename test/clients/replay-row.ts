import type { ClientModule } from '../../src/clients/client-modules.ts';
import type { ClientModel } from '../../src/domain/client.ts';
import type { Credential } from '../../src/domain/credential.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, project, worldOf } from './client-world.ts';

/** What `scripts/derive-client-rows.mjs` writes. */
export interface MeasuredRow {
  name: string;
  files: Record<string, string[]>;
  env?: Record<string, string | null>;
  cwd?: string;
  args?: string[];
  server?: {
    ext?: string;
    root?: string;
    tarExt?: string;
    tarAtPrefix?: boolean;
    redirTar?: string;
    redirMeta?: string;
    time?: unknown;
  };
  locked?: 'projects' | string[];
  runs: { versions: string[]; requests: string[]; ok?: true; end?: string }[];
}

type Run = MeasuredRow['runs'][number];

const token = 'glcbt-64_TokenOfTheRunningJob';
const other = 'glpat-WrongOtherToken99999999';
const hostA = '127.0.0.1:7001';

/** Where GitLab's stand-in was in a row. */
export function originOf(row: MeasuredRow): string {
  return row.server?.ext ?? `http://${hostA}`;
}

const projects: Readonly<Record<string, number>> = {
  '@acme/direct': 101,
  '@acme/trans': 102,
  '@acme/solo': 101,
  'gl-plain': 103,
};
/** Rows in which nothing private is installed: what the client does then shows in no request. */
const nothingPrivate = /^(?:f09|u08|u09|y07[de])/;

/** What a client's module says differently from what was measured, one line each; empty when they agree. */
export function disagreements(
  module: ClientModule,
  row: MeasuredRow,
  version: string,
  run: Run,
): readonly string[] {
  const origin = originOf(row);
  const model = module.resolve(rowWorld(row, origin), { name: module.name, version, known: 'given' });
  if (model.stop) {
    const stopped = run.requests.length === 0 && !unreachable.test(run.end ?? '');
    return stopped ? [] : [`stops: ${model.stop.message}`];
  }
  const found = run.requests.flatMap((request) => compared(request, row, origin, model));
  if (run.requests.length === 0 && !endsUnasked(row, version, run.end, model)) found.push('asks something');
  if (run.ok) {
    const names = fetchedNames(run);
    found.push(...unaskedMetadata(names, run, row, model), ...refusals(names, row, origin, model));
  }
  if (run.end !== undefined && run.requests.length > 0 && refusals(both, row, origin, model).length === 0)
    found.push(`does not end with ${run.end}`);
  return found;
}

const unreachable = /ECONNREFUSED|ConnectionRefused|META_FETCH_FAIL|YN0001/;

/** Rows without a request that no stop explains: no private dependency, nobody listening, a refused URL, no lockfile on CI. */
function endsUnasked(
  row: MeasuredRow,
  version: string,
  end: string | undefined,
  model: ClientModel,
): boolean {
  if (nothingPrivate.test(row.name) || (/^(?:f08|w06)/.test(row.name) && version.startsWith('6.')))
    return end === undefined || !end.startsWith('E');
  const { url } = model.registryFor('@acme/direct');
  if (unreachable.test(end ?? '')) return url?.includes(':7999') === true;
  if (end === 'YN0081') return url !== null && (model.refusesUrl?.(url) ?? null) !== null;
  if (end === 'YN0028') return row.locked === undefined;
  return end === 'EALLOWREMOTE' && row.locked !== undefined;
}

function compared(request: string, row: MeasuredRow, origin: string, model: ClientModel): string[] {
  const [destination = '', path = '', ...rest] = long(request).split(' ');
  const sent = rest.join(' ');
  const redirected = row.server?.redirMeta ?? row.server?.redirTar;
  const tarball = path.endsWith('.tgz');
  if (/\/-\/(?:whoami|npm\/v1\/attestations\/)/.test(path)) return [];
  if (redirected && destination === 'B' && !(tarball && row.server?.redirMeta)) return [];
  const name = packageNameOf(path, tarball);
  const predicted = tarball
    ? predictTarball(row, name, row.server?.redirMeta ?? origin, model)
    : predictMetadata(row, name, model);
  const said = `${predicted.destination} ${predicted.path} ${predicted.sent}`;
  const seen = `${destination} ${path} ${sent}`;
  return said === seen ? [] : [`said ${said}, seen ${seen}`];
}

function predictMetadata(row: MeasuredRow, name: string, model: ClientModel) {
  if (!model.asks(rowDependency(row, name)).metadata)
    return { destination: '-', path: 'no metadata', sent: '' };
  const { url } = model.registryFor(name);
  const asked = model.metadataUrl(url ?? 'https://public.example/', name);
  if (url === null) return { destination: 'P', path: new URL(asked).pathname, sent: '-' };
  return requestOf(asked, row, model.credentialFor(asked, url));
}

function predictTarball(row: MeasuredRow, name: string, origin: string, model: ClientModel) {
  const needed = rowDependency(row, name);
  const { url } = model.registryFor(name);
  const asks = model.asks(needed);
  const servedBy = url === null ? origin : serverOrigin(url, origin);
  const named = tarballOf(row, name, servedBy);
  const asked = asks.tarball ?? model.tarballUrl?.(named, url) ?? named;
  if (model.refusal(asks.tarball ?? named, url, needed))
    return { destination: '-', path: 'refused', sent: '' };
  const lender = model.tarballLender ? model.tarballLender(needed, url) : url;
  return requestOf(asked, row, model.credentialFor(asked, lender));
}

/** Of an install that went well: names whose metadata the module wants and the client did not ask. */
function unaskedMetadata(names: readonly string[], run: Run, row: MeasuredRow, model: ClientModel): string[] {
  const asked = new Set(run.requests.map(pathOf));
  return names.flatMap((name) => {
    if (!model.asks(rowDependency(row, name)).metadata) return [];
    const path = new URL(model.metadataUrl(model.registryFor(name).url ?? 'https://public.example/', name))
      .pathname;
    return asked.has(path) ? [] : [`asks metadata of ${name}, which the client did not`];
  });
}

/** Why the module says that an install of the row's packages ends, though every request is answered. */
function refusals(names: readonly string[], row: MeasuredRow, origin: string, model: ClientModel): string[] {
  const stops = names.flatMap((name) => {
    const needed = rowDependency(row, name);
    const { url } = model.registryFor(name);
    const asks = model.asks(needed);
    const named = tarballOf(row, name, url === null ? origin : serverOrigin(url, origin));
    const gate = row.server?.time || !asks.metadata ? null : (model.ageGate?.(needed) ?? null);
    return [
      model.refusal(asks.tarball ?? named, url, needed),
      gate?.missingTime === 'refused' ? gate.stop : null,
      asks.metadata && asks.tarball !== null ? (model.lockMismatch?.(asks.tarball, named) ?? null) : null,
    ].filter((stop) => stop !== null);
  });
  return stops.map(({ code }) => `ends with ${code}`);
}

const both = ['@acme/direct', '@acme/trans'];

/** The packages whose tarballs a run asked for. */
function fetchedNames(run: Run): readonly string[] {
  const tarballs = run.requests.map(pathOf).filter((path) => path.endsWith('.tgz'));
  return [...new Set(tarballs.map((path) => packageNameOf(path, true)))];
}

function pathOf(request: string): string {
  return long(request).split(' ')[1] ?? '';
}

/** The stand-in for the other host names tarballs on itself, as its metadata does. */
function serverOrigin(registry: string, origin: string): string {
  if (!URL.canParse(registry)) return origin;
  const { host } = new URL(registry);
  return host.endsWith(':7002') ? new URL(registry).origin : origin;
}

function tarballOf(row: MeasuredRow, name: string, origin: string): string {
  const prefix = row.server?.tarAtPrefix ? '' : `/projects/${projects[name]}`;
  const base = row.server?.tarExt ?? origin;
  return `${base}${row.server?.root ?? ''}/api/v4${prefix}/packages/npm/${name}/-/${name}-1.0.0.tgz`;
}

function rowDependency(row: MeasuredRow, name: string) {
  const kind = name === '@acme/trans' ? 'transitive' : 'prod';
  const dependents = kind === 'transitive' ? ['@acme/direct'] : ['.'];
  if (row.locked === undefined) return dependency(name, { kind, dependents });
  const urls =
    row.locked === 'projects'
      ? [tarballOf({ ...row, server: {} }, name, row.server?.ext ?? `http://${hostA}`)]
      : row.locked;
  const tarball =
    urls.map((url) => long(url).replace('<public>', 'public.example')).find((url) => url.includes(name)) ??
    null;
  const source = { kind: 'file', path: 'lockfile', line: 9 } as const;
  return dependency(name, {
    kind,
    dependents,
    locked: { version: '1.0.0', tarball, integrity: null, source },
  });
}

function requestOf(asked: string, row: MeasuredRow, credential: Credential) {
  const url = new URL(asked);
  const others = [row.server?.tarExt, row.server?.redirMeta]
    .filter((base) => base !== undefined)
    .map((base) => new URL(base).host);
  const isA = [hostA, 'localhost:7001'].includes(url.host) || /^(?:gitlab|alias)\.test$/.test(url.hostname);
  const isB = url.port === '7002' || others.includes(url.host);
  return { destination: isB ? 'B' : isA ? 'A' : 'P', path: url.pathname, sent: sentBy(credential) };
}

function sentBy(credential: Credential): string {
  if (credential.kind === 'none') return '-';
  if (credential.kind === 'unresolved')
    return credential.sends === null ? '-' : `bearer-other:${credential.sends}`;
  const text = reveal(credential.secret);
  if (credential.scheme === 'Basic') {
    return `basic:${Buffer.from(text, 'base64').toString('utf8').replace(token, '<TOKEN>')}`;
  }
  return text === token ? '+' : `bearer-other:${text.replace(token, '<TOKEN>')}`;
}

function packageNameOf(path: string, tarball: boolean): string {
  const found = tarball
    ? /((?:@[^/]+\/)?[^/]+)\/-\/[^ ]*\.tgz$/.exec(path)
    : /((?:@[^/]+%2[fF])?[^/]+)$/.exec(path);
  return decodeURIComponent(found?.[1] ?? '');
}

/** What `pnpm config set` wrote before the measured install, which the table leaves out: up to pnpm 10 into `rc`, later into `auth.ini`. */
function filesSetBefore(row: MeasuredRow): Record<string, string[]> {
  const kind = /^n10([bc]?)-config-set/.exec(row.name)?.[1];
  if (kind === undefined) return {};
  const value = kind === '' ? '<TOKEN>' : '${CI_JOB_TOKEN}';
  const keys = ['<api><npm>', '<api>/projects/101<npm>', '<api>/projects/102<npm>', '<api>', ''];
  const lines = keys.map((path) => `//<A>${path}/:_authToken=${value}`);
  return kind === 'c'
    ? { '.npmrc': [...(row.files['.npmrc'] ?? []), ...lines] }
    : { '~/.config/pnpm/rc': lines, '~/.config/pnpm/auth.ini': lines };
}

/** The world of a row, with GitLab's stand-in at an origin. */
export function rowWorld(row: MeasuredRow, origin: string) {
  const { host, hostname, port } = new URL(origin);
  const bom = row.name.startsWith('q14') ? '\uFEFF' : '';
  const eol = row.name.startsWith('q13') ? '\r\n' : '\n';
  const end = row.name.startsWith('q15') ? '' : eol;
  const workspace = /^(?:w(?!05)|f08|y24)/.test(row.name);
  const files = Object.fromEntries(
    Object.entries({ ...row.files, ...filesSetBefore(row) }).map(([path, lines]) => [
      path,
      bom + lines.map(filled).join(eol) + end,
    ]),
  );
  const env: Record<string, string> = {
    CI_JOB_TOKEN: token,
    CI_API_V4_URL: `${origin}${row.server?.root ?? ''}/api/v4`,
    CI_SERVER_HOST: hostname,
    CI_SERVER_PORT: port || (origin.startsWith('https') ? '443' : '80'),
    CI_SERVER_FQDN: host,
  };
  for (const [name, value] of Object.entries(row.env ?? {})) {
    if (value === null) delete env[name];
    else env[filled(name)] = filled(value);
  }
  const folder = row.cwd ? `${project}/${row.cwd}` : project;
  return worldOf(files, env, {
    projectDirectory: folder,
    workspaceRoot: workspace ? project : folder,
    ...(workspace ? { workspaceFolders: [`${project}/apps/web`] } : {}),
  });
}

function filled(text: string): string {
  return long(text)
    .replaceAll('<TOKEN>', token)
    .replaceAll('<OTHER>', other)
    .replaceAll('<BASIC>', Buffer.from(`gitlab-ci-token:${token}`).toString('base64'))
    .replaceAll('<PASS64>', Buffer.from(token).toString('base64'))
    .replaceAll('<proj>', project);
}

/** A text of the rows with its abbreviations written out. */
export function long(text: string): string {
  return text.replaceAll('<A>', hostA).replaceAll('<api>', '/api/v4').replaceAll('<npm>', '/packages/npm');
}
