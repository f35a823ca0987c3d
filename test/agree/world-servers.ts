import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import type { Addresses } from '../clients/real/gitlab-job.ts';
import { addresses, token } from '../clients/real/gitlab-job.ts';
import type { Access, RandomWorld } from './random-world.ts';

/** The version of `ui` that everything asks for, and the one of what it needs. */
export const versions = { ui: '1.4.0', tokens: '2.1.0' };

const open: Access = { role: 'reporter', allowlist: 'project', registry: 'enabled', visibility: 'private' };

/** A world in which nothing is refused: what lockfiles are made in. */
export function healthy(world: RandomWorld): RandomWorld {
  return {
    ...world,
    version: '18.5',
    token: 'running',
    objectStorage: false,
    ui: open,
    tokens: open,
    published: 'fits',
  };
}

/** The GitLab of a world: the job's project acme/shop (512), the package projects acme/ui (324) and acme/tokens (325). */
export function gitlabOf(world: RandomWorld): GitLabBuilder {
  const { scope, transitive, published } = world;
  let model = gitlab({
    version: world.version,
    variant: world.variant,
    forwarding: world.forwarding,
    relativeRoot: world.root,
    objectStorage: world.objectStorage,
  })
    .project('acme/shop', { id: 512 })
    .member('alice', 'developer', 'acme/shop');
  model = withProject(model, 'acme/ui', 324, world.ui);
  model = withProject(model, 'acme/tokens', 325, world.tokens);
  const ui = published === 'other-version' ? '3.0.0' : versions.ui;
  const needs = transitive === 'none' ? {} : { dependencies: { [`${scope}/tokens`]: '^2.0.0' } };
  if (published !== 'nothing') model = model.package('acme/ui', `${scope}/ui`, ui, needs);
  const holder = transitive === 'same-project' ? 'acme/ui' : 'acme/tokens';
  model = model.package(holder, `${scope}/tokens`, versions.tokens);
  return model.jobToken(token, { project: 'acme/shop', user: 'alice', status: world.token });
}

function withProject(model: GitLabBuilder, path: string, id: number, access: Access): GitLabBuilder {
  const { role, allowlist, registry, visibility } = access;
  let next = model.project(path, {
    id,
    registry,
    visibility,
    allowlist: allowlist === 'off' ? 'off' : 'on',
  });
  if (role !== 'none') next = next.member('alice', role, path);
  if (allowlist === 'project') return next.allow(path, 'acme/shop');
  if (allowlist === 'group') return next.allow(path, 'acme');
  return allowlist === 'wrong-direction' ? next.allow('acme/shop', path) : next;
}

/** A running GitLab of a world, with its addresses. */
export interface WorldServer {
  gitlab: RunningGitLab;
  at: Addresses;
}

/** Starts the GitLab of a world. */
export async function startWorld(world: RandomWorld, publicRegistry: string): Promise<WorldServer> {
  const running = await startGitLab(gitlabOf(world), { publicRegistry });
  return { gitlab: running, at: addresses(running.url, publicRegistry) };
}
