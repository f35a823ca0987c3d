import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { clientModules } from '../support/client-modules.ts';
import { worldOf } from './client-world.ts';

type Row = readonly [
  client: ClientName,
  version: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  installs: boolean,
];

const rc = (text: string) => ({ '.npmrc': `${text}\n` });
const yaml = (text: string) => ({ 'pnpm-workspace.yaml': `packages: ["."]\n${text}\n` });

const rows: readonly Row[] = [
  ['npm', '6.14.18', {}, {}, false],
  ['npm', '7.0.0', {}, {}, true],
  ['npm', '12.2.0', rc('legacy-peer-deps=true'), {}, false],
  ['npm', '10.9.9', rc('legacy-peer-deps'), {}, false],
  ['npm', '10.9.9', rc('legacy-peer-deps=false'), {}, true],
  ['npm', '10.9.9', rc('legacy-peer-deps=0'), {}, true],
  ['npm', '10.9.9', rc('strict-peer-deps=true'), {}, true],
  ['npm', '10.9.9', rc('legacy-peer-deps=true'), { npm_config_legacy_peer_deps: 'false' }, true],
  ['npm', '10.9.9', {}, { npm_config_legacy_peer_deps: 'true' }, false],
  ['pnpm', '7.33.7', {}, {}, false],
  ['pnpm', '7.33.7', rc('auto-install-peers=true'), {}, true],
  ['pnpm', '8.15.9', {}, {}, true],
  ['pnpm', '9.15.9', rc('auto-install-peers=false'), {}, false],
  ['pnpm', '9.15.9', yaml('autoInstallPeers: false'), {}, true],
  ['pnpm', '10.34.9', rc('auto-install-peers=false'), {}, false],
  ['pnpm', '10.34.9', yaml('autoInstallPeers: false'), {}, false],
  ['pnpm', '10.34.9', { ...rc('auto-install-peers=false'), ...yaml('autoInstallPeers: true') }, {}, true],
  ['pnpm', '11.28.11', rc('auto-install-peers=false'), {}, true],
  ['pnpm', '12.21.0', yaml('autoInstallPeers: false'), {}, false],
  ['pnpm', '12.21.0', yaml('autoInstallPeers: true'), {}, true],
  ['yarn', '1.22.22', {}, {}, false],
  ['yarn-berry', '4.18.1', {}, {}, false],
  ['bun', '1.4.5', { 'bunfig.toml': '[install]\npeer = false\n' }, {}, true],
];

describe('whether an install fetches peers', () => {
  it.each(rows)('%s %s with %j %j: %s', (name, version, files, env, installs) => {
    const client = { name, version, known: 'given' } as const;
    expect(clientModules[name].resolve(worldOf(files, env), client).installsPeers).toBe(installs);
  });
});
