import type { Addresses } from '../clients/real/gitlab-job.ts';
import { type ConfigFiles, registryOf } from './npmrc-files.ts';
import type { RandomWorld } from './random-world.ts';

/** What pnpm reads beside an `.npmrc`. */
export const pnpmFaults = [
  'registries-in-workspace-file',
  'minimum-release-age',
  'minimum-release-age-excluded',
  'auth-ini',
  'key-as-pnpm-variable',
  'own-rc',
  'trusted-lockfile',
] as const;

export type PnpmFault = (typeof pnpmFaults)[number];

/** The files that only pnpm reads, and the variables. `packages` is there whenever the file is: pnpm 9 stops without. */
export function pnpmFiles(world: RandomWorld, at: Addresses): ConfigFiles {
  const has = (fault: PnpmFault) => world.faults.includes(fault);
  const url = registryOf(world, at);
  const yaml = [
    ...(has('registries-in-workspace-file') ? ['registries:', `  "${world.scope}": ${url}`] : []),
    ...(has('minimum-release-age') || has('minimum-release-age-excluded') ? ['minimumReleaseAge: 1440'] : []),
    ...(has('trusted-lockfile') ? ['trustLockfile: true'] : []),
    ...(has('minimum-release-age-excluded') ? ['minimumReleaseAgeExclude:', `  - "${world.scope}/*"`] : []),
  ];
  const key = `${url.replace(/^https?:/, '')}:_authToken`;
  const projects = `${at.key}/api/v4/projects/:_authToken`;
  const workspace = world.shape === 'workspace';
  return {
    files: {
      ...(yaml.length > 0 || workspace
        ? {
            'pnpm-workspace.yaml': `${['packages:', `  - "${workspace ? 'apps/*' : '.'}"`, ...yaml].join('\n')}\n`,
          }
        : {}),
      ...(has('own-rc')
        ? { '~/.config/pnpm/rc': `${key}=\${CI_JOB_TOKEN}\n${projects}=\${CI_JOB_TOKEN}\n` }
        : {}),
      ...(has('auth-ini')
        ? {
            '~/.config/pnpm/auth.ini': `${key}=\${CI_JOB_TOKEN}\n${projects}=\${CI_JOB_TOKEN}\n`,
          }
        : {}),
    },
    env: has('key-as-pnpm-variable')
      ? { [`pnpm_config_${key}`]: '${CI_JOB_TOKEN}', [`pnpm_config_${projects}`]: '${CI_JOB_TOKEN}' }
      : {},
  };
}
