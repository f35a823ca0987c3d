import * as fs from 'node:fs';
import { join } from 'node:path';
import type { ClientName } from '../../src/domain/client.ts';
import type { NodeMajor } from './runtimes.ts';

interface ClientRow {
  name: ClientName;
  /** The command that a job's shell knows it by. */
  command: string;
  node: NodeMajor;
  /** The program below the folder of the package. A script is started by Node, a binary (one package a platform) by itself. */
  program: { kind: 'script' | 'binary'; path: string };
}

const npm = { name: 'npm', command: 'npm', program: { kind: 'script', path: 'bin/npm-cli.js' } } as const;
const pnpm = { name: 'pnpm', command: 'pnpm' } as const;
const berry = {
  name: 'yarn-berry',
  command: 'yarn',
  program: { kind: 'script', path: 'bin/yarn.js' },
} as const;
const script = (path: string) => ({ kind: 'script', path }) as const;
const binary = (path: string) => ({ kind: 'binary', path }) as const;

/** The clients of `test/runtimes` by the names of their folders, each with a Node that its `engines` allow. */
export const runtimeClients = {
  'npm-10': { ...npm, node: 20 },
  'npm-11': { ...npm, node: 22 },
  'npm-12': { ...npm, node: 24 },
  'pnpm-9': { ...pnpm, node: 20, program: script('bin/pnpm.cjs') },
  'pnpm-10': { ...pnpm, node: 20, program: script('bin/pnpm.cjs') },
  'pnpm-11': { ...pnpm, node: 22, program: script('bin/pnpm.mjs') },
  'pnpm-12': { ...pnpm, node: 24, program: binary('pnpm') },
  'yarn-1': { name: 'yarn', command: 'yarn', node: 20, program: script('bin/yarn.js') },
  'yarn-3': { ...berry, node: 20 },
  'yarn-4': { ...berry, node: 22 },
  bun: { name: 'bun', command: 'bun', node: 24, program: binary('bin/bun') },
} as const satisfies Record<string, ClientRow>;

export type RuntimeClientId = keyof typeof runtimeClients;

export const runtimeClientIds = Object.keys(runtimeClients) as readonly RuntimeClientId[];

/** A package manager that tests run for real. Paths are absolute. */
export interface RuntimeClient {
  id: RuntimeClientId;
  name: ClientName;
  version: string;
  /** The Node that runs it, or that stands beside it when it is a binary. */
  node: string;
  run(args: readonly string[]): { command: string; args: readonly string[] };
  /** Puts this client and its Node into a folder for the path, and nothing else. */
  install(bin: string): void;
}

/** A client below a `node_modules`. Throws with what to do when this platform has none. */
export function runtimeClient(
  id: RuntimeClientId,
  modules: string,
  node: (major: NodeMajor) => string,
): RuntimeClient {
  const row: ClientRow = runtimeClients[id];
  const isBinary = row.program.kind === 'binary';
  const windows = process.platform === 'win32';
  const folder = join(modules, isBinary ? `${id}-${process.platform}-${process.arch}` : id);
  const program = join(folder, ...`${row.program.path}${isBinary && windows ? '.exe' : ''}`.split('/'));
  if (!fs.existsSync(program)) {
    throw new Error(
      `no ${id} for ${process.platform}-${process.arch} in test/runtimes: add its package there`,
    );
  }
  const { version } = JSON.parse(fs.readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const itsNode = node(row.node);
  return {
    id,
    name: row.name,
    version,
    node: itsNode,
    run: (args) => (isBinary ? { command: program, args } : { command: itsNode, args: [program, ...args] }),
    install(bin) {
      fs.mkdirSync(bin, { recursive: true });
      if (windows) return installOnWindows({ bin, folder, program, node: itsNode, row });
      fs.symlinkSync(itsNode, join(bin, 'node'));
      fs.symlinkSync(program, join(bin, row.command));
    },
  };
}

function installOnWindows(from: {
  bin: string;
  folder: string;
  program: string;
  node: string;
  row: ClientRow;
}): void {
  const { bin, folder, program, node, row } = from;
  fs.mkdirSync(join(bin, 'node_modules'));
  fs.symlinkSync(folder, join(bin, 'node_modules', row.command), 'junction');
  const start = row.program.kind === 'script' ? `"%~dp0node.exe" "${program}"` : `"${program}"`;
  fs.writeFileSync(join(bin, `${row.command}.cmd`), `@${start} %*\r\n`);
  fs.copyFileSync(node, join(bin, 'node.exe'));
}
