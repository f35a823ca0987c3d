import * as fs from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { firstToken } from './ci-world.ts';
import { type ComponentLab, carried, local, openComponentLab } from './component-lab.ts';
import { type PipelineBench, patience, posix } from './pipeline.ts';

/** What one include of the component did. */
interface Outcome {
  npmrc: string;
  log: string;
  packages: readonly string[];
  report: { verdict: string; exitCode: number; findings: readonly { code: string; title: string }[] };
}

/** One input with a value, and what it changes. */
interface Effect {
  input: string;
  inputs(lab: ComponentLab): Readonly<Record<string, unknown>>;
  expect(outcome: Outcome, lab: ComponentLab): void;
}

const files = {
  ...carried,
  'package.json': manifest({ '@acme/ui': '^1.0.0' }, { devDependencies: { '@design/ui': '^1.0.0' } }),
  'apps/kit/package.json': manifest({ '@kit/ui': '^1.0.0' }),
  'apps/closed/package.json': manifest({ '@acme/closed': '^1.0.0' }),
  'apps/many/package.json': manifest(
    Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`@many/${name}`, '1.0.0'])),
  ),
  'apps/shipped/package.json': manifest({}, { name: '@acme/shop', version: '1.0.0', private: false }),
  'apps/locked/package.json': manifest({ '@acme/ui': '^1.0.0' }),
  'apps/locked/package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { '@acme/ui': '^1.0.0' } },
      'node_modules/@acme/ui': { version: '1.4.0', dependencies: { '@design/ui': '1.4.0' } },
      'node_modules/@design/ui': { version: '1.4.0' },
    },
  }),
};

const effects: readonly Effect[] = [
  {
    input: 'working-directory',
    inputs: ({ world }) => ({
      'working-directory': 'apps/kit',
      registries: `@kit=${world.at.project(324)} @parts=${world.at.project(325)}`,
    }),
    expect: ({ packages }) => expect(packages).toEqual(['@kit/ui', '@parts/tokens']),
  },
  {
    input: 'scopes',
    inputs: () => ({ scopes: '@design', prefix: 'group' }),
    expect: ({ packages }) => expect(packages).toEqual(['@design/ui']),
  },
  {
    input: 'registries',
    inputs: ({ world }) => ({
      registries: `@design=${world.at.project(324)}\n@elsewhere=https://npm.example.test/ token=OTHER_TOKEN\n`,
    }),
    expect({ npmrc, packages }, { world }) {
      expect(npmrc).toContain(`@design:registry=${world.at.project(324)}\n`);
      expect(npmrc).toContain('//npm.example.test/:_authToken=${OTHER_TOKEN}\n');
      expect(packages).toContain('@design/ui');
    },
  },
  {
    input: 'prefix',
    inputs: () => ({ prefix: 'group' }),
    expect: ({ npmrc }, { world }) => expect(npmrc).toContain(`@acme:registry=${world.at.group}\n`),
  },
  {
    input: 'group-id',
    inputs: () => ({ prefix: 'group', 'group-id': 'some/where' }),
    expect: ({ npmrc }) => expect(npmrc).toContain('/groups/some%2Fwhere/-/packages/npm/\n'),
  },
  {
    input: 'project-id',
    inputs: () => ({ prefix: 'project', 'project-id': '324' }),
    expect: ({ npmrc }, { world }) => expect(npmrc).toContain(`@acme:registry=${world.at.project(324)}\n`),
  },
  {
    input: 'token-env',
    inputs: () => ({ 'token-env': 'OTHER_TOKEN' }),
    expect: ({ npmrc }) => expect(npmrc).toContain('_authToken=${OTHER_TOKEN}\n'),
  },
  {
    input: 'api-token-env',
    inputs: () => ({ 'working-directory': 'apps/closed', 'api-token-env': 'NO_SUCH_TOKEN' }),
    expect: ({ log }) => expect(log).toContain('NO_SUCH_TOKEN'),
  },
  {
    input: 'client',
    inputs: () => ({ client: 'npm@12.2.0' }),
    expect: ({ npmrc }) => expect(npmrc).toContain('allow-remote=all\n'),
  },
  {
    input: 'config',
    inputs: () => ({ config: 'none' }),
    expect({ npmrc, report }) {
      expect(npmrc).toBe('');
      expect(report.findings.map(({ code }) => code)).toEqual(['NP101']);
    },
  },
  {
    input: 'include',
    inputs: () => ({ include: 'dev', scopes: '@acme,@design', prefix: 'group' }),
    expect: ({ packages }) => expect(packages).toEqual(['@design/ui']),
  },
  {
    input: 'depth',
    inputs: () => ({ depth: 'direct', 'working-directory': 'apps/locked', scopes: '@acme,@design' }),
    // not @design/ui, of which the lockfile alone knows
    expect: ({ packages }) => expect(packages).toEqual(['@acme/ui']),
  },
  {
    input: 'publish',
    inputs: () => ({ publish: true, 'working-directory': 'apps/shipped' }),
    expect: ({ log }) => expect(log).toContain('@acme/shop'),
  },
  {
    input: 'fail-on',
    inputs: () => ({ 'fail-on': 'never', 'working-directory': 'apps/closed' }),
    expect: ({ report }) => expect(report).toMatchObject({ verdict: 'fail', exitCode: 0 }),
  },
  {
    input: 'timeout',
    inputs: ({ world }) => ({ registries: `@design=${world.odd.url}/silent/`, timeout: '200ms', retries: 0 }),
    expect: ({ report }) => expect(report.findings.map(({ code }) => code)).toContain('NP405'),
  },
  {
    input: 'retries',
    inputs: ({ world }) => ({ registries: `@design=${world.odd.url}/busy/`, retries: 1 }),
    expect: (_, { world }) => expect(world.odd.seen('busy').requests).toBe(2),
  },
  {
    input: 'concurrency',
    inputs: ({ world }) => ({
      'working-directory': 'apps/many',
      registries: `@many=${world.odd.url}/late/`,
      concurrency: '1',
    }),
    expect: (_, { world }) => expect(world.odd.seen('late')).toMatchObject({ most: 1 }),
  },
  {
    input: 'format',
    inputs: () => ({ format: 'json' }),
    expect: ({ log }) => expect(log).toContain('"schema": 1'),
  },
];

const nameOf = (input: string) => `by-${input}`;

describe.skipIf(!posix)('the inputs of the GitLab component', { timeout: patience }, () => {
  let lab: ComponentLab;
  let stdout = '';
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    lab = await openComponentLab();
    const includes = effects.map((effect) => ({
      ...local,
      inputs: { ...effect.inputs(lab), 'job-name': nameOf(effect.input), 'allow-failure': 'always' },
    }));
    await lab.withConsumer(
      { files, includes, jobs: '' },
      async (bench) => {
        const ran = await bench.run();
        stdout = `${ran.stdout}\n${ran.stderr}`;
        outcomes = new Map(effects.map(({ input }) => [input, outcomeOf(bench, nameOf(input))]));
      },
      { variables: { OTHER_TOKEN: firstToken } },
    );
  });
  afterAll(() => lab.close());

  it.each(effects)('$input', ({ input, expect: judge }) => {
    const outcome = outcomes.get(input);
    if (!outcome) throw new Error(`${input} has no outcome\n${stdout}`);
    judge(outcome, lab);
  });

  it('are all tried', () => {
    const spec = load(
      fs
        .readFileSync(join(import.meta.dirname, '../../templates/npmrc-preflight.yml'), 'utf8')
        .split(/^---$/m)[0] ?? '',
    );
    const { inputs } = (spec as { spec: { inputs: object } }).spec;
    const ofTheJob = ['job-name', 'stage', 'image', 'allow-failure', 'artifacts-expire-in'];
    expect([...effects.map(({ input }) => input), ...ofTheJob].sort()).toEqual(Object.keys(inputs).sort());
  });

  it('of the job set its stage, image and how long its artifacts are kept', async () => {
    const inputs = {
      'job-name': 'check_it',
      stage: 'check it',
      image: '${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/node:24-slim@sha256:0123',
      'artifacts-expire-in': '2 hrs 20 min',
    };
    const jobs = 'stages: [check it]\n';
    await lab.withConsumer({ files, includes: [{ ...local, inputs }], jobs }, async (bench) => {
      const ran = await bench.run('--preview');
      expect(ran.code, ran.stderr).toBe(0);
      const { check_it: job } = load(ran.stdout) as { check_it: Record<string, unknown> };
      expect(job).toMatchObject({
        stage: 'check it',
        image: { name: inputs.image },
        artifacts: { expire_in: '2 hrs 20 min', paths: ['.check_it/'], when: 'always' },
        needs: [],
        interruptible: true,
      });
    });
  });

  it.concurrent.each([
    [{ 'job-name': 'bad name!' }, /`job-name` input: `bad name!` does not match required/],
    [{ 'job-name': '../x' }, /`job-name` input/],
    [{ scopes: '@a"\n    EVIL: "b' }, /`scopes` input/],
    [{ image: 'a: b"' }, /`image` input/],
    [{ 'working-directory': '$(touch pwned)' }, /`working-directory` input/],
    [{ registries: '@a=https://a.test/ $CI_JOB_TOKEN' }, /`registries` input/],
    [{ 'fail-on': 'bogus' }, /`fail-on` input: `bogus` cannot be used/],
    [{ retries: 'many' }, /`retries` input: provided value is not a number/],
    [{ publish: 'maybe' }, /`publish` input: provided value is not a boolean/],
  ])('are refused by GitLab where they could do harm: %j', async (inputs, message) => {
    await lab.withConsumer({ files, includes: [{ ...local, inputs }], jobs: '' }, async (bench) => {
      const ran = await bench.run('--preview');
      expect(ran.code).toBe(1);
      expect(`${ran.stdout}${ran.stderr}`).toMatch(message);
    });
  });

  it('are data to the shell', async () => {
    const odd = `'; touch pwned; echo \`touch pwned\` | & #`;
    const includes = [{ ...local, inputs: { 'working-directory': odd } }];
    await lab.withConsumer({ files, includes, jobs: '' }, async (bench) => {
      const ran = await bench.run();
      expect(ran.code).toBe(1);
      expect(`${ran.stdout}${ran.stderr}`).toContain(odd);
      const everything = fs.readdirSync(bench.checkout, { recursive: true }).map(String);
      expect(everything.filter((path) => path.endsWith('pwned'))).toEqual([]);
    });
  });
});

function outcomeOf(bench: PipelineBench, job: string): Outcome {
  const folder = join(bench.artifacts(job), `.${job}`);
  const read = (path: string) => fs.readFileSync(join(folder, path), 'utf8');
  const report = JSON.parse(read('node_modules/report/report.json')) as Outcome['report'] & {
    packages: readonly { name: string }[];
  };
  const log = fs.readFileSync(join(bench.checkout, '.gitlab-ci-local', 'output', `${job}.log`), 'utf8');
  const packages = [...new Set(report.packages.map(({ name }) => name))].sort();
  return { npmrc: read('npmrc'), log, packages, report };
}
