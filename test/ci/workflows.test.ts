import * as fs from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { actionlint, githubParsers, type Lint } from '../support/github-linters.ts';
import { readMetadata } from '../support/github-runner.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = '.github/workflows';
const workflows = fs.readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const read = (name: string) => fs.readFileSync(join(root, name), 'utf8');

interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<
    string,
    {
      permissions?: Record<string, string>;
      'timeout-minutes'?: number;
      steps: readonly { uses?: string; run?: string; with?: Record<string, unknown> }[];
    }
  >;
}

let parsers: { action: Lint; workflow: Lint };
let lint: Lint;
beforeAll(async () => {
  parsers = await githubParsers();
  lint = await actionlint();
});

describe('action.yml', () => {
  it("is one by GitHub's own parser", async () => {
    expect(await parsers.action('action.yml', read('action.yml'))).toEqual([]);
  });

  it.each([
    ['another runtime', "using: 'node24'", "using: 'node5'"],
    ['a key that is none', 'runs:', 'run:'],
    ['a colour that is none', "color: 'green'", "color: 'mauve'"],
  ])('would not be with %s', async (_, from, to) => {
    const text = read('action.yml');
    expect(text).toContain(from);
    expect(await parsers.action('action.yml', text.replace(from, to))).not.toEqual([]);
  });

  it('runs the one bundle in both phases, the second by a file of its own and whatever happened', () => {
    const { runs } = readMetadata();
    expect(runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/post.js',
      'post-if': 'always()',
    });
  });
});

describe.each(workflows)('%s', (name) => {
  const workflow = () => load(read(name)) as Workflow;

  it("is valid by GitHub's own parser and by actionlint", async () => {
    expect(await parsers.workflow(name, read(name))).toEqual([]);
    expect(await lint(name, read(name))).toEqual([]);
  });

  it('has no permission but what its jobs name, and ends by itself', () => {
    const { permissions, jobs } = workflow();
    expect(permissions).toEqual({});
    for (const [id, job] of Object.entries(jobs)) {
      expect(job.permissions, id).toBeDefined();
      expect(job['timeout-minutes'], id).toBeGreaterThan(0);
      const writes = Object.entries(job.permissions ?? {}).filter(([, right]) => right === 'write');
      expect(writes.map(([scope]) => scope)).toEqual(id === 'release' ? ['contents'] : []);
    }
  });

  it('uses other actions by commit, with the version beside it', () => {
    const uses = [...read(name).matchAll(/uses: (\S+)(.*)$/gm)].map(([, action = '', note = '']) => ({
      action,
      note,
    }));
    const others = uses.filter(({ action }) => action !== './');
    expect(others.length).toBeGreaterThan(0);
    for (const { action, note } of others) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(note).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  it('puts no expression into a script, and gives ./ only inputs that there are', () => {
    const { inputs } = readMetadata();
    for (const { steps } of Object.values(workflow().jobs)) {
      for (const { uses, run = '', with: given = {} } of steps) {
        expect(run).not.toContain('${{');
        if (uses === './') expect(Object.keys(given).filter((input) => !(input in inputs))).toEqual([]);
      }
    }
  });
});

it('actionlint sees what is wrong', async () => {
  const text = read(`${folder}/action.yml`);
  expect(
    await lint('x.yml', text.replace('steps.preflight.outputs.verdict', 'steps.nobody.outputs.verdict')),
  ).not.toEqual([]);
  expect(await lint('x.yml', text.replace('runs-on:', 'run-on:'))).not.toEqual([]);
});

describe('the examples of the documents', () => {
  const pages = ['README.md', 'docs/github-actions.md'];
  const examples = pages.flatMap((page) =>
    [...read(page).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].flatMap(([, text = ''], index) =>
      /uses: acme\/npmrc-preflight@|actions\/checkout/.test(text) ? [{ page, index, text }] : [],
    ),
  );

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  it.each(examples)('$page, $index is a workflow', async ({ text }) => {
    const whole = wholeWorkflow(text);
    expect(await parsers.workflow('example.yml', whole)).toEqual([]);
    expect(await lint('example.yml', whole)).toEqual([]);
  });

  it.each(examples)('$page, $index names inputs that there are', ({ text }) => {
    const { inputs } = readMetadata();
    const { jobs } = load(wholeWorkflow(text)) as Workflow;
    for (const { uses = '', with: given = {} } of Object.values(jobs).flatMap(({ steps }) => steps ?? [])) {
      if (/npmrc-preflight@/.test(uses))
        expect(Object.keys(given).filter((name) => !(name in inputs))).toEqual([]);
    }
  });
});

/** An example with what it leaves out around it: steps become a job, jobs a workflow. */
function wholeWorkflow(text: string): string {
  const indented = (by: string) => text.replace(/^(?=.)/gm, by);
  if (/^on:/m.test(text)) return text;
  if (/^jobs:/m.test(text)) return `on: push\n${text}`;
  if (/^steps:/m.test(text))
    return `on: push\njobs:\n  install:\n    runs-on: ubuntu-latest\n${indented('    ')}`;
  if (/^- /.test(text))
    return `on: push\njobs:\n  install:\n    runs-on: ubuntu-latest\n    steps:\n${indented('      ')}`;
  return `on: push\njobs:\n${indented('  ')}`;
}
