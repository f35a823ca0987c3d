import * as fs from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComponentLab, carried, openComponentLab } from './component-lab.ts';
import { patience, posix, version } from './pipeline.ts';

const root = join(import.meta.dirname, '..', '..');

/** Every pipeline that the documents show, by file and line. */
const shown = ['README.md', 'docs/gitlab-ci.md'].flatMap((file) => {
  const text = fs.readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^```yaml\n(include:\n[\s\S]*?)^```$/gm)].map(([, block = ''], index) => ({
    name: `${file} ${index + 1}`,
    block,
  }));
});

describe.skipIf(!posix)('the pipelines of the documents', { timeout: patience }, () => {
  let lab: ComponentLab;
  beforeAll(async () => {
    lab = await openComponentLab();
  });
  afterAll(() => lab.close());

  it('are there', () => {
    expect(shown.length).toBeGreaterThan(10);
    for (const { block } of shown)
      expect(block).toMatch(new RegExp(`${version.replaceAll('.', '\\.')}|local:`));
  });

  it.concurrent.each(shown)('are valid: $name', async ({ block }) => {
    const jobs = block.replace(/https:\/\/files\.example\.com\/\S+/, lab.world.templateUrl);
    const own = /^\w[\w-]*:/m.test(block.replace(/^include:/, '')) ? '' : 'later:\n  script: [echo]\n';
    await lab.withConsumer(
      { files: carried, includes: [], checks: [], jobs: `${jobs}\n${own}` },
      async (bench) => {
        // the runner fetches includes side by side: the second of one component may find the first one's copy half written
        if (block.split('component:').length > 2) await bench.run('--preview');
        const ran = await bench.run('--preview');
        expect(ran.code, ran.stderr).toBe(0);
        const merged = load(ran.stdout.replaceAll('!reference', '')) as Record<string, { script?: unknown }>;
        const checks = Object.entries(merged).filter(
          ([, job]) => JSON.stringify(job?.script ?? '').length > 10_000,
        );
        const named = [...block.matchAll(/job-name: (\S+)/g)].map(([, name]) => name);
        expect(checks.map(([name]) => name)).toEqual(named.length > 0 ? named : ['npmrc-preflight']);
      },
    );
  });
});
