import type { RuntimeClientId } from '../../support/runtime-clients.ts';
import type { Addresses, JobFiles } from './gitlab-job.ts';

/** The install of a client without a lockfile, the one that holds to the lockfile, and where it puts a dependency's dependency. */
export interface Habits {
  install: readonly string[];
  frozen: readonly string[];
  lockfile: string;
  /** The folder of `name` at `version`, relative to the checkout, when only a dependency needs it. */
  transitive(name: string, version: string): string;
}

const hoisted = (name: string) => `node_modules/${name}`;
const pnpm: Habits = {
  install: ['install'],
  frozen: ['install', '--frozen-lockfile'],
  lockfile: 'pnpm-lock.yaml',
  transitive: (name, version) =>
    `node_modules/.pnpm/${name.replace('/', '+')}@${version}/node_modules/${name}`,
};
const npm: Habits = {
  install: ['install'],
  frozen: ['ci'],
  lockfile: 'package-lock.json',
  transitive: hoisted,
};
const berry: Habits = {
  install: ['install', '--no-immutable'],
  frozen: ['install', '--immutable'],
  lockfile: 'yarn.lock',
  transitive: hoisted,
};

/** How each client is used. Yarn 2+ as far as `goodConfiguration` asks it for node_modules. */
export const habits = {
  'npm-10': npm,
  'npm-11': npm,
  'npm-12': npm,
  'pnpm-9': pnpm,
  'pnpm-10': pnpm,
  'pnpm-11': pnpm,
  'pnpm-12': pnpm,
  'yarn-1': { ...npm, frozen: ['install', '--frozen-lockfile'], lockfile: 'yarn.lock' },
  'yarn-3': berry,
  'yarn-4': berry,
  bun: { ...npm, frozen: ['install', '--frozen-lockfile'], lockfile: 'bun.lock' },
} as const satisfies Record<RuntimeClientId, Habits>;

/** By hand, what makes each client find `@acme` at the instance's prefix with the job token (clients.md, its last part and section 6). */
export function goodConfiguration(
  id: RuntimeClientId,
  at: Addresses,
): { checkout: Readonly<Record<string, string>>; env: NonNullable<JobFiles['env']> } {
  if (id === 'yarn-3' || id === 'yarn-4') return { checkout: { '.yarnrc.yml': yarnrc(id, at) }, env: {} };
  const registryKey = at.instance.replace(/^https?:/, '');
  const lines = [
    `@acme:registry=${at.instance}`,
    `${registryKey}:_authToken=\${CI_JOB_TOKEN}`,
    `${at.key}/api/v4/projects/:_authToken=\${CI_JOB_TOKEN}`,
    ...(id === 'npm-12' ? ['allow-remote=all'] : []),
    ...(id === 'yarn-1' && at.port !== '' ? [`${registryKey}:custom-host-suffix=${at.host}:${at.port}`] : []),
  ];
  return { checkout: { '.npmrc': `${lines.join('\n')}\n` }, env: { NPM_CONFIG_USERCONFIG: '.npmrc' } };
}

function yarnrc(id: 'yarn-3' | 'yarn-4', at: Addresses): string {
  return [
    'nodeLinker: node-modules',
    ...(at.url.startsWith('http:') ? [`unsafeHttpWhitelist: ["${at.host}"]`] : []),
    'npmScopes:',
    '  acme:',
    `    npmRegistryServer: "${at.instance}"`,
    '    npmAuthToken: "${CI_JOB_TOKEN-}"',
    ...(id === 'yarn-4' ? ['npmPreapprovedPackages: ["@acme/*"]'] : []),
    '',
  ].join('\n');
}
