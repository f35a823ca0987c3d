import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { wantsProgress } from '../../src/io/progress-line.ts';
import { builtProgram, runProgram } from '../hostile/support/built-program.ts';
import { job, manifest } from '../hostile/support/job.ts';
import { onTerminal, screenOf } from '../support/terminal.ts';

/** A registry that answers nobody before `release` is called. */
async function slowRegistry() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer((_, response) => {
    void released.then(() => response.writeHead(404, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, release };
}

/** The variables of a laptop: a registry by the project's own file, no CI. */
function laptop(one: { home: string; env: Readonly<Record<string, string>> }): Record<string, string> {
  const { GITLAB_CI: _, NO_COLOR: __, ...rest } = one.env;
  return { ...rest, HOME: one.home };
}

const arguments_ = ['verify', '--client', 'npm@10.9.2', '--retries', '0', '--report-dir', 'none'];

describe.runIf(process.platform === 'linux')('progress', () => {
  test.each([{}, { NO_COLOR: '1' }])(
    'shows on a terminal while it lasts, and is gone at the end: %j',
    async (more) => {
      const { url, release } = await slowRegistry();
      const one = job({
        'package.json': manifest({ '@acme/ui': '1.0.0' }),
        '.npmrc': `@acme:registry=${url}/npm/\n`,
      });
      const command = [process.execPath, await builtProgram(), ...arguments_].join(' ');
      const terminal = onTerminal(command, {
        cwd: one.checkout,
        env: { ...laptop(one), PATH: process.env.PATH ?? '', ...more },
      });
      onTestFinished(() => terminal.kill());
      const shown = await terminal.until(/(?:reading the project|asking the registry).*\d s/);
      expect(shown).not.toContain('\x1b');
      release();
      const { output, code } = await terminal.ended;
      expect(code).toBe(1);
      const screen = screenOf(output).join('\n');
      expect(screen).toContain('1 of 1 private package would fail');
      expect(screen).not.toMatch(/reading the project|asking the registry/);
    },
  );

  test('writes nothing of the kind into a pipe, however long it takes', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const one = job({
      'package.json': manifest({ '@acme/ui': '1.0.0' }),
      '.npmrc': `@acme:registry=http://127.0.0.1:${(server.address() as AddressInfo).port}/npm/\n`,
    });
    // The waits between its tries make this run longer than the line's patience.
    const ending = await runProgram(['verify', '--retries', '2'], { cwd: one.checkout, env: laptop(one) });
    expect(ending.exitCode).toBe(3);
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(`${ending.stdout}${ending.stderr}`).not.toMatch(/\r|reading the project|asking the registry/);
  });
});

test.each([
  [{}, true, false, true],
  [{ NO_COLOR: '1' }, true, false, true],
  [{ CI: 'false' }, true, false, true],
  [{}, false, false, false],
  [{}, true, true, false],
  [{ TERM: 'dumb' }, true, false, false],
  [{ CI: 'true' }, true, false, false],
  [{ GITLAB_CI: 'true' }, true, false, false],
  [{ GITHUB_ACTIONS: 'true' }, true, false, false],
])('%j, terminal %s, JSON %s: %s', (env, terminal, json, expected) => {
  expect(wantsProgress({ terminal, env, json })).toBe(expected);
});
