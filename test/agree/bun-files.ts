import type { Addresses } from '../clients/real/gitlab-job.ts';
import { token } from '../clients/real/gitlab-job.ts';
import { type ConfigFiles, registryOf } from './npmrc-files.ts';
import type { RandomWorld } from './random-world.ts';

/** What Bun reads beside an `.npmrc`. */
export const bunFaults = [
  'bunfig-scope',
  'bunfig-scope-with-at',
  'bunfig-scope-url-only',
  'bunfig-braces',
  'bunfig-literal',
  'bunfig-of-another-registry',
  'dot-env',
] as const;

export type BunFault = (typeof bunFaults)[number];

/** The bunfig.toml of a world; none where no fault asks for one. */
export function bunFiles(world: RandomWorld, at: Addresses): ConfigFiles {
  const has = (fault: BunFault) => world.faults.includes(fault);
  const dotEnv = has('dot-env') ? { '.env': 'UNSET_TOKEN=from-the-file\nCI_JOB_TOKEN=another\n' } : {};
  if (!world.faults.some((fault) => fault.startsWith('bunfig'))) return { files: dotEnv, env: {} };
  const url = has('bunfig-of-another-registry') ? at.project(512) : registryOf(world, at);
  const name = has('bunfig-scope-with-at') ? `"${world.scope}"` : world.scope.slice(1);
  const value = has('bunfig-literal') ? token : has('bunfig-braces') ? '${CI_JOB_TOKEN}' : '$CI_JOB_TOKEN';
  const scope = has('bunfig-scope-url-only')
    ? `${name} = "${url}"`
    : `${name} = { url = "${url}", token = "${value}" }`;
  return { files: { ...dotEnv, 'bunfig.toml': `[install.scopes]\n${scope}\n` }, env: {} };
}
