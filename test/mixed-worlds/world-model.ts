import type { Role, Visibility } from '../../src/domain/access-state.ts';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { packTarball } from '../../src/simulator/tarball.ts';
import { type DirectGitLab, directServer } from '../proof/direct-http.ts';
import { at, type MixedProject, type MixedUser, type MixedWorld, nameOf } from './mixed-world.ts';

export const consumer = { path: 'acme/shop', id: 512 } as const;
const users = ['alice', 'bob', 'group_bot'] as const;
const whole = packTarball({ name: 'any', version: '1.0.0' });
/** Stands for a file that was deleted: see `answerOf`. */
const gone = Buffer.alloc(0);

/** The GitLab of one server of a world. */
export function modelOf(world: MixedWorld, server: number): GitLabBuilder {
  const { version, variant, forwarding, policies, guestsMayPull, enforced } = at(world.servers, server);
  let model = gitlab({
    version,
    variant,
    forwarding,
    policies: policies ? 'all' : [],
    guestsMayPull,
    enforceAllowlist: enforced,
  });
  if (server === 0) {
    const { outbound } = world;
    model = model
      .project(consumer.path, {
        id: consumer.id,
        outbound: outbound === 'off' ? 'off' : outbound.map((project) => at(world.projects, project).path),
      })
      .member('alice', 'developer', consumer.path);
  }
  for (const project of world.projects) {
    if (project.server === server && project.exists) model = withProject(model, project);
  }
  for (const { path } of model.groups) model = model.group(path, { visibility: shownBy(model, path) });
  world.packages.forEach(({ versions, next, needs }, index) => {
    const dependencies = namesOf(
      world,
      needs.filter(({ how }) => how !== 'optional'),
    );
    const optionalDependencies = namesOf(
      world,
      needs.filter(({ how }) => how === 'optional'),
    );
    const bundleDependencies = Object.keys(
      namesOf(
        world,
        needs.filter(({ how }) => how === 'bundled'),
      ),
    );
    for (const one of versions) {
      const project = at(world.projects, one.project);
      if (project.server !== server || !project.exists) continue;
      model = model.package(project.path, nameOf(world, index), one.version, {
        tarball: one.gone ? gone : whole,
        tags: next === one.version ? ['next'] : [],
        ...(one.deprecated ? { deprecated: 'use another' } : {}),
        manifest: { dependencies, optionalDependencies, bundleDependencies },
      });
    }
  });
  return withTokens(model, world, server);
}

/** No group shows less than a project in it (GitLab: visibility of groups and projects). */
function shownBy({ projects }: GitLabBuilder, group: string): Visibility {
  const inside = projects
    .filter(({ path }) => path.startsWith(`${group}/`))
    .map(({ visibility }) => visibility);
  return (['public', 'internal'] as const).find((one) => inside.includes(one)) ?? 'private';
}

function namesOf(world: MixedWorld, needs: MixedWorld['packages'][number]['needs']): Record<string, string> {
  return Object.fromEntries(needs.map((need) => [nameOf(world, need.package), need.range]));
}

function withProject(
  model: GitLabBuilder,
  { id, path, visibility, registry, repository, allowlist, roles, server }: MixedProject,
): GitLabBuilder {
  const isOwn = server === 0 && path === consumer.path;
  let next = model.project(path, {
    id,
    visibility,
    registry,
    allowlist: allowlist === 'off' ? 'off' : 'on',
    ...(repository !== 'there' && { repository }),
  });
  for (const user of users) {
    if (roles[user] !== 'none')
      next = next.member(user, isOwn ? atLeastGuest(roles[user]) : roles[user], path);
  }
  if (isOwn || server !== 0) return next;
  switch (allowlist) {
    case 'project':
      return next.allow(path, consumer.path);
    case 'group':
      return next.allow(path, 'acme');
    case 'without-permission':
      return next.allow(path, consumer.path, []);
    case 'wrong-direction':
      return next.allow(consumer.path, path);
    default:
      return next;
  }
}

function atLeastGuest(role: Role): Role {
  return role === 'none' ? 'guest' : role;
}

function withTokens(model: GitLabBuilder, world: MixedWorld, server: number): GitLabBuilder {
  let next = model;
  for (const token of world.tokens) {
    const { kind, value, user, narrow, alive, everywhere, project } = token;
    if (token.server !== server && !everywhere) continue;
    if (everywhere) {
      next = asOwner(next.personalToken(value, { user: 'root' }));
    } else if (kind === 'job') {
      next = next.jobToken(value, {
        project: consumer.path,
        user: 'alice',
        status: alive ? 'running' : 'finished',
      });
    } else if (!alive) {
      // a revoked token is nobody's
    } else if (kind === 'personal') {
      next = next.personalToken(value, { user, scopes: [narrow ? 'read_repository' : 'read_api'] });
    } else {
      const { path } = at(world.projects, project);
      next = next.deployToken(value, {
        project: path,
        scopes: [narrow ? 'read_repository' : 'read_package_registry'],
      });
    }
  }
  return next;
}

function asOwner(model: GitLabBuilder): GitLabBuilder {
  return model.projects.reduce((next, { path }) => next.member('root', 'owner', path), model);
}

export type { MixedUser };

/** Every server of a world, asked without sockets. What two worlds have in common is kept. */
export class Servers {
  readonly #known = new Map<string, DirectGitLab>();

  of(world: MixedWorld): readonly DirectGitLab[] {
    return world.servers.map((server, index) => {
      const key = JSON.stringify([
        index,
        world.servers,
        world.projects,
        world.outbound,
        world.tokens,
        world.packages,
      ]);
      const known = this.#known.get(key);
      if (known) return known;
      const fresh = withoutGoneFiles(directServer(modelOf(world, index), server.url));
      if (this.#known.size > mostKept) this.#known.clear();
      this.#known.set(key, fresh);
      return fresh;
    });
  }
}

const mostKept = 2_000;

/** A file that was deleted is not found, though its version is listed. */
function withoutGoneFiles(server: DirectGitLab): DirectGitLab {
  return {
    ...server,
    get(url, header) {
      const reply = server.get(url, header);
      if (reply.status !== 200 || !Buffer.isBuffer(reply.body) || reply.body.length > 0) return reply;
      return {
        status: 404,
        headers: { 'content-type': 'application/json' },
        body: '{"message":"404 Not found"}',
      };
    },
  };
}
