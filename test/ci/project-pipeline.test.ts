import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComponentLab, openComponentLab } from './component-lab.ts';
import { type ConsumerProject, patience, posix } from './pipeline.ts';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const parts = [
  'package.json',
  'dist/npmrc-preflight.cjs',
  'templates/npmrc-preflight.yml',
  'scripts/gitlab-template.mjs',
  'scripts/check-template.mjs',
];

/** The parts of this project that its jobs without an installation need. */
const project: ConsumerProject = {
  files: Object.fromEntries(parts.map((path) => [path, fs.readFileSync(join(root, path), 'utf8')])),
  includes: [],
  checks: ['npmrc-preflight'],
  jobs: fs.readFileSync(join(root, '.gitlab-ci.yml'), 'utf8'),
};

describe.skipIf(!posix)('the pipeline of the project', { timeout: patience }, () => {
  let lab: ComponentLab;
  beforeAll(async () => {
    lab = await openComponentLab();
  });
  afterAll(() => lab.close());

  it.concurrent.each([
    [
      'a branch',
      { CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' },
      ['check-dist', 'check-template', 'npmrc-preflight', 'test'],
    ],
    [
      'a branch of a closed instance',
      { CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main', CLOSED_INSTANCE: 'true' },
      ['check-template', 'npmrc-preflight'],
    ],
    [
      'a release',
      { CI_COMMIT_BRANCH: '', CI_COMMIT_TAG: version },
      ['check-template', 'npmrc-preflight', 'release'],
    ],
    [
      'another tag',
      { CI_COMMIT_BRANCH: '', CI_COMMIT_TAG: 'nightly' },
      ['check-template', 'npmrc-preflight'],
    ],
  ] as const)('runs for %s what it should', async (_, variables, names) => {
    await lab.withConsumer(
      project,
      async (bench) => {
        const ran = await bench.run('--list-json');
        expect(ran.code, ran.stderr).toBe(0);
        const jobs = JSON.parse(ran.stdout) as readonly { name: string; when: string }[];
        expect(
          jobs
            .filter(({ when }) => when !== 'never')
            .map(({ name }) => name)
            .sort(),
        ).toEqual(names);
      },
      { variables },
    );
  });

  it.concurrent('tests the component as it is on this instance, and what a release hands out, with nothing installed', async () => {
    await lab.withConsumer(
      project,
      async (bench) => {
        const ran = await bench.run();
        expect(ran.code, `${ran.stdout}\n${ran.stderr}`).toBe(0);
        expect(ran.stderr).toContain('json schema validated');
        for (const name of ['npmrc-preflight', 'check-template', 'release'])
          expect(ran.stdout).toMatch(new RegExp(` PASS {2}${name}`));
      },
      { variables: { CI_COMMIT_BRANCH: '', CI_COMMIT_TAG: version } },
    );
  });

  it.concurrent.each([
    ['a tag that is not the version', {}, '9.9.9', /the tag 9\.9\.9 is not the version/],
    [
      'a component with another program',
      { 'dist/npmrc-preflight.cjs': 'console.log(1)\n' },
      version,
      /does not carry dist\/npmrc-preflight\.cjs/,
    ],
  ] as const)('lets nothing be released from %s', async (_, files, tag, says) => {
    await lab.withConsumer(
      { ...project, files: { ...project.files, ...files } },
      async (bench) => {
        const ran = await bench.run();
        expect(ran.code).toBe(1);
        expect(`${ran.stdout}${ran.stderr}`).toMatch(says);
        expect(ran.stdout).not.toContain('release starting');
      },
      { variables: { CI_COMMIT_BRANCH: '', CI_COMMIT_TAG: tag } },
    );
  });
});
