import { packTarball } from '../../src/simulator/tarball.ts';

/** What a caller sends, as the server of the state knows it. */
export type Caller = 'nobody' | 'reader' | 'narrow' | 'stranger';

/** A refusal in a product's own words. */
interface Refusal {
  status: number;
  body: string;
  asks?: string;
}

/** How a kind of registry addresses packages and refuses (its own documentation and sources). `page`: a sign-in page stands for a refusal. */
export interface Product {
  /** Ends with a slash. */
  url: string;
  tarball(url: string, name: string, version: string): string;
  nobody: Refusal;
  stranger: Refusal | 'as-nobody';
  narrow: Refusal;
  absent: Refusal;
  /** It takes user and password alone; a bearer token is nobody's. */
  passwordsOnly?: true;
}

const json = (value: unknown) => JSON.stringify(value);
const plainTarball = (url: string, name: string, version: string) =>
  `${url}${name}/-/${name.split('/')[1]}-${version}.tgz`;
const verdaccio: Product = {
  url: 'https://npm.corp.test/',
  tarball: plainTarball,
  nobody: { status: 401, body: json({ error: 'authorization required to access package @corp/ui' }) },
  stranger: { status: 401, body: json({ error: 'authorization required to access package @corp/ui' }) },
  narrow: { status: 403, body: json({ error: 'user bob is not allowed to access package @corp/ui' }) },
  absent: { status: 404, body: json({ error: 'no such package available' }) },
};
const nexus: Product = {
  url: 'https://nexus.corp.test/repository/npm-private/',
  tarball: plainTarball,
  nobody: { status: 401, body: '', asks: 'BASIC realm="Sonatype Nexus Repository Manager"' },
  stranger: { status: 401, body: '', asks: 'BASIC realm="Sonatype Nexus Repository Manager"' },
  narrow: { status: 403, body: '' },
  absent: { status: 404, body: json({ success: false, error: "Package '@corp/ui' not found" }) },
};
const artifactory: Product = {
  url: 'https://corp.jfrog.test/artifactory/api/npm/npm-local/',
  tarball: (url, name, version) => `${url}${name}/-/${name}-${version}.tgz`,
  nobody: {
    status: 401,
    body: json({ errors: [{ status: 401, message: 'Authentication is required' }] }),
    asks: 'Basic realm="Artifactory Realm"',
  },
  stranger: {
    status: 401,
    body: json({ errors: [{ status: 401, message: 'Bad credentials' }] }),
    asks: 'Basic realm="Artifactory Realm"',
  },
  narrow: { status: 403, body: json({ errors: [{ status: 403, message: 'Forbidden' }] }) },
  absent: { status: 404, body: json({ error: 'not_found', reason: 'document not found' }) },
};

export const products = {
  verdaccio,
  /** Tokens of its JSON form that do not hold are nobody's. */
  'verdaccio on a port': { ...verdaccio, url: 'https://npm.corp.test:4873/', stranger: 'as-nobody' },
  nexus,
  'nexus without the realm': { ...nexus, passwordsOnly: true },
  artifactory,
  'artifactory that hides': {
    ...artifactory,
    narrow: artifactory.absent,
    nobody: artifactory.absent,
  },
  azure: {
    url: 'https://pkgs.azure.test/corp/_packaging/feed/npm/registry/',
    tarball: plainTarball,
    nobody: {
      status: 401,
      body: json({ message: "TF400813: The user '' is not authorized to access this resource." }),
      asks: 'Bearer authorization_uri=https://login.azure.test/corp, Basic realm="https://pkgs.azure.test/"',
    },
    stranger: {
      status: 401,
      body: '',
      asks: 'Bearer authorization_uri=https://login.azure.test/corp, Basic realm="https://pkgs.azure.test/"',
    },
    narrow: {
      status: 403,
      body: json({
        message: "User 'bob' lacks permission to complete this action. You need to have 'ReadPackages'.",
      }),
    },
    absent: {
      status: 404,
      body: json({ message: "The package '@corp/ui' could not be found in the feed." }),
    },
  },
  codeartifact: {
    url: 'https://corp-1111.d.codeartifact.test/npm/private/',
    tarball: plainTarball,
    nobody: { status: 401, body: json({ message: 'Unauthenticated' }), asks: 'Bearer' },
    stranger: {
      status: 403,
      body: json({ message: 'The security token included in the request is expired' }),
    },
    narrow: {
      status: 403,
      body: json({ message: 'User is not authorized to perform: codeartifact:ReadFromRepository' }),
    },
    absent: { status: 404, body: json({ message: 'Package not found' }) },
  },
  gitea: {
    url: 'https://git.corp.test/api/packages/corp/npm/',
    tarball: (url, name, version) =>
      `${url}${encodeURIComponent(name)}/-/${version}/${name.split('/')[1]}-${version}.tgz`,
    nobody: {
      status: 401,
      body: json({ error: 'reqPackageAccess' }),
      asks: 'Basic realm="Gitea Package API"',
    },
    stranger: {
      status: 401,
      body: json({ error: 'authGroup.Verify' }),
      asks: 'Basic realm="Gitea Package API"',
    },
    narrow: { status: 403, body: json({ error: 'user should have specific permission' }) },
    absent: { status: 404, body: json({ error: 'package does not exist' }) },
  },
  cloudsmith: {
    url: 'https://npm.cloudsmith.test/corp/private/',
    tarball: (_url, name, version) =>
      `https://dl.cloudsmith.test/basic/corp/private/npm/${name}/-/${name.split('/')[1]}-${version}.tgz`,
    nobody: { status: 404, body: json({ detail: 'Not found.' }) },
    stranger: { status: 401, body: json({ detail: 'Invalid token.' }), asks: 'Basic realm="Cloudsmith"' },
    narrow: { status: 404, body: json({ detail: 'Not found.' }) },
    absent: { status: 404, body: json({ detail: 'Not found.' }) },
  },
} as const satisfies Readonly<Record<string, Product>>;

export type ProductName = keyof typeof products;

export interface ServerReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/** What the server of a state holds and whom it knows. */
export interface ServerState {
  product: ProductName;
  isOpen: boolean;
  /** The versions that it holds; `null` for no such package. */
  versions: readonly string[] | null;
  /** How metadata names the tarballs. */
  tarballs: 'own' | 'other path' | 'other host' | 'storage';
  callerOf(authorization: string | undefined): Caller;
}

export const packageName = '@corp/ui';
const bytes = packTarball({ name: packageName, version: '1.4.0' });

/** The address of a tarball as the metadata names it. */
export function tarballOf(
  { product, tarballs }: Pick<ServerState, 'product' | 'tarballs'>,
  version: string,
): string {
  const kind: Product = products[product];
  const plain = kind.tarball(kind.url, packageName, version);
  if (tarballs === 'other path') {
    const { origin } = new URL(kind.url);
    return `${origin}/files/npm-hosted/${packageName}/-/ui-${version}.tgz`;
  }
  return tarballs === 'other host' ? plain.replace(/^https:\/\/[^/]+/, 'https://files.corp.test') : plain;
}

/** The answer of the registry, of the host of its files and of its storage; `null` where no such server is. */
export function genericReply(
  state: ServerState,
  url: URL,
  authorization: string | undefined,
): ServerReply | null {
  if (url.origin === 'https://storage.test') return { status: 200, headers: {}, body: bytes };
  const kind: Product = products[state.product];
  const files = new URL(tarballOf(state, '1.4.0'));
  if (url.origin !== new URL(kind.url).origin && url.origin !== files.origin) return null;
  const said = refusalOf(state, kind, authorization);
  if (said) return refused(said);
  const path = decodeURIComponent(url.href).toLowerCase();
  const held = state.versions ?? [];
  const wanted = held.find((version) => path === decodeURIComponent(tarballOf(state, version)).toLowerCase());
  if (wanted !== undefined) {
    return state.tarballs === 'storage'
      ? { status: 302, headers: { location: 'https://storage.test/blob?signature=1' }, body: '' }
      : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
  }
  const isMetadata = path === `${kind.url}${packageName}`;
  if (!isMetadata || state.versions === null) return refused(kind.absent);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: packumentOf(state) };
}

function packumentOf(state: ServerState): string {
  const versions = state.versions ?? [];
  return json({
    name: packageName,
    'dist-tags': { latest: versions.at(-1) },
    versions: Object.fromEntries(
      versions.map((version) => [
        version,
        {
          name: packageName,
          version,
          dist: { tarball: tarballOf(state, version), shasum: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
        },
      ]),
    ),
    time: Object.fromEntries(versions.map((version) => [version, '2020-01-01T00:00:00.000Z'])),
  });
}

function refusalOf(state: ServerState, kind: Product, authorization: string | undefined): Refusal | null {
  const passwordOnly = kind.passwordsOnly === true && /^bearer /i.test(authorization ?? '');
  const known = authorization === undefined ? 'nobody' : state.callerOf(authorization);
  const caller = passwordOnly ? 'stranger' : known;
  if (caller === 'reader') return null;
  if (caller === 'narrow' && !state.isOpen) return kind.narrow;
  if (caller === 'narrow') return null;
  if (caller === 'stranger' && kind.stranger !== 'as-nobody') return kind.stranger;
  return state.isOpen ? null : kind.nobody;
}

function refused({ status, body, asks }: Refusal): ServerReply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...(asks ? { 'www-authenticate': asks } : {}) },
    body,
  };
}
