import type { Edit, Remedy } from '../../src/domain/remedy.ts';
import type { Finding } from '../../src/domain/report.ts';
import { GitLabBuilder as Builder, type GitLabBuilder } from '../../src/simulator/gitlab.ts';
import { applyGitHubRemedy, asWorkflowSays } from './apply-github-remedy.ts';
import type { TestWorld } from './test-world.ts';

/**
 * The world after a finding's remedy was carried out to the letter: its edit where it has one, else the change on GitLab that it asks
 * for, in the project that its request or page names. `null` for remedies that no test can carry out.
 */
export function applyRemedy(world: TestWorld, finding: Finding): TestWorld | null {
  const { edit } = finding.remedy;
  if (edit) {
    const edited = withEdit(world, edit);
    return finding.cause === 'workflow-permission-missing' ? asWorkflowSays(edited) : edited;
  }
  const onGitHub = applyGitHubRemedy(world, finding);
  if (onGitHub) return onGitHub;
  const gitlab = changedGitLab(world, finding);
  if (gitlab) return { ...world, gitlab };
  switch (finding.cause) {
    case 'token-missing':
      return { ...world, env: { ...world.env, CI_JOB_TOKEN: jobToken(world) } };
    case 'lockfile-pins-other-registry':
      return withRewrittenLockfile(world, finding.remedy);
    case 'publish-to-read-only-prefix':
    case 'malformed-rc-line':
    case 'already-published':
      return withChangedManifest(world, finding.remedy);
    default:
      return null;
  }
}

function withEdit(world: TestWorld, edit: Edit): TestWorld {
  const inHome = /[\\/]home[\\/]runner[\\/](.+)$/.exec(edit.file)?.[1];
  const place = inHome ? 'home' : 'files';
  const name = inHome ?? edit.file;
  const text = world[place][name] ?? '';
  return { ...world, [place]: { ...world[place], [name]: edited(text, edit, world.env) } };
}

/** Throws when the line is not the one that the edit describes (`…` stands for a value that is not shown). */
function edited(text: string, { line, before, after }: Edit, env: TestWorld['env']): string {
  if (line === null) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${after ?? ''}\n`;
  const lines = text.split('\n');
  const found = (lines[line - 1] ?? '').replace(/["']/g, '').replace(/\s*=\s*/, '=');
  const expanded = found.replace(/\$\{(\w+)\}/g, (reference, name: string) => env[name] ?? reference);
  const start = (before ?? '')
    .replace(/….*$/s, '')
    .replace(/["']/g, '')
    .replace(/\s*=\s*/, '=');
  if (!found.startsWith(start) && !expanded.startsWith(start))
    throw new Error(`line ${line} is "${found}", not "${before}"`);
  lines.splice(line - 1, 1, ...(after === null ? [] : [after]));
  return lines.join('\n');
}

function changedGitLab(
  world: TestWorld,
  { cause, title, packages: [label = ''], remedy: { request, url, summary: remedySummary } }: Finding,
): GitLabBuilder | null {
  const model = new Builder(world.gitlab);
  const project = projectOf(model, world.url, request?.url ?? url ?? '');
  const consumer = world.env.CI_PROJECT_PATH ?? '';
  const at = label.lastIndexOf('@');
  const name = label.slice(0, at);
  switch (cause) {
    case 'not-on-allowlist': {
      const target = request?.data.target_project_id;
      const named = model.projects.find(({ id }) => id === target)?.path;
      return project === null ? null : model.allow(project, named ?? consumer);
    }
    case 'role-missing': {
      const group = /\/groups\/([\w./-]+?)\/-\/group_members$/.exec(url ?? '')?.[1];
      if (group !== undefined)
        return model.member(storedToken(world)?.user ?? world.env.GITLAB_USER_LOGIN ?? '', 'reporter', group);
      if (project === null || storedToken(world)?.kind === 'deploy')
        return withDeployToken(model, world, project);
      return model.member(
        String(request?.data.username ?? storedToken(world)?.user ?? world.env.GITLAB_USER_LOGIN),
        'reporter',
        project,
      );
    }
    case 'publish-role-missing':
      return project === null ? null : model.member(personNamed(world, title, request), 'developer', project);
    case 'package-protected':
      return project === null ? null : model.project(project, { protections: [] });
    case 'address-not-allowed':
      return model.groups.some(({ ipRestricted }) => ipRestricted)
        ? model.group(consumer.split('/')[0] ?? '', { ipRestricted: false })
        : null;
    case 'fine-grained-permission-missing':
      return project === null ? null : model.allow(project, consumer, 'default');
    case 'registry-restricted':
      if (remedySummary.startsWith('switch packages on for the whole'))
        return model.set({ packagesOff: false });
      return project === null ? null : model.project(project, { registry: 'enabled' });
    case 'outbound-limit':
      return model.project(consumer, { outbound: 'off' });
    case 'token-rejected': {
      if (title.includes(' refuses every request of '))
        return model.user(storedToken(world)?.user ?? world.env.GITLAB_USER_LOGIN ?? '', { denied: null });
      const variable = /in (\w+)$/.exec(title)?.[1] ?? '';
      const value = world.env[variable] ?? '';
      if (variable !== 'CI_JOB_TOKEN') return model.personalToken(value, { user: 'alice' });
      return model.jobToken(jobToken(world), { project: consumer, user: world.env.GITLAB_USER_LOGIN ?? '' });
    }
    case 'token-scope-missing':
      if (storedToken(world)?.kind === 'deploy') return withDeployToken(model, world, project);
      return model.personalToken(world.env.NPM_TOKEN ?? '', {
        user: 'alice',
        scopes: [/scope (\w+) /.exec(remedySummary)?.[1] ?? 'read_api'],
      });
    case 'forwarded-to-public':
    case 'package-not-found':
    case 'version-not-found':
      return model.package('acme/ui', name, label.slice(at + 1).replace('^', ''));
    default:
      return null;
  }
}

/** The path of the project that a URL of the API, or of the web pages, leads to. */
function projectOf(model: GitLabBuilder, server: string, url: string): string | null {
  const segment = /\/projects\/([^/]+)/.exec(url)?.[1];
  const path = url.startsWith(`${server}/`) ? url.slice(server.length + 1).split(/\/-\/|\/edit/)[0] : '';
  const wanted = segment === undefined ? path : decodeURIComponent(segment);
  return model.projects.find((one) => one.path === wanted || String(one.id) === wanted)?.path ?? null;
}

/** The token beside the job's: its kind, and whose it is. */
function storedToken({ gitlab, env }: TestWorld): { kind: string; user?: string } | null {
  return gitlab.tokens.find(({ value }) => value === env.NPM_TOKEN) ?? null;
}

/** The stored value as a deploy token of the project that a remedy leads to. */
function withDeployToken(
  model: GitLabBuilder,
  { env }: TestWorld,
  project: string | null,
): GitLabBuilder | null {
  if (project === null) return null;
  return model.deployToken(env.NPM_TOKEN ?? '', { project, scopes: ['read_package_registry'] });
}

function jobToken({ gitlab }: TestWorld): string {
  return gitlab.tokens.find(({ kind }) => kind === 'job')?.value ?? '';
}

/** What the printed command makes of the lockfile: a replaced address, or that of where GitLab has the package. */
function withRewrittenLockfile(world: TestWorld, { command }: Remedy): TestWorld {
  const name = /^npm install (@?[^@]+)@\S+ --package-lock-only$/.exec(command ?? '')?.[1];
  if (name !== undefined) return withLockedAgain(world, name);
  const [, from = '', to = ''] = /replaceAll\('([^']+)','([^']+)'\)/.exec(command ?? '') ?? [];
  const path = /p='([^']+)'/.exec(command ?? '')?.[1] ?? '';
  const lock = world.files[path] ?? '';
  return { ...world, files: { ...world.files, [path]: lock.replaceAll(from, to) } };
}

function withLockedAgain(world: TestWorld, name: string): TestWorld {
  const path = 'package-lock.json';
  const lock = JSON.parse(world.files[path] ?? '{}');
  const entry = lock.packages[`node_modules/${name}`];
  const held = world.gitlab.packages.find((one) => one.name === name && one.version === entry.version);
  const project = world.gitlab.projects.find((one) => one.path === held?.project);
  if (!project) throw new Error(`GitLab has no ${name} ${entry.version}`);
  entry.resolved = `${world.url}/api/v4/projects/${project.id}/packages/npm/${name}/-/${name}-${entry.version}.tgz`;
  return { ...world, files: { ...world.files, [path]: JSON.stringify(lock, null, 2) } };
}

/** Whom a remedy gives a role: the request's user, else the first word of the title. */
function personNamed(world: TestWorld, title: string, request: Remedy['request']): string {
  return String(request?.data.username ?? title.split(' ')[0] ?? world.env.GITLAB_USER_LOGIN);
}

/** What `npm pkg set` and `npm version patch` make of the package.json. */
function withChangedManifest(world: TestWorld, { command = '' }: Remedy): TestWorld | null {
  const manifest = JSON.parse(world.files['package.json'] ?? '{}');
  const [, dotted, bracketed, value] =
    /^npm pkg set "publishConfig(?:\.([^=.[\]]+)|\[([^=[\]]+)\])=(.+)"$/.exec(command) ?? [];
  const key = dotted ?? bracketed;
  if (key !== undefined) manifest.publishConfig = { ...manifest.publishConfig, [key]: value };
  else if (command.startsWith('npm version patch'))
    manifest.version = `${manifest.version}.9`.replace(/\d+\.9$/, '9');
  else return null;
  return { ...world, files: { ...world.files, 'package.json': `${JSON.stringify(manifest, null, 2)}\n` } };
}
