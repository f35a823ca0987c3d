import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { publicVariables, quietVariables } from '../clients/real/client-variables.ts';
import { habits } from '../clients/real/good-configuration.ts';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';
import type { RuntimeClientId } from '../support/runtime-clients.ts';
import { firstToken, laterToken } from './ci-world.ts';
import { type ComponentLab, carried, jobText, local, openComponentLab } from './component-lab.ts';
import { type ConsumerProject, patience, posix, version } from './pipeline.ts';

const secretOfHome = 'npm_0123456789abcdefghijABCDEFGHIJ0123456';

describe.skipIf(!posix)('the GitLab component', { timeout: patience }, () => {
  let lab: ComponentLab;
  beforeAll(async () => {
    lab = await openComponentLab();
  });
  afterAll(() => lab.close());

  interface Use {
    id: RuntimeClientId;
    include: ConsumerProject['includes'][number];
    files?: Readonly<Record<string, string>>;
    packageManager?: string;
    /** The keys of the job beside its script, as a consumer writes them. */
    keys: readonly string[];
  }
  const byComponent = { component: `$CI_SERVER_FQDN/components/npmrc-preflight/npmrc-preflight@${version}` };
  const byProject = {
    project: 'components/npmrc-preflight',
    ref: version,
    file: '/templates/npmrc-preflight.yml',
  };
  const extended = ['extends: .npmrc-preflight', 'before_script: [echo own]'];
  const setUp = ['extends: .npmrc-preflight:setup'];
  const composed = [
    ...setUp,
    `before_script: ['echo own', !reference [".npmrc-preflight:setup", before_script]]`,
  ];
  const berry = { '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' };
  const uses: readonly Use[] = [
    { id: 'npm-10', include: byComponent, keys: [...extended, 'needs: [npmrc-preflight]'] },
    { id: 'npm-12', include: byProject, keys: extended },
    { id: 'pnpm-10', include: local, keys: extended },
    { id: 'pnpm-11', include: local, keys: extended },
    { id: 'yarn-1', include: local, keys: extended },
    { id: 'bun', include: local, keys: extended },
    { id: 'yarn-4', include: byComponent, files: berry, keys: setUp },
    { id: 'npm-11', include: local, keys: composed },
  ];

  it.concurrent.each(uses)('lets $id install by $keys.0', async ({ id, include, files = {}, keys }) => {
    const { name, version } = await lab.client(id);
    const command = name.replace('-berry', '');
    const rest = jobText('install', {
      keys,
      variables: {
        ...quietVariables(id, join(lab.place, `cache-${id}`)),
        ...publicVariables(id, lab.world.at.publicRegistry, false),
        CI_JOB_TOKEN: laterToken,
        HOME: '$CI_PROJECT_DIR/home',
      },
      script: [`${command} ${habits[id].install.join(' ')}`],
    });
    await lab.withConsumer(
      {
        files: {
          ...carried,
          ...files,
          'package.json': manifest(
            { '@acme/ui': '^1.0.0' },
            { type: 'module', packageManager: `${command}@${version}` },
          ),
        },
        home: { '.npmrc': `//npm.example.test/:_authToken=${secretOfHome}\n` },
        includes: [include],
        jobs: `default:\n  before_script: [exit 9]\n  after_script: [exit 9]\n${rest}`,
      },
      async (bench) => {
        const ran = await bench.run();
        const why = `${ran.stdout}\n${ran.stderr}`;
        expect(ran.code, why).toBe(0);
        expect(ran.stderr).toContain('json schema validated');
        expect(ran.stdout).toMatch(/PASS {2}npmrc-preflight/);
        expect(ran.stdout).toMatch(/PASS {2}install/);
        expect(ran.stdout.includes('extend .npmrc-preflight:setup')).toBe(id === 'yarn-4');
        // the runner prints commands as well: none of them may look like a failure
        expect(why).not.toMatch(/error|did not get/i);
        const installed = join(bench.built('install'), 'node_modules', '@acme', 'ui', 'package.json');
        expect(fs.existsSync(installed), why).toBe(true);
        const artifacts = filesBelow(bench.artifacts('npmrc-preflight'));
        expect(Object.keys(artifacts).length).toBeGreaterThan(3);
        for (const secret of [firstToken, laterToken, secretOfHome]) {
          expect(findLeaks(secret, { printed: why, ...artifacts })).toEqual([]);
        }
      },
      { id },
    );
  });

  const asking = (...names: readonly string[]) => ({
    ...carried,
    'package.json': manifest(Object.fromEntries(names.map((name) => [name, '^1.0.0']))),
  });
  const later = jobText('later', {
    script: ['echo "the later job runs after $NPMRC_PREFLIGHT_VERDICT with $NPMRC_PREFLIGHT_CODES"'],
  });

  interface Ending {
    name: string;
    files: Readonly<Record<string, string>>;
    inputs: Readonly<Record<string, unknown>>;
    variables?: Readonly<Record<string, string>>;
    says: RegExp;
    verdict: string;
    later: boolean;
  }
  const nowhere = { CI_API_V4_URL: 'http://127.0.0.1:9/api/v4', CI_SERVER_URL: 'http://127.0.0.1:9' };
  const endings: readonly Ending[] = [
    {
      name: 'ends the pipeline where a package would be refused',
      files: asking('@acme/ui', '@acme/closed'),
      inputs: {},
      says: /error\[NP301\][\s\S]* FAIL {2}npmrc-preflight/,
      verdict: 'fail',
      later: false,
    },
    {
      name: 'goes on where that is allowed',
      files: asking('@acme/closed'),
      inputs: { 'allow-failure': 'always' },
      says: /error\[NP301\][\s\S]* WARN {2}npmrc-preflight/,
      verdict: 'fail',
      later: true,
    },
    {
      name: 'ends the pipeline where nobody can be asked',
      files: asking('@acme/ui'),
      inputs: { retries: 0 },
      variables: nowhere,
      says: /FAIL 3 [\s\S]*error\[NP402\][\s\S]* FAIL {2}npmrc-preflight/,
      verdict: 'undecided',
      later: false,
    },
    {
      name: 'goes on without an answer where that is allowed',
      files: asking('@acme/ui'),
      inputs: { retries: 0, 'allow-failure': 'undecided' },
      variables: nowhere,
      says: /error\[NP402\][\s\S]* WARN {2}npmrc-preflight/,
      verdict: 'undecided',
      later: true,
    },
  ];

  it.concurrent.each(endings)('$name', async (ending) => {
    const includes = [{ ...local, inputs: ending.inputs }];
    await lab.withConsumer(
      { files: ending.files, includes, jobs: later },
      async (bench) => {
        const ran = await bench.run();
        const said = `${ran.stderr}\n${ran.stdout}`;
        expect(said).toMatch(ending.says);
        expect(ran.code, said).toBe(ending.later ? 0 : 1);
        const goesOn = new RegExp(`> the later job runs after ${ending.verdict} with NP\\d{3}`);
        expect(goesOn.test(said), said).toBe(ending.later);
        expect(said).not.toContain('could not be found');
        const folder = join(bench.artifacts('npmrc-preflight'), '.npmrc-preflight/node_modules/report');
        expect(fs.readdirSync(folder).sort()).toEqual([
          'annotations.json',
          'codequality.json',
          'junit.xml',
          'preflight.env',
          'report.html',
          'report.json',
        ]);
        expect(JSON.parse(fs.readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({
          verdict: ending.verdict,
        });
        // what is said of a call is for those who have the program with its pages
        expect(fs.readFileSync(join(folder, 'junit.xml'), 'utf8')).not.toContain('explain:');
        expect(fs.readFileSync(join(folder, 'annotations.json'), 'utf8')).toContain(
          '/artifacts/file/.npmrc-preflight/node_modules/report/report.html',
        );
      },
      { variables: ending.variables ?? {} },
    );
  });

  it('fails for findings where only an undecided check may fail', async () => {
    const includes = [{ ...local, inputs: { 'allow-failure': 'undecided' } }];
    await lab.withConsumer({ files: asking('@acme/closed'), includes, jobs: later }, async (bench) => {
      // gitlab-ci-local lets the pipeline go on after any failure of a job with exit codes; what it prints of the job is right
      expect((await bench.run('npmrc-preflight')).stdout).toMatch(/ FAIL {2}npmrc-preflight/);
    });
  });

  it('serves two folders of one repository, included from a web server and from a file', async () => {
    const jobs = ['web', 'api'].map((name) =>
      jobText(`${name}-install`, {
        keys: [`extends: .preflight-${name}`, `needs: [preflight-${name}]`],
        variables: { npm_config_registry: lab.world.at.publicRegistry, CI_JOB_TOKEN: laterToken },
        script: [`cd apps/${name}`, 'npm install --no-audit --no-fund'],
      }),
    );
    const input = (name: string) => ({
      'job-name': `preflight-${name}`,
      'working-directory': `apps/${name}`,
    });
    await lab.withConsumer(
      {
        files: {
          ...carried,
          'apps/web/package.json': manifest({ '@acme/ui': '^1.0.0' }),
          'apps/api/package.json': manifest({ '@kit/ui': '^1.0.0' }),
        },
        includes: [
          { remote: lab.world.templateUrl, inputs: input('web') },
          {
            ...local,
            inputs: {
              ...input('api'),
              registries: `@kit=${lab.world.at.project(324)}\n@parts=${lab.world.at.project(325)}\n`,
            },
          },
        ],
        jobs: jobs.join(''),
      },
      async (bench) => {
        const ran = await bench.run();
        expect(ran.code, `${ran.stdout}\n${ran.stderr}`).toBe(0);
        expect(fs.existsSync(join(bench.built('web-install'), 'apps/web/node_modules/@acme/tokens'))).toBe(
          true,
        );
        expect(fs.existsSync(join(bench.built('api-install'), 'apps/api/node_modules/@parts/tokens'))).toBe(
          true,
        );
        // each with the file of its own check alone
        expect(fs.readdirSync(bench.built('web-install'))).not.toContain('.preflight-api');
      },
    );
  });

  it('says it where a job that sets itself up did not get the artifact', async () => {
    const keys = ['extends: .npmrc-preflight:setup', 'needs: []'];
    const jobs = jobText('install', { keys, script: ['npm install'] });
    await lab.withConsumer({ files: asking('@acme/ui'), includes: [local], jobs }, async (bench) => {
      const ran = await bench.run();
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(
        'error: this job did not get the artifact of npmrc-preflight: add that job to its needs or dependencies',
      );
    });
  });

  it.each<[string, readonly string[], boolean]>([
    ['left the check out of its needs', ['needs: []'], true],
    ['takes no artifacts', ['dependencies: []'], true],
    ['needs the check', ['needs: [npmrc-preflight]'], false],
    ['has a before_script of its own', ['needs: []', 'before_script: [echo own]'], true],
  ])('tells a job that %s whether it had a configuration, and fails none for that', async (_, keys, told) => {
    const jobs = `install:\n  extends: .npmrc-preflight\n${keys.map((key) => `  ${key}\n`).join('')}  script: [echo installed]\n`;
    await lab.withConsumer({ files: asking('@acme/ui'), includes: [local], jobs }, async (bench) => {
      const ran = await bench.run();
      const said = `${ran.stdout}\n${ran.stderr}`;
      expect(ran.code, said).toBe(0);
      expect(said).toContain('> installed');
      expect(
        said.includes(
          'error: .npmrc-preflight/npmrc is not here, so package managers had no configuration for private packages: this job did not get the artifact of npmrc-preflight. Add that job to its needs or dependencies; if it is there, its rules left it out of this pipeline, or its artifact has expired',
        ),
        said,
      ).toBe(told);
    });
  });

  it.each([
    ['extends the variables alone', 'extends: .npmrc-preflight:variables', false],
    [
      'takes the word in',
      'extends: .npmrc-preflight\n  after_script: [echo own, !reference [.npmrc-preflight, after_script]]',
      true,
    ],
  ])('leaves the after_script to a job that %s', async (_, keys, told) => {
    const jobs = `default:\n  after_script: [echo own]\ninstall:\n  needs: []\n  ${keys}\n  script: ['echo "reads $NPM_CONFIG_USERCONFIG"']\n`;
    await lab.withConsumer({ files: asking('@acme/ui'), includes: [local], jobs }, async (bench) => {
      const { stdout, stderr } = await bench.run();
      expect(stdout).toMatch(/> reads .*\.npmrc-preflight\/npmrc/);
      expect(stdout).toContain('> own');
      expect(`${stdout}${stderr}`.includes('.npmrc-preflight/npmrc is not here')).toBe(told);
    });
  });

  it('lets the consumer set what is no input, by the name of the job', async () => {
    const jobs = 'npmrc-preflight:\n  tags: [small]\n  rules:\n    - if: $CI_COMMIT_BRANCH == "never"\n';
    await lab.withConsumer(
      { files: asking('@acme/ui'), includes: [local], jobs: `${jobs}${later}` },
      async (bench) => {
        const preview = await bench.run('--preview');
        expect(preview.stdout).toMatch(/npmrc-preflight:\n[\s\S]* {2}tags:\n {4}- small/);
        const ran = await bench.run();
        expect(ran.stdout).not.toContain('npmrc-preflight starting');
        expect(ran.stdout).toContain('> the later job runs');
      },
    );
  });
});
