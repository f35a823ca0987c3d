import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitHubBuilder } from '../../../src/simulator/github/github.ts';
import { startGitHub } from '../../../src/simulator/github/start-github.ts';
import {
  closedGitHub,
  githubLock,
  githubRc,
  githubTokens,
  onGitHub,
  openGitHub,
} from '../../scenarios/github-situation.ts';
import { play } from '../../scenarios/play.ts';
import { type Ran, runProgram } from '../../support/run-program.ts';
import { temporaryFolder, writeTree } from '../../support/temporary-tree.ts';
import { quietVariables } from './client-variables.ts';
import { type RealNpm, realNpm } from './real-npm.ts';

type Parts = Partial<Parameters<typeof onGitHub>[0]> & { github: GitHubBuilder };

const locked = { dependencies: { '@acme/ui': '1.4.0' } };
const noPackages = { repository: 'acme/shop', packages: 'none' } as const;
const member = openGitHub().reader('@acme/ui', 'alice');
const classic = { NODE_AUTH_TOKEN: githubTokens.classic };

const cases: readonly (readonly [name: string, parts: Parts, code: 'E401' | 'E403' | 'E404' | null])[] = [
  ['a package that lets the repository in', { github: openGitHub() }, null],
  ['the same with a lockfile', { github: openGitHub(), ...locked, lock: githubLock(openGitHub()) }, null],
  ['a package that does not', { github: closedGitHub() }, 'E403'],
  ['the same with a lockfile', { github: closedGitHub(), ...locked, lock: githubLock(openGitHub()) }, 'E403'],
  [
    'a token without packages: read',
    { github: openGitHub().workflowToken(githubTokens.workflow, noPackages) },
    'E403',
  ],
  ['no credential key', { github: openGitHub(), npmrc: githubRc.scope }, 'E401'],
  ['an unset variable', { github: openGitHub(), variables: { NODE_AUTH_TOKEN: null } }, 'E401'],
  [
    'a classic token of a member',
    { github: member.classicToken(githubTokens.classic, { user: 'alice' }), variables: classic },
    null,
  ],
  [
    'one that is not authorised for single sign-on',
    {
      github: member
        .owner('acme', { singleSignOn: true })
        .classicToken(githubTokens.classic, { user: 'alice' }),
      variables: classic,
    },
    'E401',
  ],
  ['a package that is not there', { github: openGitHub().without('@acme/ui') }, 'E404'],
  [
    'an owner in the registry URL',
    { github: openGitHub(), npmrc: `@acme:registry=https://npm.pkg.github.com/acme\n${githubRc.key}` },
    'E404',
  ],
];

/** npm 10 sends the headers of its first request through a plain proxy to every host, the one of the redirect included. */
describe.each([11, 12] as const)('npm %i and GitHub Packages', (major) => {
  const place = temporaryFolder();
  let npm: RealNpm;
  beforeAll(async () => {
    npm = await realNpm(major, place);
  });
  afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

  it.each(cases)('%s: npm ends as verify says', async (name, parts, code) => {
    const world = onGitHub({
      name: 'real',
      story: name,
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      ...parts,
    });
    const { report } = await play(world);
    const { ran, requests } = await install(npm, world.files, world.env, parts.github);
    const why = `${report.findings.map(({ title }) => title).join('; ')}\n${ran.stderr}`;
    expect(ran.code === 0, why).toBe(report.verdict === 'pass');
    expect(ran.code === 0, why).toBe(code === null);
    if (code !== null) expect(ran.stderr).toContain(code);
    const storage = requests.filter(({ url }) => url.startsWith('http://pkg-npm.githubusercontent.com/'));
    expect(storage.every(({ sent }) => !sent)).toBe(true);
    expect(storage.length > 0).toBe(code === null);
  });
});

/** Installs for real from the same GitHub, its public hosts led to loopback by a proxy for plain http. */
async function install(
  npm: RealNpm,
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
  model: GitHubBuilder,
): Promise<{ ran: Ran; requests: Awaited<ReturnType<typeof startGitHub>>['requests'] }> {
  const folder = temporaryFolder();
  const checkout = join(folder, 'checkout');
  const home = join(folder, 'home');
  const github = await startGitHub(model, { plain: true });
  try {
    for (const path of [checkout, home]) fs.mkdirSync(path);
    const plain = Object.entries(files).map(([path, text]) => [path, text.replaceAll('https://', 'http://')]);
    writeTree(checkout, Object.fromEntries(plain));
    writeTree(home, { '.npmrc': `proxy=${github.proxyUrl}\nnoproxy=\n` });
    const { command, args } = npm.run([
      files['package-lock.json'] === undefined ? 'install' : 'ci',
      '--no-audit',
      '--no-fund',
    ]);
    const ran = await runProgram(command, args, {
      cwd: checkout,
      env: {
        PATH: npm.bin,
        HOME: home,
        USERPROFILE: home,
        ...quietVariables(npm.id, join(folder, 'cache')),
        ...('NODE_AUTH_TOKEN' in variables ? { NODE_AUTH_TOKEN: variables.NODE_AUTH_TOKEN ?? '' } : {}),
      },
    });
    return { ran, requests: [...github.requests] };
  } finally {
    await github.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
