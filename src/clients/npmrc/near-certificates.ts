import type { ClientNetwork } from '../../domain/client-network.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { pathsOf } from '../world-paths.ts';
import type { ConfigEntry } from './config-entry.ts';

/** Certificate settings as the keys of one registry have them. */
export type NearSetting = 'ca' | 'cafile' | 'cert' | 'certfile' | 'key' | 'keyfile';

/**
 * The settings of certificates that stand behind keys of the first private registry (`//host/path/:cafile`): the nearest key on the way up to the host that has one; `portless`: then one
 * without its port (pnpm's network settings by URL; npm knows `certfile` and `keyfile`).
 */
export function nearCertificates(
  effective: ReadonlyMap<string, ConfigEntry>,
  portless: boolean,
): (name: NearSetting) => ConfigEntry | undefined {
  const lines = [...effective.values()].filter(
    ({ key, value }) => /^(?:@[^:]*:)?registry$/.test(key) && URL.canParse(value),
  );
  const first = lines.find(({ key }) => key !== 'registry') ?? lines[0];
  if (first === undefined) return () => undefined;
  const { host, hostname, pathname } = new URL(first.value);
  const folders = pathname.split('/').filter(Boolean);
  const ways = folders.map((_, index) => `/${folders.slice(0, folders.length - index).join('/')}/`);
  const keys = (portless ? [host, hostname] : [host]).flatMap((name) =>
    [...ways, '/'].map((way) => `//${name}${way}`),
  );
  return (name) => keys.map((key) => effective.get(`${key}:${name}`)).find((entry) => entry?.value);
}

/** The client's own certificate by `certfile` and `keyfile` (`cert` and `key`) of that registry, else by `cert` and `key` for all; nothing unless both are there. */
export function ownCertificate(
  world: ClientWorld,
  effective: ReadonlyMap<string, ConfigEntry>,
  near: (name: NearSetting) => ConfigEntry | undefined = () => undefined,
): Pick<ClientNetwork, 'certificate'> {
  const fileOf = (name: NearSetting) => {
    const path = near(name)?.value;
    const reading = path && world.files.read(pathsOf(world).resolve(world.projectDirectory, path));
    return reading && reading.kind === 'text' ? reading.text : undefined;
  };
  const textOf = (name: 'cert' | 'key') =>
    fileOf(`${name}file`) ?? near(name)?.value.replaceAll('\\n', '\n') ?? effective.get(name)?.value;
  const [cert, key] = [textOf('cert'), textOf('key')];
  return cert && key ? { certificate: { cert, key } } : {};
}
