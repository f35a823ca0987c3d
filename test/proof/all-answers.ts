import type { DirectGitLab } from './direct-http.ts';
import {
  apiUrl,
  consumerPath,
  jobTokenValue,
  lockedTarball,
  packageName,
  registryUrl,
  sentToken,
  serverUrl,
  storedTokenValue,
} from './proof-gitlab.ts';
import type { ProofState } from './proof-state.ts';

type Header = readonly [name: string, value: string] | null;

const asJob: Header = ['authorization', `Bearer ${jobTokenValue}`];
const asJobHeader: Header = ['job-token', jobTokenValue];
const asGit: Header = [
  'authorization',
  `Basic ${Buffer.from(`gitlab-ci-token:${jobTokenValue}`).toString('base64')}`,
];

/**
 * One text for the answers to every GET request that a job may send: its client's own, and each npm route, API and repository that a job
 * token or nobody at all may ask, of every group and project that the job can know of: from its variables, its configuration, the names,
 * and whatever an answer names. Two states with one text can't be told apart by any probe. A project at the suggested path that does not
 * prove to hold the package may be any other one, so that its answers say nothing.
 */
export function allAnswers(state: ProofState, gitlab: DirectGitLab): string {
  // the kind of a stored token shows in how it begins
  const said: (number | string)[] = [state.credential === 'stored' ? storedTokenValue(state) : ''];
  const told: string[] = [];
  const ask = (url: string, header: Header) => {
    said.push(gitlab.said(url, header));
    const { status, body } = gitlab.get(url, header);
    if (status === 200 && typeof body === 'string') told.push(body);
  };
  for (const [url, header] of ownRequests(state, gitlab)) ask(url, header);
  ask(`${apiUrl}/job`, asJobHeader);
  const encoded = packageName(state).replace('/', '%2f');
  for (const prefix of [`${apiUrl}/packages/npm/`, ...groupPrefixes(state)]) askPrefix(ask, prefix, encoded);
  const seen = new Set<string>();
  const suggested = `${state.scope.slice(1)}/ui`;
  const wanted = ['512', ...configuredIds(state), ...(holds(gitlab, suggested, encoded) ? [suggested] : [])];
  for (let project = wanted.pop(); project !== undefined; project = wanted.pop()) {
    if (seen.has(project)) continue;
    seen.add(project);
    said.push(project);
    askProject(ask, project, state, encoded);
    for (const text of told.splice(0)) wanted.push(...projectsNamedIn(text));
  }
  return said.join(' ');
}

/** Whether a project proves to hold the package: it gives it, or refuses it where it forwards a name that nobody holds. */
function holds(gitlab: DirectGitLab, path: string, encoded: string): boolean {
  const at = `${apiUrl}/projects/${encodeURIComponent(path)}/packages/npm/`;
  const { status } = gitlab.get(`${at}${encoded}`, asJob);
  const nobody = gitlab.get(`${at}no-such-package-of-anybody`, asJob);
  return status === 200 || (status >= 400 && nobody.status === 302);
}

type Ask = (url: string, header: Header) => void;

function askPrefix(ask: Ask, prefix: string, encoded: string): void {
  for (const header of [asJob, null]) {
    ask(`${prefix}${encoded}`, header);
    ask(`${prefix}-/package/${encoded}/dist-tags`, header);
  }
  ask(`${prefix}no-such-package-of-anybody`, asJob);
}

function askProject(ask: Ask, project: string, state: ProofState, encoded: string): void {
  const name = packageName(state);
  const at = `${apiUrl}/projects/${encodeURIComponent(project)}`;
  askPrefix(ask, `${at}/packages/npm/`, encoded);
  for (const header of [asJob, null]) {
    for (const version of ['1.4.0', '0.9.0'])
      ask(`${at}/packages/npm/${name}/-/${name}-${version}.tgz`, header);
  }
  for (const header of [asJobHeader, null]) {
    ask(`${at}/packages?package_type=npm&package_name=${encodeURIComponent(name)}`, header);
  }
  ask(at, null);
  if (!project.includes('/')) return;
  for (const header of [asGit, null]) {
    ask(`${serverUrl}/${project}.git/info/refs?service=git-upload-pack`, header);
  }
}

/** The requests of the client itself, with what it sends: the tarball that the lockfile names, or the metadata does. */
function* ownRequests(state: ProofState, gitlab: DirectGitLab): Generator<readonly [string, Header]> {
  if (state.config === 'line-missing' && !state.lockfile) return;
  const header = (request: 'metadata' | 'tarball'): Header => {
    const token = sentToken(state, request);
    return token === null ? null : ['authorization', `Bearer ${token}`];
  };
  if (state.lockfile) return yield [lockedTarball(state), header('tarball')];
  const url = `${registryUrl(state)}${packageName(state).replace('/', '%2f')}`;
  yield [url, header('metadata')];
  const { status, body } = gitlab.get(url, header('metadata'));
  const named = status === 200 ? /"tarball":"([^"]+)"/.exec(String(body))?.[1] : undefined;
  if (named !== undefined) yield [named, header('tarball')];
}

/**
 * The root groups that the job can know of. Of a project with a number nobody knows that it lies below the group which the scope names: what
 * that group shows may be about another one.
 */
function groupPrefixes(state: ProofState): readonly string[] {
  const root = consumerPath(state).split('/')[0] ?? '';
  const groups = [
    root,
    ...(state.prefix === 'group' ? ['acme'] : []),
    ...(configuredIds(state).length > 0 ? [] : [state.scope.slice(1)]),
  ];
  return [...new Set(groups)].map((group) => `${apiUrl}/groups/${group}/-/packages/npm/`);
}

function configuredIds({ prefix, lockfile }: ProofState): readonly string[] {
  return prefix === 'project' || lockfile ? ['324'] : [];
}

/** Ids and paths of projects that an answer names: tarballs of metadata, a public project's own words. */
function projectsNamedIn(text: string): readonly string[] {
  const ids = [...text.matchAll(/\/projects\/(\d+)\/packages\/npm\//g)].map((match) => match[1]);
  const paths = [...text.matchAll(/"path_with_namespace":"([^"]+)"/g)].map((match) => match[1]);
  return [...ids, ...paths].filter((one) => one !== undefined);
}
