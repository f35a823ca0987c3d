import { satisfies } from 'semver';
import type { ClientModel } from '../domain/client.ts';
import { type Dependency, isOptional } from '../domain/dependency.ts';
import { extensionsOf } from '../domain/package-extension.ts';
import type { PackumentVersion } from '../domain/packument.ts';
import type { ParentPackage, Project } from '../domain/project.ts';

/** What a project changes in the packages that it installs. */
export type Rewrites = Pick<Project, 'overrides' | 'extensions'>;

/**
 * What a project adds to packages, by the package that then asks for it. Only without a lockfile, which holds all of that; for the project's own packages it is among
 * their dependencies.
 */
export function addedDependencies(
  { extensions = [], overrides = [], lockfile, name, workspaces }: Project,
  client: ClientModel,
): readonly { to: Dependency; added: readonly Dependency[] }[] {
  if (lockfile !== null) return [];
  const own = new Set([name, ...workspaces.map((workspace) => workspace.name)]);
  return extensions
    .filter((extension) => !own.has(extension.name))
    .map((extension) => {
      const { name: extended, range, source } = extension;
      const to: Dependency = {
        name: extended,
        alias: null,
        kind: 'transitive',
        requested: range,
        from: 'registry',
        locked: null,
        source,
        dependents: [],
      };
      const needs = { ...extension, version: range, bundled: [] };
      return { to, added: followedDependencies(to, needs, client, { overrides }) };
    });
}

type Needs = Pick<
  PackumentVersion,
  'version' | 'dependencies' | 'optionalDependencies' | 'peerDependencies' | 'bundled'
>;

/**
 * The packages of a registry that an install fetches for a package. An optional one, and whatever an optional one needs, may fail. Of an override that holds
 * for what is asked only its own package is fetched.
 */
export function followedDependencies(
  parent: Dependency,
  { version, bundled, ...own }: Needs,
  { installsPeers, takesBundled = false }: ClientModel,
  { overrides = [], extensions = [] }: Rewrites,
): readonly Dependency[] {
  const added = extensionsOf(extensions, parent.name, version);
  const peers = { ...merged(added.map((one) => one.peerDependencies)), ...own.peerDependencies };
  const optional = { ...merged(added.map((one) => one.optionalDependencies)), ...own.optionalDependencies };
  const firm = { ...merged(added.map((one) => one.dependencies)), ...own.dependencies };
  const brought = new Set(takesBundled ? bundled : []);
  const askedBy = [{ name: parent.alias === null ? parent.name : null, version }, ...(parent.askedBy ?? [])];
  return Object.entries({ ...(installsPeers ? peers : {}), ...firm, ...optional }).flatMap(
    ([key, asked]): readonly Dependency[] => {
      if (brought.has(key)) return [];
      const override = overrides.find(
        ({ installName, below }) => installName === key && (!below || asksFor(askedBy, below)),
      );
      if (override && override.to?.from !== 'registry') return [];
      const optionalEdge = Object.hasOwn(optional, key);
      const isOptionalWay = optionalEdge || isOptional(parent);
      const target = override?.to ?? targetOf(key, asked);
      if (/^(git|https?|file|github|link|workspace)[:+]/.test(target.requested)) return [];
      return [
        {
          name: target.name,
          alias: target.name === key ? null : key,
          kind: 'transitive',
          requested: target.requested,
          from: 'registry',
          locked: null,
          source: parent.source,
          dependents: [parent.name],
          askedBy,
          ...(isOptionalWay ? { reachedBy: [['optional']] } : {}),
          ...(optionalEdge ? { optionalEdge } : {}),
        },
      ];
    },
  );
}

/** Whether packages, the nearest first, are those below which an override holds. */
function asksFor(packages: NonNullable<Dependency['askedBy']>, wanted: ParentPackage): boolean {
  const { name, range, byWay, below } = wanted;
  const [nearest, ...above] = packages;
  if (nearest === undefined) return false;
  const isMeant = nearest.name === name && (range === null || satisfies(nearest.version, range));
  return (isMeant && (!below || asksFor(above, below))) || (byWay === true && asksFor(above, wanted));
}

function targetOf(key: string, requested: string): { name: string; requested: string } {
  const alias = /^npm:((?:@[^/@]+\/)?[^@]+)@?(.*)$/.exec(requested);
  return alias?.[1] ? { name: alias[1], requested: alias[2] ?? '' } : { name: key, requested };
}

function merged(maps: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  return Object.assign({}, ...maps);
}
