import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { publicHost } from '../../src/domain/public-registry.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import {
  type RunningPublicRegistry,
  startPublicRegistry,
} from '../../src/simulator/start-public-registry.ts';
import { publicVariables, quietVariables } from '../clients/real/client-variables.ts';
import { habits } from '../clients/real/good-configuration.ts';
import { type RealClient, realClient } from '../clients/real/real-client.ts';
import { type RunningPackages, startPackages } from '../support/github-packages.ts';
import { layRunnerJob, type RunnerJobWorld } from '../support/github-runner.ts';
import { findLeaks } from '../support/leak-scan.ts';
import type { RuntimeClientId } from '../support/runtime-clients.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';

const githubToken = 'ghs_0123456789.the_workflow-token_of_these_tests';
const deployToken = 'gldt-64_the-deploy-token-of-these-tests';
const clients = [
  'npm-12',
  'pnpm-10',
  'yarn-1',
  'yarn-4',
  'bun',
] as const satisfies readonly RuntimeClientId[];

let github: RunningPackages;
let server: RunningGitLab;
let elsewhere: RunningPublicRegistry;
beforeAll(async () => {
  elsewhere = await startPublicRegistry([{ name: 'left', version: '1.0.0' }]);
  github = await startPackages(githubToken);
  server = await startGitLab(
    gitlab()
      .project('kit/ui', { id: 324 })
      .deployToken(deployToken, { project: 'kit/ui' })
      .package('kit/ui', '@kit/ui', '1.0.0'),
  );
});
afterAll(() => Promise.all([github.close(), server.close(), elsewhere.close()]));

describe.each(clients)('after the action, %s', (id) => {
  const place = temporaryFolder();
  let client: RealClient;
  beforeAll(async () => {
    client = await realClient(id, place);
  });
  afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

  /** A step that installs with nothing but what the job has. */
  async function install(job: RunnerJobWorld, folder: string, args: readonly string[]) {
    const cache = join(job.folder, 'cache');
    fs.rmSync(cache, { recursive: true, force: true });
    fs.rmSync(join(job.checkout, folder, 'node_modules'), { recursive: true, force: true });
    return job.run(client.run(args), {
      cwd: join(job.checkout, folder),
      env: { ...quietVariables(id, cache), ...publicVariables(id, elsewhere.url, false) },
    });
  }

  function lay(): RunnerJobWorld {
    const yarn =
      id === 'yarn-4'
        ? { 'a/.yarnrc.yml': 'nodeLinker: node-modules\n', 'b/.yarnrc.yml': 'nodeLinker: node-modules\n' }
        : {};
    return layRunnerJob({
      token: githubToken,
      serverUrl: github.serverUrl,
      env: { PATH: client.bin },
      checkout: {
        'a/package.json': manifest({ '@acme/ui': '^1.0.0', left: '^1.0.0' }),
        'a/.npmrc': `@acme:registry=${github.registry}\n`,
        'b/package.json': manifest({ '@kit/ui': '^1.0.0' }),
        ...yarn,
      },
    });
  }

  it('installs from GitHub Packages and from a GitLab, one use for each', async () => {
    const job = lay();
    const { install: first, frozen, lockfile } = habits[id];
    try {
      const uses = [
        { with: { 'working-directory': 'a' } },
        {
          with: {
            'working-directory': 'b',
            registries: `@kit=${server.apiUrl}/projects/324/packages/npm/ token=GITLAB_TOKEN`,
          },
          env: { GITLAB_TOKEN: deployToken },
        },
      ];
      for (const args of [first, frozen]) {
        const used = [];
        for (const use of uses) used.push(await job.use(use));
        for (const { main } of used) expect(main.code, `${main.log}\n${main.stderr}`).toBe(0);
        for (const [folder, name] of [
          ['a', '@acme/ui'],
          ['b', '@kit/ui'],
        ] as const) {
          const ran = await install(job, folder, args);
          const why = `${args.join(' ')} in ${folder}\n${ran.stdout}\n${ran.stderr}`;
          expect(ran.code, why).toBe(0);
          const got = join(job.checkout, folder, 'node_modules', ...name.split('/'), 'package.json');
          expect(fs.existsSync(got), why).toBe(true);
          expect(fs.existsSync(join(job.checkout, folder, lockfile))).toBe(true);
          if (lockfile === 'package-lock.json') lockAtPublicHost(join(job.checkout, folder, lockfile));
          expect(findLeaks(githubToken, { why })).toEqual([]);
        }
        for (const { post } of used.reverse()) expect((await post()).code).toBe(0);
        expect(fs.existsSync(join(job.home, '.npmrc'))).toBe(false);
        expect(fs.existsSync(join(job.home, '.yarnrc.yml'))).toBe(false);
      }
      expect(github.requests.filter(({ token }) => token === 'other')).toEqual([]);
      expect(elsewhere.requests.every(({ authorization }) => authorization === 'none')).toBe(true);
    } finally {
      job.remove();
    }
  });
});

/** Lets a lockfile name the public registry as every other one does; npm asks its default registry in its place. */
function lockAtPublicHost(lockfile: string) {
  const text = fs.readFileSync(lockfile, 'utf8');
  fs.writeFileSync(lockfile, text.replaceAll(new URL(elsewhere.url).origin, `https://${publicHost}`));
}
