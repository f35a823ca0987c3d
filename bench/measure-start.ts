import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { manyPackages } from './bench-world.ts';
import type { Tools } from './contenders.ts';
import { type Checkout, layCheckout } from './lay-checkout.ts';
import { runMeasured } from './run-measured.ts';

/** A start of the program that asks no server. */
export type StartName = 'node -e 0' | '--version' | '--offline, 10 packages' | '--offline, 5,000 packages';

export const startNames: readonly StartName[] = [
  'node -e 0',
  '--version',
  '--offline, 10 packages',
  '--offline, 5,000 packages',
];

/** Times of the starts in milliseconds, run by run, in turn. */
export async function measureStart(
  runs: number,
  { node, bundle, bin }: Tools,
): Promise<ReadonlyMap<StartName, readonly number[]>> {
  const url = 'http://gitlab.example';
  const small = layCheckout(manyPackages(10, url), 'lockfile', url);
  const large = layCheckout(manyPackages(5000, url), 'lockfile', url);
  const offline = [bundle, 'verify', '--offline'];
  const starts: Record<StartName, { args: readonly string[]; checkout: Checkout }> = {
    'node -e 0': { args: ['-e', '0'], checkout: small },
    '--version': { args: [bundle, '--version'], checkout: small },
    '--offline, 10 packages': { args: offline, checkout: small },
    '--offline, 5,000 packages': { args: offline, checkout: large },
  };
  const times = new Map<StartName, number[]>(startNames.map((name) => [name, []]));
  try {
    for (const { renew } of [small, large]) renew('npm');
    for (let run = 0; run <= runs; run += 1) {
      for (const name of startNames) {
        const { args, checkout } = starts[name];
        const cwd = join(checkout.folder, 'checkout');
        const { ms, code, said } = await runMeasured({
          command: node,
          args,
          cwd,
          env: { PATH: bin, ...checkout.env },
        });
        if (code !== 0) throw new Error(`${name} ended with ${code}\n${said}`);
        if (run > 0) times.get(name)?.push(ms);
      }
    }
  } finally {
    for (const { remove } of [small, large]) remove();
  }
  return times;
}

/** Bytes of a file that is carried about, plain and gzipped. */
export interface FileSize {
  file: string;
  plain: number;
  gzipped: number;
}

/** The name under which the sizes count together what a run that passes loads of the program, from `dist/index.js` on. */
export const ofOnePass = 'dist/index.js and what it loads for a pass';

/** The sizes of the program as one pass loads it (`loaded`: the paths of modules, those of others among them), in one file, and in the GitLab template. */
export function fileSizes(root: string, loaded: readonly string[]): readonly FileSize[] {
  const dist = join(root, 'dist');
  const parts = loaded.filter((path) => dirname(path) === dist);
  return [
    ...(parts.length > 0 ? [sizeOf(ofOnePass, parts)] : []),
    ...['dist/npmrc-preflight.cjs', 'templates/npmrc-preflight.yml'].map((file) =>
      sizeOf(file, [join(root, file)]),
    ),
  ];
}

function sizeOf(file: string, paths: readonly string[]): FileSize {
  const texts = paths.map((path) => fs.readFileSync(path));
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
  return {
    file,
    plain: sum(texts.map(({ length }) => length)),
    gzipped: sum(texts.map((bytes) => gzipSync(bytes, { level: 9 }).length)),
  };
}
