import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import type { ClientModel } from '../../src/domain/client.ts';
import type { Credential } from '../../src/domain/credential.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, npm, project, worldOf } from './npm-world.ts';

/** What `scripts/derive-client-rows.mjs` writes. */
export interface NpmRow {
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
  };
  locked?: 'projects' | string[];
  runs: { versions: string[]; requests: string[]; end?: string }[];
}

const token = 'glcbt-64_TokenOfTheRunningJob';
const other = 'glpat-WrongOtherToken99999999';
const hostA = '127.0.0.1:7001';
const projects: Readonly<Record<string, number>> = {
  '@acme/direct': 101,
  '@acme/trans': 102,
  '@acme/solo': 101,
  'gl-plain': 103,
};

/** What the modules say differently from what was measured, one line each; empty when they agree. */
export function disagreements(row: NpmRow, version: string, run: NpmRow['runs'][number]): string[] {
  const origin = row.server?.ext ?? `http://${hostA}`;
  const model = resolveNpm(rowWorld(row, origin), npm(version));
  if (model.stop) {
    return run.requests.length === 0 && run.end !== 'ECONNREFUSED' ? [] : [`stops: ${model.stop.message}`];
  }
  const found = run.requests.flatMap((request) => compared(request, row, origin, model));
  if (run.requests.length === 0 && !endsUnasked(row, version, run.end, model)) found.push('asks nothing');
  if (run.end === 'EALLOWREMOTE' && refusedNames(row, origin, model).length === 0)
    found.push('refuses no tarball');
  return found;
}

/** Rows without a request that no stop explains: no private dependency, nobody listening, a refused lockfile. */
function endsUnasked(row: NpmRow, version: string, end: string | undefined, model: ClientModel): boolean {
  const nothingToInstall =
    /^(?:f09|u08|u09)/.test(row.name) || (/^(?:f08|w06)/.test(row.name) && version.startsWith('6.'));
  if (nothingToInstall) return end === undefined || !end.startsWith('E');
  if (end === 'ECONNREFUSED') return model.registryFor('@acme/direct').url?.includes(':7999') === true;
  return end === 'EALLOWREMOTE' && row.locked !== undefined;
}

function compared(request: string, row: NpmRow, origin: string, model: ClientModel): string[] {
  const [destination = '', path = '', ...rest] = long(request).split(' ');
  const sent = rest.join(' ');
  const redirected = row.server?.redirMeta ?? row.server?.redirTar;
  const tarball = path.endsWith('.tgz');
  if (redirected && destination === 'B' && !(tarball && row.server?.redirMeta)) return [];
  const name = packageNameOf(path, tarball);
  const predicted = tarball
    ? predictTarball(row, name, row.server?.redirMeta ?? origin, model)
    : predictMetadata(row, name, model);
  const said = `${predicted.destination} ${predicted.path} ${predicted.sent}`;
  const seen = `${destination} ${path} ${sent}`;
  return said === seen ? [] : [`said ${said}, seen ${seen}`];
}

function predictMetadata(row: NpmRow, name: string, model: ClientModel) {
  if (!model.asks(rowDependency(row, name)).metadata)
    return { destination: '-', path: 'no metadata', sent: '' };
  const { url } = model.registryFor(name);
  if (url === null) return { destination: 'P', path: `/${name.replace('/', '%2f')}`, sent: '-' };
  const asked = model.metadataUrl(url, name);
  return requestOf(asked, row, model.credentialFor(asked, url));
}

function predictTarball(row: NpmRow, name: string, origin: string, model: ClientModel) {
  const needed = rowDependency(row, name);
  const { url } = model.registryFor(name);
  const asks = model.asks(needed);
  const servedBy = url === null ? origin : serverOrigin(url, origin);
  const named = tarballOf(row, name, servedBy);
  const asked = asks.tarball ?? model.tarballUrl?.(named, url) ?? named;
  if (model.refusal(asks.tarball ?? named, url, needed))
    return { destination: '-', path: 'refused', sent: '' };
  return requestOf(asked, row, model.credentialFor(asked, url));
}

function refusedNames(row: NpmRow, origin: string, model: ClientModel): string[] {
  return ['@acme/direct', '@acme/trans'].filter((name) => {
    const needed = rowDependency(row, name);
    const tarball = model.asks(needed).tarball ?? tarballOf(row, name, origin);
    return model.refusal(tarball, model.registryFor(name).url, needed) !== null;
  });
}

/** The stand-in for the other host names tarballs on itself, as its metadata does. */
function serverOrigin(registry: string, origin: string): string {
  const { host } = new URL(registry);
  return host.endsWith(':7002') ? new URL(registry).origin : origin;
}

function tarballOf(row: NpmRow, name: string, origin: string): string {
  const prefix = row.server?.tarAtPrefix ? '' : `/projects/${projects[name]}`;
  const base = row.server?.tarExt ?? origin;
  const file = name.startsWith('@acme/') ? `${name}/-/${name}-1.0.0.tgz` : `${name}/-/${name}-1.0.0.tgz`;
  return `${base}${row.server?.root ?? ''}/api/v4${prefix}/packages/npm/${file}`;
}

function rowDependency(row: NpmRow, name: string) {
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
  const source = { kind: 'file', path: 'package-lock.json', line: 9 } as const;
  return dependency(name, {
    kind,
    dependents,
    locked: { version: '1.0.0', tarball, integrity: null, source },
  });
}

function requestOf(asked: string, row: NpmRow, credential: Credential) {
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
    : /((?:@[^/]+%2f)?[^/]+)$/.exec(path);
  return decodeURIComponent(found?.[1] ?? '');
}

function rowWorld(row: NpmRow, origin: string) {
  const { host, hostname, port } = new URL(origin);
  const bom = row.name.startsWith('q14') ? '\uFEFF' : '';
  const eol = row.name.startsWith('q13') ? '\r\n' : '\n';
  const end = row.name.startsWith('q15') ? '' : eol;
  const files = Object.fromEntries(
    Object.entries(row.files).map(([path, lines]) => [path, bom + lines.map(filled).join(eol) + end]),
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
  const workspace = (row.name.startsWith('w') && !row.name.startsWith('w05')) || row.name.startsWith('f08');
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

function long(text: string): string {
  return text.replaceAll('<A>', hostA).replaceAll('<api>', '/api/v4').replaceAll('<npm>', '/packages/npm');
}
