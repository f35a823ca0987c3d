import type { ClientName } from '../../domain/client.ts';

/** Where each client takes an authority and a proxy from, beside what all of them take (measured on real installs: docs/clients.md). */
const settings = {
  npm: {
    authority: 'npm also reads cafile=… in its configuration',
    proxy:
      'npm prefers https-proxy and proxy of its configuration to the variables, and noproxy there exempts hosts',
  },
  pnpm: {
    authority: 'pnpm also reads cafile=… in its configuration',
    proxy:
      'pnpm prefers https-proxy and proxy of its configuration to the variables, and no-proxy there exempts hosts',
  },
  yarn: {
    authority: 'Yarn 1 also reads cafile=… in .npmrc, and cafile in .yarnrc',
    proxy:
      'Yarn 1 prefers https-proxy and proxy of its configuration to the variables; NO_PROXY counts against the variables only',
  },
  'yarn-berry': {
    authority: 'Yarn 4 also reads httpsCaFilePath in .yarnrc.yml, Yarn 3 caFilePath',
    proxy:
      'Yarn 2 and later read no proxy variable: httpsProxy and httpProxy in .yarnrc.yml (or YARN_HTTPS_PROXY, YARN_HTTP_PROXY) decide',
  },
  bun: {
    authority: 'Bun also reads cafile=… in .npmrc, and cafile in bunfig.toml',
    proxy: 'Bun reads the variables only: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY',
  },
} satisfies Record<ClientName, { authority: string; proxy: string }>;

/** The sentences about a client's own network settings. */
export function networkSettings(client: ClientName): { authority: string; proxy: string } {
  return settings[client];
}
