import { chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { nobody } from './built-program.ts';

/** A token that no other text looks like. */
export const token = 'glcbt-64_Zq7xV3wK9pTfLm2RbNc8';

/** Folders of one job: `root` holds the checkout, the home and an empty folder that stands for PATH. */
export interface Job {
  root: string;
  checkout: string;
  home: string;
  env: Readonly<Record<string, string>>;
  write(files: Readonly<Record<string, string | Buffer>>): void;
}

/**
 * A job on a GitLab at `url` (no final slash) with a checkout of `files` (paths with `/`). Only the variables that any job has;
 * `env` adds to them. Removed after the test.
 */
export function job(
  files: Readonly<Record<string, string | Buffer>>,
  { url = 'http://127.0.0.1:9', env = {} }: { url?: string; env?: Readonly<Record<string, string>> } = {},
): Job {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'preflight-job-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const checkout = join(root, 'checkout');
  const home = join(root, 'home');
  for (const folder of [checkout, home, join(root, 'bin')]) mkdirSync(folder);
  const write: Job['write'] = (more) => {
    for (const [path, content] of Object.entries(more)) {
      const file = join(checkout, ...path.split('/'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  };
  write(files);
  return {
    root,
    checkout,
    home,
    write,
    env: {
      HOME: home,
      USERPROFILE: home,
      PATH: join(root, 'bin'),
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${url}/api/v4`,
      CI_SERVER_URL: url,
      CI_SERVER_VERSION: '18.0.1',
      CI_PROJECT_PATH: 'acme/app',
      CI_PROJECT_ID: '512',
      CI_PROJECT_ROOT_NAMESPACE: 'acme',
      CI_PROJECT_URL: `${url}/acme/app`,
      CI_COMMIT_REF_NAME: 'main',
      GITLAB_USER_LOGIN: 'alice',
      CI_JOB_TOKEN: token,
      NO_COLOR: '1',
      NPMRC_PREFLIGHT_REPORT_DIR: 'none',
      NPMRC_PREFLIGHT_FORMAT: 'text',
      NPMRC_PREFLIGHT_CLIENT: 'npm@10.9.2',
      ...env,
    },
  };
}

/** A package.json with these dependencies. */
export function manifest(dependencies: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name: 'app', version: '1.0.0', dependencies }, null, 2)}\n`;
}

/** Makes these paths the property of the user that unprivileged runs have, where the tests run as root. */
export function handOver(...paths: readonly string[]): void {
  if (process.getuid?.() === 0) for (const path of paths) chownSync(path, nobody, nobody);
}
