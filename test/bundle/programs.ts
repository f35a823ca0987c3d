import * as fs from 'node:fs';
import { join } from 'node:path';
import { jobVariables, manifest } from '../../src/demo/scenario.ts';
import { type Ran, runProgram } from '../support/run-program.ts';
import type { NodeMajor, Runtimes } from '../support/runtimes.ts';
import { temporaryFolder, writeTree } from '../support/temporary-tree.ts';

export const dist = join(import.meta.dirname, '..', '..', 'dist');
export const token = 'glcbt-64_the-job-token-of-the-bundle-tests';

/** A folder with a project, in which the bundle runs with nothing of this machine in its environment. */
export interface Bench {
  folder: string;
  run(node: string, program: string, ...args: readonly string[]): Promise<Ran>;
  remove(): void;
}

/** Lays out a project that needs `@acme/ui` from a GitLab that can't be reached; the job's variables hold `token`. */
export function layBench(variables: 'none' | 'job'): Bench {
  const folder = temporaryFolder();
  const checkout = join(folder, 'checkout');
  const url = 'http://127.0.0.1:9';
  const job = jobVariables({
    url,
    version: '18.5.0',
    project: 'acme/shop',
    projectId: 512,
    user: 'alice',
    token,
  });
  const env =
    variables === 'none'
      ? {}
      : { ...job, CI_PROJECT_DIR: checkout, HOME: join(folder, 'home'), USERPROFILE: join(folder, 'home') };
  writeTree(checkout, {
    'package.json': manifest({ '@acme/ui': '^1.0.0' }),
    '.npmrc': `@acme:registry=${url}/api/v4/packages/npm/\n`,
  });
  return {
    folder,
    run: (node, program, ...args) => runProgram(node, [program, ...args], { cwd: checkout, env }),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** The Nodes that the bundle has to run on, oldest first. */
export function nodesOf(runtimes: Runtimes): readonly { major: NodeMajor; node: string }[] {
  return ([20, 22, 24] as const).map((major) => ({ major, node: runtimes.node(major) }));
}
