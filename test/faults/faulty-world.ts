import * as fs from 'node:fs';
import { join } from 'node:path';
import { jobVariables } from '../../src/demo/scenario.ts';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import { checksums } from '../../src/simulator/tarball.ts';
import { type Certificate, makeCertificate } from '../io/support/certificates.ts';
import { temporaryFolder, writeTree } from '../support/temporary-tree.ts';
import type { FaultPlan, Truth } from './fault-plan.ts';
import { type FaultyFront, startFaultyFront } from './faulty-front.ts';
import { type FaultyProxy, proxyPassword, startFaultyProxy } from './faulty-proxy.ts';
import { type Stranger, startStranger } from './stranger.ts';

export const token = 'glcbt-64_Zq7xV3wK9pTfLm2RbNc8';
export const userFile = '; mine\ncolor=false\n//other.example/:_authToken=${OTHER}\n';

/** Everything around one run: servers, folders, variables. */
export interface FaultyWorld {
  root: string;
  checkout: string;
  home: string;
  env: Readonly<Record<string, string>>;
  gitlab: RunningGitLab;
  front: FaultyFront;
  strangers: readonly Stranger[];
  proxy: FaultyProxy | null;
  /** Names of the packages whose tarball was served to the last byte, by whoever. */
  servedWhole(): ReadonlySet<string>;
  /** Names of the packages that the install would fetch. */
  needed: readonly string[];
  close(): Promise<void>;
}

const shelf = [
  { project: 'acme/ui', id: 324, name: '@acme/ui', version: '1.4.0' },
  { project: 'acme/tokens', id: 325, name: '@acme/tokens', version: '2.1.0' },
  { project: 'acme/big', id: 326, name: '@acme/big', version: '1.0.0' },
] as const;

function model(truth: Truth, plan: FaultPlan): GitLabBuilder {
  const { relativeRoot, objectStorage } = plan;
  let world = gitlab({ version: '18.2', forwarding: true, relativeRoot, objectStorage })
    .project('acme/shop', { id: 512 })
    .member('alice', 'developer', 'acme/shop')
    .jobToken(token, {
      project: 'acme/shop',
      user: 'alice',
      status: truth === 'finished-token' ? 'finished' : 'running',
    });
  for (const { project, id, name, version } of shelf) {
    world = world.project(project, { id });
    if (truth !== 'no-role') world = world.member('alice', 'reporter', project);
    if (truth !== 'not-on-allowlist') world = world.allow(project, 'acme/shop');
    const files = name === '@acme/big' ? { 'data.txt': noise } : {};
    const dependencies = name === '@acme/ui' ? { '@acme/tokens': '^2.0.0' } : {};
    world = world.package(project, name, version, { files, dependencies });
  }
  return world;
}

/** A text that does not get small in an archive. */
const noise = Array.from({ length: 3000 }, (_, at) => Math.imul(at, 2_654_435_761).toString(36)).join(' ');

interface Certificates {
  good: Certificate;
  expired: Certificate;
  otherName: Certificate;
}
let made: Promise<Certificates> | null = null;

function certificates(): Promise<Certificates> {
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  made ??= Promise.all([
    makeCertificate(),
    makeCertificate(undefined, days(30)),
    makeCertificate(['gitlab.example']),
  ]).then(([good, expired, otherName]) => ({ good, expired, otherName }));
  return made;
}

async function certificateOf({ way, secure }: FaultPlan): Promise<Certificate | null> {
  if (!secure) return null;
  const { good, expired, otherName } = await certificates();
  if (way === 'expired-certificate') return expired;
  return way === 'certificate-of-another-name' ? otherName : good;
}

/** Lays the world of a plan down and starts its servers. */
export async function faultyWorld(plan: FaultPlan): Promise<FaultyWorld> {
  const { relativeRoot: root, way, secure } = plan;
  const gitlabModel = model(plan.truth, plan);
  const nameOf = (path: string) =>
    shelf.find(({ name, version }) => path.endsWith(`/${name}-${version}.tgz`))?.name ?? null;
  const tarballOf = (path: string) => {
    const name = nameOf(path);
    return gitlabModel.packages.find((one) => one.name === name)?.tarball ?? null;
  };
  const servedByStrangers = new Set<string>();
  const strange = (host: 'localhost' | '127.0.0.1') =>
    startStranger(host, plan, tarballOf, (path) => servedByStrangers.add(nameOf(path) ?? ''));
  const [other, otherPort, publicRegistry] = await Promise.all([
    strange('localhost'),
    strange('127.0.0.1'),
    strange('localhost'),
  ]);
  const certificate = await certificateOf(plan);
  let upstream = 0;
  const front = await startFaultyFront({
    plan,
    certificate,
    token,
    upstream: () => upstream,
    elsewhere: () => ({ other: other.origin, otherPort: otherPort.origin }),
  });
  const host = way === 'no-such-host' ? 'registry-of-nobody.invalid' : `127.0.0.1:${front.port}`;
  const url = `${secure ? 'https' : 'http'}://${host}${root}`;
  const running = await startGitLab(gitlabModel, {
    externalUrl: url,
    publicRegistry: publicRegistry.origin,
  });
  upstream = Number(new URL(running.url).port);
  if (way === 'refused') await front.close();
  const proxy = way.startsWith('proxy') ? await startFaultyProxy(way) : null;
  const proxyUser = way === 'proxy-with-password' ? `${proxyPassword}@` : '';
  const proxyUrl = proxy && `http://${proxyUser}127.0.0.1:${proxy.port}`;

  const folder = temporaryFolder();
  const [checkout, home] = [join(folder, 'checkout'), join(folder, 'home')];
  const api = `${url}/api/v4`;
  const needs = { '@acme/ui': '^1.0.0', '@acme/big': '^1.0.0' };
  const rc =
    plan.command === 'run'
      ? ''
      : `@acme:registry=${api}/packages/npm/\n${api.replace(/^https?:/, '')}/:_authToken=\${CI_JOB_TOKEN}\n`;
  writeTree(folder, {
    'checkout/package.json': `${JSON.stringify({ name: 'shop', version: '1.0.0', dependencies: needs })}\n`,
    'home/.npmrc': `${userFile}${rc}`,
    'authority.pem': certificate?.authority ?? '',
    ...(plan.locked ? { 'checkout/package-lock.json': lockfile(gitlabModel, api, needs) } : {}),
  });
  fs.mkdirSync(join(folder, 'bin'));
  const env = {
    ...jobVariables({
      url,
      version: '18.2.1',
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token,
    }),
    HOME: home,
    USERPROFILE: home,
    PATH: join(folder, 'bin'),
    ...(secure && way !== 'unknown-authority' ? { NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') } : {}),
    ...(proxyUrl === null ? {} : { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl }),
  };
  return {
    root: folder,
    checkout,
    home,
    env,
    gitlab: running,
    front,
    strangers: [other, otherPort, publicRegistry],
    proxy,
    needed: plan.locked ? shelf.map(({ name }) => name) : Object.keys(needs),
    servedWhole() {
      const stored = running.storageRequests
        .filter(({ status }) => status === 200)
        .map(({ url: path }) => /^\/packages\/(\d+)\//.exec(path)?.[1])
        .map((id) => gitlabModel.packages.find((one) => String(one.id) === id)?.name ?? '');
      const passed = [...front.whole].map((path) => nameOf(path) ?? '');
      return new Set([...stored, ...passed, ...servedByStrangers]);
    },
    async close() {
      await Promise.all(
        [other, otherPort, publicRegistry, running, front, ...(proxy ? [proxy] : [])].map((one) =>
          one.close(),
        ),
      );
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function lockfile(world: GitLabBuilder, api: string, needs: Readonly<Record<string, string>>): string {
  const packages = shelf.map(({ id, name, version }) => {
    const tarball = world.packages.find((one) => one.name === name)?.tarball ?? Buffer.alloc(0);
    return [
      `node_modules/${name}`,
      {
        version,
        resolved: `${api}/projects/${id}/packages/npm/${name}/-/${name}-${version}.tgz`,
        integrity: checksums(tarball).integrity,
        ...(name === '@acme/ui' ? { dependencies: { '@acme/tokens': '^2.0.0' } } : {}),
      },
    ] as const;
  });
  return `${JSON.stringify({
    name: 'shop',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'shop', version: '1.0.0', dependencies: needs },
      ...Object.fromEntries(packages),
    },
  })}\n`;
}
