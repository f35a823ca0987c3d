import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startLoopback } from '../../src/simulator/loopback.ts';
import { json } from '../../src/simulator/reply.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';
import { type RunningPackages, startPackages } from '../support/github-packages.ts';
import { layRunnerJob, type RunnerJobWorld, readMetadata, type Use } from '../support/github-runner.ts';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';
import { reportFaults } from '../support/report-schema.ts';

const githubToken = 'ghs_0123456789.the_workflow-token_of_these_tests';
const deployToken = 'gldt-64_the-deploy-token-of-these-tests';
const bundle = join(import.meta.dirname, '..', '..', 'dist', 'index.js');
const npm = { client: 'npm@11.6.0', retries: '0', timeout: '2' };

/** Closed and removed after each test, in whatever way it ends. */
const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function packages(): Promise<RunningPackages> {
  const running = await startPackages(githubToken);
  open.push(running);
  return running;
}

function lay(options: Partial<Parameters<typeof layRunnerJob>[0]> = {}): RunnerJobWorld {
  const job = layRunnerJob({ token: githubToken, checkout: {}, ...options });
  open.push({ close: job.remove });
  return job;
}

/** A checkout whose `.npmrc` maps `@acme` to a GitHub server, as GitHub's documentation says. */
function shop(registry: string, dependencies: Record<string, string> = { '@acme/ui': '1.0.0' }) {
  return { 'package.json': manifest(dependencies), '.npmrc': `@acme:registry=${registry}\n` };
}

/** A GitLab with `@acme/ui` in project 324 and `@tools/lint` in 325; the deploy token reads 324 only. */
async function gitlabServer() {
  const running = await startGitLab(
    gitlab()
      .project('acme/ui', { id: 324 })
      .project('tools/lint', { id: 325 })
      .deployToken(deployToken, { project: 'acme/ui' })
      .package('acme/ui', '@acme/ui', '1.0.0')
      .package('acme/ui', '@kit/ui', '1.0.0')
      .package('tools/lint', '@tools/lint', '2.0.0'),
  );
  open.push(running);
  const project = (id: number) => `${running.apiUrl}/projects/${id}/packages/npm/`;
  return { ...running, project };
}

describe('a use of the action with GitHub Packages', () => {
  it('passes, and gives later steps file and token by reference', async () => {
    const { serverUrl, registry, requests } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main } = await job.use({ with: npm });
    expect(main.stderr).toBe('');
    expect(main.code, main.stdout).toBe(0);
    const file = join(job.temp, 'npmrc-preflight', '.npmrc');
    expect(main.exported).toEqual({
      NPM_CONFIG_USERCONFIG: file,
      NPMRC_PREFLIGHT_TOKEN: githubToken,
      NPMRC_PREFLIGHT_WRITTEN: file,
    });
    expect(main.outputs).toEqual({
      verdict: 'pass',
      findings: '',
      report: expect.stringContaining(join(job.temp, 'npmrc-preflight-report')),
      userconfig: file,
    });
    expect(fs.readFileSync(file, 'utf8')).toContain(':_authToken=${NPMRC_PREFLIGHT_TOKEN}');
    expect(reportFaults(JSON.parse(fs.readFileSync(main.outputs.report ?? '', 'utf8')))).toEqual([]);
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.map(({ token }) => token)).toEqual(requests.map(() => '+'));
  });

  it('masks the token and its forms before anything else, and writes them nowhere', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main, post } = await job.use({ with: npm });
    const lines = main.stdout.split('\n');
    const firstOther = lines.findIndex((line) => !line.startsWith('::add-mask::'));
    expect(lines.slice(firstOther).filter((line) => line.startsWith('::add-mask::'))).toEqual([]);
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(main.masks).toEqual(
      expect.arrayContaining([
        githubToken,
        base64(githubToken),
        base64(`x-access-token:${githubToken}`),
        base64(`:${githubToken}`),
      ]),
    );
    const after = await post();
    const printed = {
      main: lines.slice(firstOther).join('\n'),
      stderr: main.stderr,
      summary: main.summary,
      post: after.stdout,
    };
    const kept = Object.entries(filesBelow(job.folder)).filter(
      ([path]) => !path.includes('_runner_file_commands'),
    );
    expect(findLeaks(githubToken, { ...printed, ...Object.fromEntries(kept) })).toEqual([]);
  });

  it('takes everything back afterwards', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({
      serverUrl,
      checkout: shop(registry),
      home: { '.npmrc': 'fund=false\n', '.yarnrc.yml': 'enableTelemetry: false\n' },
    });
    const before = filesBelow(job.home);
    const { main, post } = await job.use({ with: { client: 'yarn-berry@4.9.0', retries: '0' } });
    expect(main.outputs, main.stdout).toMatchObject({
      verdict: 'pass',
      userconfig: join(job.home, '.yarnrc.yml'),
    });
    expect(filesBelow(job.home)).not.toEqual(before);
    const after = await post();
    expect(after).toMatchObject({ code: 0, stderr: '', exported: { NPMRC_PREFLIGHT_TOKEN: '' } });
    expect(filesBelow(job.home)).toEqual(before);
    expect(fs.existsSync(join(job.temp, 'npmrc-preflight'))).toBe(false);
  });

  it('says what is wrong, in log, summary and annotation, and fails', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({
      serverUrl,
      checkout: {
        'apps/web/package.json': shop(registry, { '@acme/gone': '1.0.0' })['package.json'] ?? '',
        'apps/web/.npmrc': `@acme:registry=${registry}\n`,
      },
    });
    const { main } = await job.use({ with: { ...npm, 'working-directory': 'apps/web' } });
    expect(main.code).toBe(1);
    expect(main.outputs).toMatchObject({
      verdict: 'fail',
      findings: expect.stringMatching(/^NP\d{3}(,NP\d{3})*$/),
    });
    const [error] = main.commands.filter(({ name }) => name === 'error');
    expect(error?.properties).toMatchObject({ file: 'apps/web/package.json', line: '6' });
    expect(main.log).toContain('/acme/npmrc-preflight/blob/v1/docs/causes/NP');
    expect(main.summary).toContain('### npmrc-preflight in apps/web');
    expect(main.summary).toContain('<code>&#64;acme/gone</code>');
    // what was written stays for a step that goes on all the same
    expect(main.exported.NPM_CONFIG_USERCONFIG).toBeDefined();
  });

  it('reports and passes with fail-on: never', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry, { '@acme/gone': '1.0.0' }) });
    const { main } = await job.use({ with: { ...npm, 'fail-on': 'never' } });
    expect(main.code).toBe(0);
    expect(main.outputs.verdict).toBe('fail');
  });

  it('is undecided, and fails, where nobody answers', async () => {
    const job = lay({
      serverUrl: 'http://127.0.0.1:9',
      checkout: shop('http://127.0.0.1:9/_registry/npm/'),
    });
    const { main } = await job.use({ with: npm });
    expect(main.code).toBe(3);
    expect(main.outputs.verdict).toBe('undecided');
  });

  it('has nothing to write, export or restore where nothing is private', async () => {
    const job = lay({ checkout: { 'package.json': manifest({}) } });
    const { main, post } = await job.use({ with: npm });
    expect(main).toMatchObject({ code: 0, exported: {}, outputs: { verdict: 'pass', userconfig: '' } });
    expect((await post()).stdout).toBe('nothing to restore\n');
  });

  it('gives the token to no server but its own', async () => {
    const stranger = await packages();
    const job = lay({ serverUrl: 'https://github.com', checkout: shop(stranger.registry) });
    const { main } = await job.use({ with: npm });
    expect(main.code).not.toBe(0);
    expect(main.exported.NPMRC_PREFLIGHT_TOKEN).toBeUndefined();
    expect(stranger.requests.length).toBeGreaterThan(0);
    expect(stranger.requests.map(({ token }) => token)).toEqual(stranger.requests.map(() => '-'));
  });

  it('leaves a token of a file to the job: a checkout can not ask for one', async () => {
    const { serverUrl, registry } = await packages();
    const key = `${registry.replace('http:', '')}:_authToken`;
    const files = { ...shop(registry), '.npmrc': `@acme:registry=${registry}\n${key}=\${OTHER_TOKEN}\n` };
    const job = lay({ serverUrl, checkout: files, token: 'ghs_another_token_than_that' });
    const { main } = await job.use({ with: npm, env: { OTHER_TOKEN: githubToken } });
    expect(main.code, main.stdout).toBe(0);
    expect(main.exported).toEqual({});
    expect(main.log).toContain('note: the install needs OTHER_TOKEN as this step has it');
  });

  it('keeps the token to itself with export-token: false, and says which variable to give', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main, post } = await job.use({ with: { ...npm, 'export-token': 'false' } });
    expect(main.code).toBe(0);
    expect(Object.keys(main.exported)).not.toContain('NPMRC_PREFLIGHT_TOKEN');
    expect(main.log).toContain('note: the install needs NPMRC_PREFLIGHT_TOKEN as this step has it');
    expect((await post()).exported).toEqual({});
  });
});

describe('a GitLab registry from a workflow', () => {
  const registries = (url: string, more = ' token=GITLAB_TOKEN') => `@acme=${url}${more}`;

  it('is used with a token of a variable', async () => {
    const server = await gitlabServer();
    const job = lay({ checkout: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) } });
    const { main } = await job.use({
      with: { ...npm, registries: registries(server.project(324)) },
      env: { GITLAB_TOKEN: deployToken },
    });
    expect(main.code, main.stdout).toBe(0);
    expect(main.exported).toMatchObject({ GITLAB_TOKEN: deployToken });
    expect(main.masks).toContain(deployToken);
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(
      server.requests.map(() => 'bearer'),
    );
  });

  it('is used with the input token', async () => {
    const server = await gitlabServer();
    const job = lay({ checkout: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) } });
    const { main } = await job.use({
      with: { ...npm, token: deployToken, registries: registries(server.project(324), '') },
    });
    expect(main.code, main.stdout).toBe(0);
    expect(main.exported).toMatchObject({ NPMRC_PREFLIGHT_TOKEN: deployToken });
  });

  it('does not get the token of the workflow', async () => {
    const server = await gitlabServer();
    const job = lay({ checkout: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }) } });
    const { main } = await job.use({ with: { ...npm, registries: registries(server.project(324), '') } });
    expect(main.code).toBe(1);
    expect(server.requests.filter(({ authorization }) => authorization !== 'none')).toEqual([]);
  });

  it('is one of several servers: the input token is refused as nobody can tell whose it is', async () => {
    const job = lay({ checkout: { 'package.json': manifest({}) } });
    const lines = '@acme=https://gitlab.example.com/x/\n@tools=https://npm.example.org/';
    const { main } = await job.use({ with: { ...npm, token: deployToken, registries: lines } });
    expect(main).toMatchObject({ code: 2, outputs: { verdict: 'error', findings: '' }, exported: {} });
    expect(main.commands.at(-1)).toMatchObject({
      name: 'error',
      data: expect.stringContaining('token=NAME'),
    });
  });
});

describe('cures that a use of the action gives', () => {
  /** What the log says to do, without the line breaks of its width. */
  const cure = (log: string) => /help:[\s\S]*?(?=\n\n|(?![\s\S]))/.exec(log)?.[0].replace(/\s+/g, ' ') ?? '';

  it('do not send the token of one server to another: the one of GitLab stays away from GitHub', async () => {
    const { serverUrl, registry } = await packages();
    const server = await gitlabServer();
    const dependencies = { '@acme/ui': '1.0.0', '@kit/ui': '1.0.0' };
    const job = lay({ serverUrl, checkout: shop(registry, dependencies) });
    const registries = `@kit=${server.project(324)}`;
    const { main } = await job.use({ with: { ...npm, token: deployToken, registries } });
    expect(main.outputs).toMatchObject({ verdict: 'fail', findings: 'NP102' });
    expect(cure(main.log)).toContain('let the input token of this action be one for GitHub');
    expect(cure(main.log)).toContain('leave token out: it is ${{ github.token }} by itself');
    expect(`${main.log}${main.summary}`).not.toContain(`_registry/npm/:_authToken=`);
    // and the cure helps
    const again = lay({ serverUrl, checkout: shop(registry, dependencies) });
    const cured = await again.use({
      with: { ...npm, registries: `${registries} token=OTHER_TOKEN` },
      env: { OTHER_TOKEN: deployToken },
    });
    expect(cured.main.outputs).toMatchObject({ verdict: 'pass' });
  });

  it('say that the input token was empty, as where a secret is not there', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main } = await job.use({ with: { ...npm, token: '' } });
    expect(main.outputs).toMatchObject({ verdict: 'fail', findings: 'NP102' });
    expect(cure(main.log)).toContain('give this action a token: its input token was empty');
    expect(`${main.log}${main.summary}`).not.toContain('add the line to');
  });

  it('speak of the input, never of the variable that the action makes of it', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main } = await job.use({ with: { ...npm, token: 'ghs_of-another.job_that-is-over' } });
    expect(main.outputs.findings).toBe('NP202');
    expect(cure(main.log)).toContain('put a live token into the input token of this action');
    expect(cure(main.log)).toContain('with: token: ${{ github.token }}');
    expect(cure(main.log)).not.toContain('NPMRC_PREFLIGHT_TOKEN');
  });

  it('name the input registries for a server that the workflow has no token for', async () => {
    const stranger = await packages();
    const checkout = shop(stranger.registry);
    const job = lay({ checkout, token: 'ghs_for-the.other_server-alone' });
    const { main } = await job.use({ with: npm });
    expect(main.outputs.findings).toBe('NP102');
    const line = `@acme=${stranger.registry} token=GITHUB_PACKAGES_TOKEN`;
    expect(cure(main.log)).toContain(`in the input registries: ${line}`);
    expect(main.log).not.toContain('add the line to');
    const again = lay({ checkout, token: 'ghs_for-the.other_server-alone' });
    const env = { GITHUB_PACKAGES_TOKEN: githubToken };
    const cured = await again.use({ with: { ...npm, registries: line }, env });
    expect(cured.main.outputs.verdict).toBe('pass');
  });

  it('let a push find its credential by a line of registries, which the workflow token goes with', async () => {
    const { serverUrl, registry } = await packages();
    const checkout = {
      'package.json': JSON.stringify({ name: '@acme/fresh', version: '1.0.0', publishConfig: { registry } }),
    };
    const job = lay({ serverUrl, checkout });
    const { main } = await job.use({ with: { ...npm, publish: 'true' } });
    expect(main.outputs.findings).toBe('NP102');
    expect(cure(main.log)).toContain(`name the registry in the input registries: @acme=${registry} `);
    expect(`${main.log}${main.summary}`).not.toContain('add the line to');
    const again = lay({ serverUrl, checkout });
    const cured = await again.use({ with: { ...npm, publish: 'true', registries: `@acme=${registry}` } });
    expect(cured.main.outputs, cured.main.log).toMatchObject({ verdict: 'pass' });
  });

  it('take out the line of a variable that nobody fills, where the action has the token itself', async () => {
    const { serverUrl, registry } = await packages();
    const files = shop(registry);
    const key = `${registry.replace('http:', '')}:_authToken=\${NODE_AUTH_TOKEN}\n`;
    const job = lay({ serverUrl, checkout: { ...files, '.npmrc': `${files['.npmrc']}${key}` } });
    const { main } = await job.use({ with: npm });
    expect(main.outputs.findings).toBe('NP108');
    expect(cure(main.log)).toContain('take the setting out of .npmrc:2');
    const again = lay({ serverUrl, checkout: files });
    expect((await again.use({ with: npm })).main.outputs.verdict).toBe('pass');
  });

  it('want a variable of the job in this step too', async () => {
    const server = await gitlabServer();
    const job = lay({ checkout: shop(server.project(324)) });
    const { main } = await job.use({ with: npm });
    expect(main.outputs.findings).toBe('NP105');
    expect(cure(main.log)).toContain(
      'pass it to this step and to each step that installs: env: GITLAB_TOKEN: ${{ secrets.GITLAB_TOKEN }}',
    );
    const again = lay({ checkout: shop(server.project(324)) });
    const cured = await again.use({ with: npm, env: { GITLAB_TOKEN: deployToken } });
    expect(cured.main.outputs.verdict).toBe('pass');
  });

  it('tell where a scope is mapped, by the addresses that the server may have', async () => {
    const job = lay({
      serverUrl: 'https://git.example.com',
      checkout: { 'package.json': manifest({ '@acme/ui': '1.0.0' }) },
    });
    const { main } = await job.use({ with: { ...npm, scopes: '@acme' } });
    expect(main.outputs.findings).toBe('NP101');
    expect(cure(main.log)).toContain(
      'add the line to .npmrc of the project: @acme:registry=https://git.example.com/_registry/npm/ or @acme:registry=https://npm.git.example.com/',
    );
  });

  it('show what lies outside of the checkout at the package', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main } = await job.use({ with: { ...npm, token: 'ghs_of-another.job_that-is-over' } });
    expect(main.commands.find(({ name }) => name === 'error')?.properties).toMatchObject({
      file: 'package.json',
      line: '6',
    });
  });

  it('tell in every use which file later steps read', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const first = await job.use({ with: npm });
    const second = await job.use({ with: npm });
    expect(first.main.outputs.userconfig).toContain('.npmrc');
    expect(second.main.outputs.userconfig).toBe(first.main.outputs.userconfig);
  });

  it('give no variable of their own as the NAME that is wanted', async () => {
    const job = lay({ checkout: { 'package.json': manifest({}) } });
    const { main } = await job.use({ with: { 'token-env': deployToken } });
    expect(main.log).not.toMatch(/INPUT_|--help/);
    const known = await job.use({ with: { 'token-env': deployToken }, env: { KIT_TOKEN: deployToken } });
    expect(cure(known.main.log)).toContain('help: write KIT_TOKEN, without a dollar sign');
  });
});

describe('several uses in a job', () => {
  it('serve their own folders together, and are taken back in reverse order', async () => {
    const github = await packages();
    const server = await gitlabServer();
    const job = lay({
      serverUrl: github.serverUrl,
      checkout: {
        'a/package.json': manifest({ '@acme/ui': '1.0.0' }),
        'a/.npmrc': `@acme:registry=${github.registry}\n`,
        'b/package.json': manifest({ '@kit/ui': '1.0.0' }),
      },
      home: { '.npmrc': 'fund=false\n' },
    });
    const before = filesBelow(job.home);
    const first = await job.use({ with: { ...npm, 'working-directory': 'a' }, id: 'one' });
    const second = await job.use({
      with: {
        ...npm,
        'working-directory': 'b',
        token: deployToken,
        registries: `@kit=${server.project(324)}`,
      },
      id: 'two',
    });
    expect(first.main.code, first.main.stdout).toBe(0);
    expect(second.main.code, second.main.stdout).toBe(0);
    expect(second.main.exported).toMatchObject({ NPMRC_PREFLIGHT_TOKEN_2: deployToken });
    const env = job.env();
    const text = fs.readFileSync(env.NPM_CONFIG_USERCONFIG ?? '', 'utf8');
    expect(text).toContain('fund=false');
    expect(text).toContain(`${github.registry.replace('http:', '')}:_authToken=\${NPMRC_PREFLIGHT_TOKEN}\n`);
    expect(text).toContain(
      `${server.project(324).replace('http:', '')}:_authToken=\${NPMRC_PREFLIGHT_TOKEN_2}\n`,
    );
    expect(env).toMatchObject({ NPMRC_PREFLIGHT_TOKEN: githubToken, NPMRC_PREFLIGHT_TOKEN_2: deployToken });
    for (const { post } of [second, first]) expect(await post()).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(job.home)).toEqual(before);
    expect(fs.existsSync(join(job.temp, 'npmrc-preflight'))).toBe(false);
    expect(job.env()).toMatchObject({ NPMRC_PREFLIGHT_TOKEN: '', NPMRC_PREFLIGHT_TOKEN_2: '' });
  });

  it('keep both in the home of Yarn, where only one file counts', async () => {
    const github = await packages();
    const server = await gitlabServer();
    const yarn = { client: 'yarn-berry@4.9.0', retries: '0' };
    const job = lay({
      serverUrl: github.serverUrl,
      checkout: {
        'a/package.json': manifest({ '@acme/ui': '1.0.0' }),
        'b/package.json': manifest({ '@kit/ui': '1.0.0' }),
      },
      home: { '.yarnrc.yml': 'enableTelemetry: false\n' },
    });
    const before = filesBelow(job.home);
    const uses: Use[] = [
      { with: { ...yarn, 'working-directory': 'a', registries: `@acme=${github.registry}` } },
      {
        with: {
          ...yarn,
          'working-directory': 'b',
          registries: `@kit=${server.project(324)} token=KIT_TOKEN`,
        },
        env: { KIT_TOKEN: deployToken },
      },
    ];
    const used = [];
    for (const use of uses) used.push(await job.use(use));
    const text = fs.readFileSync(join(job.home, '.yarnrc.yml'), 'utf8');
    expect(text).toContain('enableTelemetry: false');
    expect(text).toMatch(/acme:\n\s+npmRegistryServer/);
    expect(text).toMatch(/kit:\n\s+npmRegistryServer/);
    for (const { post } of used.reverse()) expect((await post()).code).toBe(0);
    expect(filesBelow(job.home)).toEqual(before);
  });

  it('on a runner whose last job was ended begin anew', async () => {
    const { serverUrl, registry } = await packages();
    const stale =
      '# >>> npmrc-preflight: rewritten by each run\n@gone:registry=https://gone.example.com/\n# <<< npmrc-preflight\n';
    const job = lay({
      serverUrl,
      checkout: shop(registry),
      env: { NPM_CONFIG_USERCONFIG: '' },
      home: { '.npmrc': `fund=false\n${stale}` },
    });
    const { main } = await job.use({ with: npm });
    expect(main.code, main.stdout).toBe(0);
    const text = fs.readFileSync(main.outputs.userconfig ?? '', 'utf8');
    expect(text).toContain('fund=false');
    expect(text).not.toContain('@gone');
  });

  it('on a runner whose last job was ended give back the home without what that left', async () => {
    const { serverUrl, registry } = await packages();
    const mine = 'enableTelemetry: false\n';
    const stale = `# >>> npmrc-preflight: rewritten by each run\nnpmScopes:\n  gone:\n    npmRegistryServer: "https://gone.example.com"\n# <<< npmrc-preflight\n`;
    const job = lay({ serverUrl, checkout: shop(registry), home: { '.yarnrc.yml': `${mine}${stale}` } });
    const { main, post } = await job.use({ with: { client: 'yarn-berry@4.9.0', retries: '0' } });
    expect(main.code, main.stdout).toBe(0);
    expect(fs.readFileSync(join(job.home, '.yarnrc.yml'), 'utf8')).not.toContain('gone');
    expect((await post()).code).toBe(0);
    expect(fs.readFileSync(join(job.home, '.yarnrc.yml'), 'utf8')).toBe(mine);
  });
});

describe('what a use survives', () => {
  it.each<[string, Record<string, string>]>([
    ['a word that is none', { 'fail-on': 'sometimes' }],
    ['a line that is none', { registries: 'nonsense' }],
    ['a token in the place of a name', { 'token-env': deployToken }],
  ])(
    'refuses %s with one error in log, annotation, summary and reports, and repeats no token',
    async (_, given) => {
      const job = lay({ checkout: { 'package.json': manifest({}) } });
      const reports = join(job.temp, 'mine');
      const { main } = await job.use({ with: { ...given, 'report-dir': reports } });
      expect(main).toMatchObject({
        code: 2,
        stdout: expect.not.stringContaining('error'),
        outputs: { verdict: 'error', findings: '' },
      });
      const others = main.commands.filter(({ name }) => name !== 'add-mask');
      expect(others.map(({ name }) => name)).toEqual(['error']);
      const [name = ''] = Object.keys(given);
      expect(main.log).toContain(`error: input ${name}: `);
      expect(others[0]?.data).toMatch(new RegExp(`^input ${name}: `));
      expect(main.summary).toContain(
        `### npmrc-preflight\n\n**✗ The check could not be made**\n\n❌ input ${name}: `,
      );
      expect(fs.readFileSync(join(reports, 'junit.xml'), 'utf8')).toContain(`message="input ${name}: `);
      expect(fs.readFileSync(join(reports, 'preflight.env'), 'utf8')).toContain('VERDICT=error');
      const told = {
        log: main.log,
        error: others[0]?.data ?? '',
        summary: main.summary,
        ...filesBelow(reports),
      };
      expect(findLeaks(deployToken, told)).toEqual([]);
    },
  );

  it('says in which use it was refused, where a job has several', async () => {
    const job = lay({ checkout: {} });
    const { main } = await job.use({ with: { retries: 'many', 'working-directory': 'apps/web' } });
    expect(main.summary).toContain('### npmrc-preflight in apps/web');
  });

  it('points at the line of a file that can not be read', async () => {
    const job = lay({ checkout: { 'apps/web/package.json': '{\n  "dependencies": [' } });
    const { main } = await job.use({ with: { ...npm, 'working-directory': 'apps/web' } });
    expect(main).toMatchObject({ code: 2, outputs: { verdict: 'error' } });
    const [error] = main.commands.filter(({ name }) => name === 'error');
    expect(error?.properties).toMatchObject({ file: 'apps/web/package.json', line: '2' });
    expect(main.summary).toContain('<code>package.json&#58;2</code>');
  });

  it('says where it looked for a package.json that is not there', async () => {
    const job = lay({ checkout: {} });
    const { main } = await job.use({ with: npm });
    expect(main.code).toBe(2);
    const [error] = main.commands.filter(({ name }) => name === 'error');
    expect(error?.data).toContain('package.json');
    expect(main.summary).toContain('package.json');
  });

  it('does without a home', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main, post } = await job.use({ with: npm, env: { HOME: '', USERPROFILE: '' } });
    expect(main.code, `${main.stdout}${main.stderr}`).toBe(0);
    expect((await post()).code).toBe(0);
  });

  it.each<[string, (job: RunnerJobWorld) => void]>([
    ['files that are gone', (job) => fs.rmSync(join(job.temp, 'npmrc-preflight'), { recursive: true })],
    [
      'a journal that is damaged',
      (job) => {
        const folder = join(job.temp, 'npmrc-preflight');
        for (const name of fs.readdirSync(folder).filter((one) => one.endsWith('.json')))
          fs.writeFileSync(join(folder, name), '{"schema": 1, ');
      },
    ],
    [
      'a folder in the place of the file',
      (job) => {
        const file = join(job.temp, 'npmrc-preflight', '.npmrc');
        fs.rmSync(file);
        fs.mkdirSync(join(file, 'x'), { recursive: true });
      },
    ],
    [
      'a temporary folder that is gone',
      (job) => fs.rmSync(join(job.temp, 'npmrc-preflight'), { recursive: true }),
    ],
  ])('does not fail the job after it for %s', async (_, damage) => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { post } = await job.use({ with: npm });
    damage(job);
    expect(await post()).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    { RUNNER_TEMP: '' },
    { RUNNER_TEMP: '/no/such/folder\0'.replace('\0', '') },
    { GITHUB_ENV: '/no/such/folder/env' },
  ])('does not fail the job after it with %j', async (env) => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { post } = await job.use({ with: npm });
    expect((await post({ env })).code).toBe(0);
  });

  it('tidies up after a phase that ended early', async () => {
    const job = lay({ checkout: { 'package.json': '{"dependencies": [' } });
    const { main, post } = await job.use({ with: npm });
    expect(main.code).toBe(2);
    expect(await post()).toMatchObject({ code: 0, stdout: 'nothing to restore\n' });
  });

  it('is no second run after the job, though the runner lost its state and its inputs', async () => {
    const { serverUrl, registry, requests } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main, post } = await job.use({ with: npm });
    expect(main.code, main.stdout).toBe(0);
    const asked = requests.length;
    const after = await post({ state: {}, env: { 'INPUT_FAIL-ON': '', GITHUB_ACTION: '' } });
    expect(after).toMatchObject({
      code: 0,
      stderr: '',
      exported: { NPMRC_PREFLIGHT_TOKEN: '' },
      outputs: {},
    });
    expect(after.stdout).toContain('removed, as it was not there before');
    expect(requests.length).toBe(asked);
    expect(fs.existsSync(join(job.temp, 'npmrc-preflight'))).toBe(false);
  });

  it('needs no state', async () => {
    const { serverUrl, registry } = await packages();
    const job = lay({ serverUrl, checkout: shop(registry) });
    const { main, post } = await job.use({ with: npm, env: { GITHUB_STATE: '/no/such/folder/state' } });
    expect(main.code, main.stdout).toBe(0);
    expect(main.log).toContain('note: state could not be told to the runner: ');
    expect(await post()).toMatchObject({ code: 0, exported: { NPMRC_PREFLIGHT_TOKEN: '' } });
  });
});

/** Every input of action.yml by its variable, as the runner gives them. */
function allInputs(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(readMetadata().inputs).map(([name, { default: preset = '' }]) => [
      `INPUT_${name.toUpperCase()}`,
      preset.startsWith('${{') ? '' : preset,
    ]),
  );
}

describe('a run: step', () => {
  let job: RunnerJobWorld;
  beforeAll(() => {
    job = layRunnerJob({ checkout: { 'package.json': manifest({}) } });
    return () => job.remove();
  });

  it('is no use of the action, whatever inputs of another action surround it', async () => {
    const foreign = {
      INPUT_TOKEN: 'x'.repeat(20),
      'INPUT_WORKING-DIRECTORY': '/nowhere',
      INPUT_FORMAT: 'xml',
    };
    const step = await job.run(
      { command: process.execPath, args: [bundle] },
      { env: { GITHUB_ACTION: '__run', ...foreign } },
    );
    expect(step).toMatchObject({ code: 0, stderr: '', state: {}, outputs: {}, masks: [] });
  });

  it('is none with arguments, though it is called inside an action', async () => {
    const step = await job.run(
      { command: process.execPath, args: [bundle, '--version'] },
      { env: { GITHUB_ACTION: '__self', ...allInputs() } },
    );
    expect(step).toMatchObject({ code: 0, state: {} });
    expect(step.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('writes its page too', async () => {
    const step = await job.run(
      { command: process.execPath, args: [bundle] },
      { env: { GITHUB_ACTION: '__run' } },
    );
    expect(step.summary).toContain('no private package found');
  });
});

describe('a run: step that is refused', () => {
  it.each<[string, readonly string[], Record<string, string>, string]>([
    ['its options', ['run', '--fail-on', 'sometimes'], {}, '--fail-on: '],
    ['an option that is none', ['--fial-on', 'never'], {}, 'unknown option --fial-on'],
    ['a command that is none', ['runn'], {}, 'unknown command'],
    ['its variables', [], { NPMRC_PREFLIGHT_RETRIES: 'many' }, 'NPMRC_PREFLIGHT_RETRIES: '],
    ['its folder', ['verify'], {}, 'no package.json'],
  ])('for %s says it in log, annotation and summary', async (_, args, env, message) => {
    const job = lay({ checkout: {} });
    const step = await job.run(
      { command: process.execPath, args: [bundle, ...args] },
      { env: { GITHUB_ACTION: '__run', ...env } },
    );
    expect(step).toMatchObject({ code: 2, stdout: '' });
    expect(step.log).toContain(message);
    expect(step.commands).toMatchObject([{ name: 'error', properties: { title: 'npmrc-preflight' } }]);
    expect(step.commands[0]?.data).toContain(message);
    expect(step.summary).toContain('**✗ The check could not be made**');
  });

  it('of a command that checks nothing leaves the page alone', async () => {
    const job = lay({ checkout: {} });
    const step = await job.run({ command: process.execPath, args: [bundle, 'which'] }, {});
    expect(step).toMatchObject({ code: 2, commands: [], summary: '' });
  });
});

describe('texts from outside', () => {
  it('that repeat the token show it nowhere on the page of the run', async () => {
    const token = 'ghs_a.token_with*marks~of`Markdown|and<HTML>_in-it';
    const server = await startLoopback(({ headers }) =>
      json(403, { error: `not for ${headers.authorization}` }),
    );
    open.push(server);
    const job = lay({
      token,
      serverUrl: server.origin,
      checkout: shop(`${server.origin}/_registry/npm/`),
    });
    const { main } = await job.use({ with: npm });
    expect(main.code).toBe(1);
    expect(main.summary).toContain('not for Bearer');
    const bare = main.summary.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(findLeaks(token, { summary: main.summary, bare })).toEqual([]);
  });

  const evil = '\n::error::fake\r::add-mask::fake\n##[error]fake ::set-env name=X::y ##[add-mask]fake';
  const ours = ['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice'];

  it.each<[string, number, Record<string, string>]>([
    ['a server and a folder', 1, { '@acme/ui': '1.0.0' }],
    ['ranges', 1, { '@acme/ui': `^1.0.0${evil}` }],
    ['names', 2, { '@acme/ui': '1.0.0', [`@acme/${evil}`]: '1.0.0', '@acme/##[error]x': evil }],
  ])('of %s never become commands of the runner', async (_, code, dependencies) => {
    const server = await startLoopback(() => json(403, { error: evil, message: evil }));
    open.push(server);
    const folder = 'apps/::warning::x ##[error]x';
    const job = lay({
      serverUrl: server.origin,
      checkout: {
        [`${folder}/package.json`]: manifest(dependencies),
        [`${folder}/.npmrc`]: `@acme:registry=${server.origin}/_registry/npm/\n${evil}\n`,
      },
    });
    const { main, post } = await job.use({ with: { ...npm, 'working-directory': folder } });
    expect(main.code, main.stdout + main.stderr).toBe(code);
    for (const { commands, masks } of [main, await post()]) {
      expect(commands.filter(({ name }) => !ours.includes(name))).toEqual([]);
      const spoken = commands.filter(({ name }) => ['error', 'warning', 'notice'].includes(name));
      expect(
        spoken.filter(({ properties }) => !/^(?:NP\d{3}|npmrc-preflight)/.test(properties.title ?? '')),
      ).toEqual([]);
      expect(masks).not.toContain('fake');
    }
  });
});
