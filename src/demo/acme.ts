import { type GitLabBuilder, gitlab } from '../simulator/gitlab.ts';
import { jobVariables, manifest, type Scenario } from './scenario.ts';

export const acmeUrl = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-acme-shop';

/** What differs from the usual: nobody's role in acme/ui, or a token whose job is over. */
interface AcmeChanges {
  role?: 'none';
  job?: 'finished';
}

/** A GitLab in which a job of acme/shop, run by alice, may install `@acme/ui@1.4.0` from acme/ui (project 324). */
export function acmeGitlab({ role, job }: AcmeChanges = {}): GitLabBuilder {
  const projects = gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'developer', 'acme/shop')
    .allow('acme/ui', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice', status: job ?? 'running' })
    .package('acme/ui', '@acme/ui', '1.4.0');
  return role === 'none' ? projects : projects.member('alice', 'reporter', 'acme/ui');
}

/** A job of acme/shop that asks for `@acme/ui`, in its usual world unless `parts` says otherwise. */
export function acmeScenario(parts: Pick<Scenario, 'name' | 'story'> & Partial<Scenario>): Scenario {
  return {
    url: acmeUrl,
    gitlab: acmeGitlab(),
    env: jobVariables({
      url: acmeUrl,
      version: '18.2.1',
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token,
    }),
    files: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) },
    home: {},
    npm: '10.9.2',
    command: 'run',
    ...parts,
  };
}

/** The token of the job of acme/shop, for worlds that lay down their own GitLab. */
export const acmeToken = token;

/** A package.json and a package-lock.json that take `@acme/ui@1.4.0` from a server's project 324. */
export function lockedTo(server: string): Readonly<Record<string, string>> {
  const lockfile = {
    name: 'my-project',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'my-project', version: '1.0.0', dependencies: { '@acme/ui': '1.4.0' } },
      'node_modules/@acme/ui': {
        version: '1.4.0',
        resolved: `${server}/api/v4/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz`,
      },
    },
  };
  return {
    'package.json': manifest({ '@acme/ui': '1.4.0' }),
    'package-lock.json': `${JSON.stringify(lockfile, null, 2)}\n`,
  };
}
