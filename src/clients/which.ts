import type { ClientModel } from '../domain/client.ts';
import type { Credential } from '../domain/credential.ts';
import type { Dependency } from '../domain/dependency.ts';
import { prefixOf } from '../domain/prefix.ts';
import { formatSource, sameSource } from '../domain/source.ts';
import type { WhichAnswer, WhichRequest } from '../domain/which-answer.ts';
import { withoutUser } from './npmrc/url-user.ts';

/**
 * What is asked: a package, a URL, or both. `tarball` is the package's tarball where it is known, `dependency` the project's entry for the
 * package, whose lockfile may name it.
 */
export interface WhichQuestion {
  packageName: string | null;
  url?: string | null;
  tarball?: string | null;
  dependency?: Dependency;
}

/**
 * Which registry and credential line the client would use: for the package's metadata, for its tarball (where that is not known,
 * for any below the prefix that GitLab serves it from, with `<id>` for the project), and for the URL.
 * `stops` is the client's own text when it asks nothing, or refuses the tarball.
 */
export function which(model: ClientModel, question: WhichQuestion): WhichAnswer {
  const { packageName, url = null } = question;
  const choice = packageName === null ? null : model.registryFor(packageName);
  const registry = choice?.url ?? null;
  const metadata =
    packageName !== null && registry !== null ? model.metadataUrl(registry, packageName) : null;
  const tarball = packageName === null ? null : tarballOf(model, question, packageName, registry);
  const requests: WhichRequest[] = [];
  const { dependency } = question;
  const lender = dependency && model.tarballLender ? model.tarballLender(dependency, registry) : registry;
  const add = (kind: WhichRequest['kind'], shown: string, asked: string) => {
    const from = kind === 'tarball' ? lender : registry;
    requests.push(requestOf(model, kind, shown, model.credentialFor(asked, from)));
  };
  if (metadata !== null) add('metadata', metadata, metadata);
  if (tarball !== null) add('tarball', tarball.shown, tarball.asked);
  if (url !== null) add('url', withoutUser(url), url);
  const stops = stopOf(model, question, tarball?.asked ?? null, registry);
  return {
    package: packageName,
    client: `${model.client.name}@${model.client.version}`,
    registry: choice === null ? null : { url: choice.url, source: choice.source },
    requests,
    ...(stops === null ? {} : { stops }),
  };
}

interface AskedTarball {
  shown: string;
  asked: string;
}

function tarballOf(
  model: ClientModel,
  { tarball, dependency }: WhichQuestion,
  packageName: string,
  registry: string | null,
): AskedTarball | null {
  const asks = dependency ? model.asks(dependency) : null;
  const known = asks?.tarball ?? (tarball ? (model.tarballUrl?.(tarball, registry) ?? tarball) : null);
  if (known !== null) return { shown: withoutUser(known), asked: known };
  return registry === null ? null : anyTarball(model, packageName, registry);
}

/** GitLab serves every tarball below its project's prefix, whatever prefix the metadata was asked at. */
function anyTarball(model: ClientModel, packageName: string, registry: string): AskedTarball | null {
  const prefix = prefixOf(registry);
  if (prefix === null) return null;
  const below = prefix.kind === 'project' ? registry : `${prefix.apiUrl}/projects/0/packages/npm/`;
  const named = `${below}${packageName}/-/${packageName}-0.0.0.tgz`;
  const asked = model.tarballUrl?.(named, registry) ?? named;
  const shown = asked.replace('/projects/0/', '/projects/<id>/').replace(/-0\.0\.0\.tgz$/, '-<version>.tgz');
  return { shown, asked };
}

function stopOf(
  model: ClientModel,
  { packageName, dependency }: WhichQuestion,
  tarball: string | null,
  registry: string | null,
): string | null {
  const refusal =
    tarball === null || packageName === null
      ? null
      : model.refusal(tarball, registry, dependency ?? unlistedDependency(packageName));
  const asked = registry === null || packageName === null ? null : model.metadataUrl(registry, packageName);
  const unasked = asked === null ? null : (model.refusesUrl?.(asked, registry) ?? null);
  const stop = model.stop ?? unasked ?? refusal;
  return stop === null ? null : `${stop.code}: ${stop.message} (${formatSource(stop.source)})`;
}

function unlistedDependency(name: string): Dependency {
  return {
    name,
    alias: null,
    kind: 'prod',
    requested: '*',
    from: 'registry',
    locked: null,
    source: { kind: 'default', why: 'asked for on the command line' },
    dependents: ['.'],
  };
}

function requestOf(
  { settings }: ClientModel,
  kind: WhichRequest['kind'],
  url: string,
  credential: Credential,
): WhichRequest {
  switch (credential.kind) {
    case 'none':
      return { url, kind, credential: null, sent: false };
    case 'token': {
      const { key, source, variable } = credential;
      const state = variable === null ? 'literal' : 'set';
      return { url, kind, credential: { key, source, state }, sent: true };
    }
    case 'unresolved': {
      const { key, source, sends, variable } = credential;
      const setting = settings.find((one) => sameSource(one.source, source));
      const state =
        setting?.variables.find(({ name }) => name === variable)?.state === 'empty' ? 'empty' : 'unset';
      return { url, kind, credential: { key, source, state }, sent: sends !== null };
    }
  }
}
