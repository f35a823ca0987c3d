import * as fs from 'node:fs';
import { join } from 'node:path';
import { installRuntimes, type NodeMajor, type NpmMajor } from '../../support/runtimes.ts';

/** An npm with the Node that runs it. `bin` is a folder for the path that holds both and nothing else. */
export interface RealNpm {
  major: NpmMajor;
  version: string;
  node: string;
  script: string;
  bin: string;
}

const nodes = { 10: 20, 11: 22, 12: 24 } as const satisfies Record<NpmMajor, NodeMajor>;

/** A real npm with its Node (10 on 20.18, 11 on 22, 12 on 24), started from a new folder below `place`. */
export async function realNpm(major: NpmMajor, place: string): Promise<RealNpm> {
  const runtimes = await installRuntimes();
  const node = runtimes.node(nodes[major]);
  const { folder, script, version } = runtimes.npm(major);
  const bin = join(place, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  if (process.platform === 'win32') {
    fs.mkdirSync(join(bin, 'node_modules'));
    fs.symlinkSync(folder, join(bin, 'node_modules', 'npm'), 'junction');
    fs.writeFileSync(join(bin, 'npm.cmd'), `@"%~dp0node.exe" "${script}" %*\r\n`);
    fs.copyFileSync(node, join(bin, 'node.exe'));
    return { major, version, node: join(bin, 'node.exe'), script, bin };
  }
  fs.symlinkSync(node, join(bin, 'node'));
  fs.symlinkSync(script, join(bin, 'npm'));
  return { major, version, node, script, bin };
}
