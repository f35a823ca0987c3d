import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { dump as stringify } from 'js-yaml';
import type { Addresses } from '../clients/real/gitlab-job.ts';
import { type Ran, runHastyProgram, runProgram } from '../support/run-program.ts';
import { temporaryFolder, writeTree } from '../support/temporary-tree.ts';

const root = join(import.meta.dirname, '..', '..');
export const template = join(root, 'templates', 'npmrc-preflight.yml');
export const { version } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};
/** Jobs of GitLab's component, and gitlab-ci-local, want a POSIX shell. */
export const posix = process.platform !== 'win32';
/** Milliseconds for a whole pipeline, with room for a machine that has more to do. */
export const patience = 150_000;
const gitlabCiLocal = join(root, 'node_modules', 'gitlab-ci-local', 'dist', 'index.js');
const componentHost = 'gitlab.example.test';

/** How a pipeline takes the component in. `components/npmrc-preflight` is there with one tag: this version. */
export type Inclusion =
  | { local: string }
  | { component: string }
  | { project: string; ref: string; file: string }
  | { remote: string };

/**
 * A consumer project: its files, what it includes with which inputs, and the rest of its `.gitlab-ci.yml`. When that includes the component itself,
 * `checks` names its jobs.
 */
export interface ConsumerProject {
  files: Readonly<Record<string, string>>;
  includes: readonly (Inclusion & { inputs?: Readonly<Record<string, unknown>> })[];
  jobs: string;
  checks?: readonly string[];
  home?: Readonly<Record<string, string>>;
}

/** A place where pipelines run by `gitlab-ci-local`, with nothing of this machine's user or environment in it. */
export interface PipelineBench {
  checkout: string;
  home: string;
  run(...args: readonly string[]): Promise<Ran>;
  /** What a job left as artifacts, and the folder in which it ran. */
  artifacts(job: string): string;
  built(job: string): string;
  remove(): void;
}

/** What a bench stands on: programs by folder for the path, variables of every job, and where the component's own project is. */
export interface BenchGround {
  bin: readonly string[];
  variables: Readonly<Record<string, string>>;
  component: string;
}

/** The variables that differ from what gitlab-ci-local makes up: those of a job of `acme/shop` at this address. */
export function gitlabVariables(
  at: Pick<Addresses, 'url' | 'api'>,
  token: string,
): Readonly<Record<string, string>> {
  return {
    GITLAB_CI: 'true',
    CI_API_V4_URL: at.api,
    CI_SERVER_URL: at.url,
    CI_SERVER_VERSION: '18.5.0',
    CI_PROJECT_ID: '512',
    CI_PROJECT_PATH: 'acme/shop',
    CI_PROJECT_ROOT_NAMESPACE: 'acme',
    CI_PROJECT_URL: `${at.url}/acme/shop`,
    GITLAB_USER_LOGIN: 'alice',
    CI_JOB_TOKEN: token,
  };
}

/** The component's own project as a bare repository, with the tag of this version, below a folder. Gives that folder. */
export async function publishComponent(): Promise<string> {
  const place = temporaryFolder();
  const work = join(place, 'work');
  writeTree(work, {
    'templates/npmrc-preflight.yml': fs.readFileSync(template, 'utf8'),
    'README.md': '# component\n',
  });
  await commit(work, place);
  await git(work, place, 'tag', version);
  const bare = join(place, 'components', 'npmrc-preflight.git');
  fs.mkdirSync(join(place, 'components'));
  await git(work, place, 'clone', '--quiet', '--bare', '.', bare);
  for (const setting of ['uploadpack.allowFilter', 'uploadpack.allowAnySHA1InWant']) {
    await git(bare, place, 'config', setting, 'true');
  }
  return place;
}

/** Lays a consumer project down, committed and with a remote, as `acme/shop`. */
export async function layConsumer(
  project: ConsumerProject,
  { bin, variables, component }: BenchGround,
): Promise<PipelineBench> {
  const folder = temporaryFolder();
  const checkout = join(folder, 'checkout');
  const home = join(folder, 'home');
  for (const place of [home, join(folder, 'tmp')]) fs.mkdirSync(place);
  const built = (job: string) => join(checkout, '.gitlab-ci-local', 'builds', job);
  const { includes } = project;
  const names =
    project.checks ?? includes.map(({ inputs }) => String(inputs?.['job-name'] ?? 'npmrc-preflight'));
  // for a job with an image, gitlab-ci-local invents a folder of a container that is not there
  const here = Object.fromEntries(
    names.map((name) => [name, { variables: { CI_PROJECT_DIR: built(name) } }]),
  );
  const head = includes.length > 0 ? { include: [...includes, { local: 'here.yml' }] } : here;
  writeTree(checkout, {
    '.gitignore': '.gitlab-ci-local\nnode_modules\n',
    '.gitlab-ci.yml': `${names.length > 0 ? stringify(head) : ''}\n${project.jobs}`,
    'here.yml': stringify(here),
    ...project.files,
  });
  writeTree(home, project.home ?? {});
  await commit(checkout, home);
  await git(checkout, home, 'remote', 'add', 'origin', `http://${componentHost}/acme/shop.git`);
  await git(checkout, home, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git(checkout, home, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const own = [...Object.keys(variables), 'CI_PROJECT_DIR'];
  return {
    checkout,
    home,
    run: async (...args) =>
      runHastyProgram(
        process.execPath,
        [
          gitlabCiLocal,
          '--force-shell-executor',
          '--shell-isolation',
          '--no-color',
          '--no-artifacts-to-source',
          '--ignore-predefined-vars',
          own.join(','),
          ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
          ...args,
        ],
        {
          cwd: checkout,
          timeout: patience,
          env: {
            ...gitEnvironment(component),
            PATH: await searchPath(bin),
            HOME: home,
            TMPDIR: join(folder, 'tmp'),
          },
        },
      ),
    artifacts: (job) => join(checkout, '.gitlab-ci-local', 'artifacts', job),
    built,
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Makes git take the projects of `components/` from a folder. */
function gitEnvironment(place: string): Readonly<Record<string, string>> {
  const origins = [`http://${componentHost}/components/`, `http://${componentHost}:80/components/`];
  return {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: String(origins.length),
    ...Object.fromEntries(
      origins.flatMap((origin, index) => [
        [`GIT_CONFIG_KEY_${index}`, `url.file://${join(place, 'components')}/.insteadOf`],
        [`GIT_CONFIG_VALUE_${index}`, origin],
      ]),
    ),
  };
}

/** The programs given, then rsync, and last the folders of the system's bash and git. */
async function searchPath(bin: readonly string[]): Promise<string> {
  const script = join(root, 'scripts', 'install-program.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, 'rsync'], { encoding: 'utf8' });
  const system = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => ['bash', 'git', 'cp'].some((name) => fs.existsSync(join(folder, name))));
  return [...bin, join(stdout.trim(), '..'), ...system].join(delimiter);
}

async function commit(checkout: string, home: string): Promise<void> {
  await git(checkout, home, 'init', '--quiet', '--initial-branch=main');
  await git(checkout, home, 'add', '--all');
  await git(
    checkout,
    home,
    '-c',
    'user.name=Alice',
    '-c',
    'user.email=alice@example.test',
    'commit',
    '--quiet',
    '-m',
    'all',
  );
}

async function git(cwd: string, home: string, ...args: readonly string[]): Promise<void> {
  const env = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const ran = await runProgram('git', args, { cwd, env });
  if (ran.code !== 0) throw new Error(`git ${args.join(' ')}: ${ran.stderr}`);
}
