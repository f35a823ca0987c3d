import { describe, expect, it } from 'vitest';
import { whichCommand } from '../../src/commands/which.ts';
import type { ClientName } from '../../src/domain/client.ts';
import type { FileReader } from '../../src/domain/file-reader.ts';
import type { WhichAnswer } from '../../src/domain/which-answer.ts';
import { readInputs } from '../../src/inputs.ts';
import type { World } from '../../src/io/world.ts';
import bunRows from './bun-rows.json' with { type: 'json' };
import npmRows from './npm-rows.json' with { type: 'json' };
import pnpmRows from './pnpm-rows.json' with { type: 'json' };
import { long, type MeasuredRow, originOf, rowWorld } from './replay-row.ts';
import yarnBerryRows from './yarn-berry-rows.json' with { type: 'json' };
import yarnRows from './yarn-rows.json' with { type: 'json' };

const measured: Readonly<Record<ClientName, unknown>> = {
  npm: npmRows,
  pnpm: pnpmRows,
  yarn: yarnRows,
  'yarn-berry': yarnBerryRows,
  bun: bunRows,
};

/** What the command `which` answers in the world of a row, for a package and a URL. */
async function asked(
  row: MeasuredRow,
  client: string,
  packageName: string,
  url: string,
): Promise<WhichAnswer> {
  const { projectDirectory, workspaceRoot, home, env, files } = rowWorld(row, originOf(row));
  const reading = readInputs({ args: new Map([['client', [client]]]), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  const unused = () => {
    throw new Error('which asks for nothing of this kind');
  };
  const world: World = {
    version: '0.0.0',
    env,
    directory: projectDirectory,
    home,
    platform: 'posix',
    files: workspaceRoot === projectDirectory ? files : withWorkspaces(files, workspaceRoot),
    now: () => 0,
    findClient: async () => ({ version: '0.0.0', globalConfig: '/usr/local/etc/npmrc' }),
    http: unused,
    poster: unused,
    writeRestorable: unused,
    writeLasting: unused,
    removeLasting: unused,
    restore: unused,
    exportVariables: unused,
  };
  const result = await whichCommand(world, { packageName, url, inputs: reading.inputs });
  if (result.kind !== 'answer') throw new Error(JSON.stringify(result));
  return result.answer;
}

/** The manifests of a root with the workspace apps/web, beside the files of a row. */
function withWorkspaces(files: FileReader, root: string): FileReader {
  const manifests: Readonly<Record<string, string>> = {
    [`${root}/package.json`]: '{"workspaces":["apps/*"]}',
    [`${root}/apps/web/package.json`]: '{}',
    [`${root}/pnpm-workspace.yaml`]: 'packages: ["apps/*"]\n',
  };
  return {
    read(path) {
      const own = files.read(path);
      const text = manifests[path];
      return own.kind === 'absent' && text !== undefined ? { kind: 'text', text } : own;
    },
    list: (path) => (path === `${root}/apps` ? [{ name: 'web', directory: true }] : files.list(path)),
  };
}

/** Requests to GitLab's stand-in without a redirect on the way, as package, path and whether the token went along. */
function requestsOf(row: MeasuredRow, run: MeasuredRow['runs'][number]) {
  if (row.server?.redirMeta || row.server?.redirTar || row.server?.tarExt || row.args) return [];
  return run.requests.flatMap((request) => {
    const [destination, path = '', sent] = long(request).split(' ');
    const name = /(@acme(?:%2f|\/)[a-z]+|gl-plain)/i.exec(path)?.[1]?.replace(/%2f/i, '/');
    return destination === 'A' && name !== undefined && !path.includes('/-/whoami')
      ? [{ name, path, sends: sent !== '-' }]
      : [];
  });
}

describe('which on the command line', () => {
  it.each(Object.entries(measured))('says what %s was measured to send', async (client, rows) => {
    let checked = 0;
    const wrong: string[] = [];
    for (const row of rows as MeasuredRow[]) {
      for (const run of row.runs) {
        for (const version of run.versions) {
          for (const { name, path, sends } of requestsOf(row, run)) {
            const answer = await asked(row, `${client}@${version}`, name, originOf(row) + path);
            const kind = path.endsWith('.tgz') ? 'url' : 'metadata';
            const said = answer.requests.find((one) => one.kind === kind);
            checked += 1;
            if (said?.sent !== sends) wrong.push(`${row.name} ${version} ${path}: ${said?.sent}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(300);
  });
});
