import type { RuntimeClientId } from './runtime-clients.ts';

/** How a client comes to trust a private authority, and how it says that it does not. */
export interface Trust {
  /** What it prints for a certificate of an authority that it does not know. */
  refusal: RegExp;
  /** The line that names the authority's PEM file, and the project's file in which the client reads it. */
  setting: { file: '.npmrc' | '.yarnrc.yml'; line(authority: string): string };
  /** Whether it takes the authorities of `SSL_CERT_FILE` without being told to. */
  sslCertFile: boolean;
  /** The line in that file by which it would do without trust. `works` is false where the client reads the line and still refuses. */
  unchecked: { line: string; works: boolean };
}

const node = /unable to verify the first certificate/;
const npmrc = { file: '.npmrc', line: (authority: string) => `cafile=${authority}` } as const;
const strictSsl = { line: 'strict-ssl=false', works: true };
const ofNode = { refusal: node, setting: npmrc, sslCertFile: false, unchecked: strictSsl };
const npm = { ...ofNode, refusal: /code UNABLE_TO_VERIFY_LEAF_SIGNATURE/ };
const pnpm = { ...ofNode, refusal: /ERR_PNPM_META_FETCH_FAIL.*unable to verify the first certificate/ };
const berry = {
  refusal: /YN0001: .*unable to verify the first certificate/,
  sslCertFile: false,
  unchecked: { line: 'enableStrictSsl: false', works: true },
};

/** Measured with a server that sends its own certificate only, on the Nodes of `runtimeClients`. */
export const trust = {
  'npm-10': npm,
  'npm-11': npm,
  'npm-12': npm,
  'pnpm-9': pnpm,
  'pnpm-10': pnpm,
  'pnpm-11': pnpm,
  'pnpm-12': {
    ...ofNode,
    refusal: /ERR_PNPM_RESOLVING_NPM_RESOLVER_NETWORK_ERROR[\s\S]*UnknownIssuer/,
    sslCertFile: true,
  },
  'yarn-1': { ...ofNode, unchecked: { ...strictSsl, works: false } },
  'yarn-3': {
    ...berry,
    setting: { file: '.yarnrc.yml', line: (authority) => `caFilePath: "${authority}"` },
  },
  'yarn-4': {
    ...berry,
    setting: { file: '.yarnrc.yml', line: (authority) => `httpsCaFilePath: "${authority}"` },
  },
  bun: {
    ...ofNode,
    refusal: /UNABLE_TO_VERIFY_LEAF_SIGNATURE/,
    sslCertFile: true,
    unchecked: { ...strictSsl, works: false },
  },
} as const satisfies Record<RuntimeClientId, Trust>;

/** Variables by which every one of these clients, and Node itself, trusts the authority in a PEM file. Measured. */
export function trustVariables(authority: string): Readonly<Record<string, string>> {
  return { NODE_EXTRA_CA_CERTS: authority };
}
