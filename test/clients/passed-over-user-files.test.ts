import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { clientModules } from '../support/client-modules.ts';
import { worldOf } from './client-world.ts';

const tools = '@tools:registry=https://gitlab.example.com/api/v4/projects/7/packages/npm/\n';
const named = { NPM_CONFIG_USERCONFIG: '/ci/npmrc' };

/** Files that the client passes over, with the scopes that they map to a GitLab. */
function passedOver(
  name: ClientName,
  version: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
) {
  const model = clientModules[name].resolve(worldOf(files, env), { name, version, known: 'given' });
  return model.problems.flatMap((problem) =>
    problem.kind === 'ignored-file' && (problem.keys?.length ?? 0) > 0
      ? `${problem.file.path}: ${[...(problem.registries?.keys() ?? [])].join()}`
      : [],
  );
}

describe('a file of the user that another takes the place of', () => {
  it.each([
    ['npm', '6.14.18', named],
    ['npm', '10.9.9', named],
    ['npm', '12.2.0', { npm_config_userconfig: '/ci/npmrc' }],
    ['pnpm', '9.15.9', named],
    ['pnpm', '10.34.9', named],
    ['pnpm', '11.28.11', { PNPM_CONFIG_USERCONFIG: '/ci/npmrc' }],
    ['yarn', '1.22.22', named],
    ['yarn-berry', '4.18.1', named],
    ['bun', '1.4.5', named],
  ] as const)('%s %s: the one in the home folder', (name, version, env) => {
    const files = { '~/.npmrc': tools, '/ci/npmrc': 'fund=false\n' };
    expect(passedOver(name, version, files, env)).toEqual(['/home/ci/.npmrc: @tools']);
    if (name !== 'yarn-berry') expect(passedOver(name, version, files, {})).toEqual([]);
  });

  it('is nothing to speak of where it holds no registry and no credential', () => {
    expect(passedOver('npm', '10.9.9', { '~/.npmrc': 'fund=false\n' }, named)).toEqual([]);
  });

  it('is read all the same where the project is the home folder', () => {
    const files = { '/home/ci/.npmrc': tools };
    const world = { ...worldOf(files, named), projectDirectory: '/home/ci', workspaceRoot: '/home/ci' };
    const model = clientModules.yarn.resolve(world, { name: 'yarn', version: '1.22.22', known: 'given' });
    expect(model.registryFor('@tools/kit').url).toContain('/projects/7/');
    expect(model.problems.filter(({ kind }) => kind === 'ignored-file')).toEqual([]);
  });
});

describe('a file that a variable names for other clients', () => {
  it.each([
    ['bun', '1.4.3', named],
    ['pnpm', '11.0.0', named],
    ['pnpm', '11.28.11', { ...named, PNPM_CONFIG_NPMRC_AUTH_FILE: '/ci/auth' }],
    ['pnpm', '10.34.9', { PNPM_CONFIG_USERCONFIG: '/ci/npmrc' }],
    ['yarn-berry', '4.18.1', named],
  ] as const)('%s %s with %j', (name, version, env) => {
    expect(passedOver(name, version, { '/ci/npmrc': tools }, env)).toEqual(['/ci/npmrc: @tools']);
  });

  it.each([
    ['bun', '1.4.4', named],
    ['pnpm', '11.28.11', named],
    ['pnpm', '10.34.9', named],
    ['yarn', '1.22.22', named],
  ] as const)('%s %s reads the one of %j', (name, version, env) => {
    expect(passedOver(name, version, { '/ci/npmrc': tools }, env)).toEqual([]);
  });
});
