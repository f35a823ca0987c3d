import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, flagDescriptions } from '../../src/command-line/descriptions.ts';
import { readCommandLine } from '../../src/command-line.ts';
import { completion } from '../../src/commands/completion.ts';
import { inputDescriptions } from '../../src/inputs.ts';
import { installProgram } from '../support/install-program.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';
import { onTerminal } from '../support/terminal.ts';

const folder = temporaryFolder();
const env = { PATH: process.env.PATH ?? '', HOME: folder, MY_REGISTRY_TOKEN_NAME: 'x', TERM: 'dumb' };
const source = { commands, inputs: inputDescriptions, flags: flagDescriptions };

beforeAll(() => {
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(join(folder, `completion.${shell}`), completion(shell, source) ?? '');
  mkdirSync(join(folder, 'somewhere'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is typed, and the words that a shell then offers. */
const lines: readonly (readonly [string, readonly string[]])[] = [
  ['', ['completion', 'demo', 'explain', 'fix', 'restore', 'run', 'verify', 'which']],
  ['ver', ['verify']],
  ['verify --fail', ['--fail-on']],
  ['--dry', ['--dry-run']],
  ['verify --dry', []],
  ['which --dry', []],
  ['--config ', ['none', 'project', 'user']],
  ['run --format j', ['json']],
  ['fix --entry ', ['group', 'project']],
  ['explain NP30', ['NP301', 'NP302', 'NP303', 'NP304', 'NP305', 'NP306', 'NP307', 'NP308', 'NP309']],
  ['completion z', ['zsh']],
  ['--token-env MY_REGISTRY_TOK', ['MY_REGISTRY_TOKEN_NAME']],
  ['--working-directory somew', ['somewhere']],
  ['--scopes ', []],
];

/** The words of an answer, without descriptions and the final slash of folders. */
function offered(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .map((line) => (line.split('\t')[0] ?? '').replace(/\/$/, ''))
    .filter((line) => line !== '')
    .sort();
}

describe.runIf(process.platform === 'linux')('completion', () => {
  it.each(lines)('bash: %j', async (typed, expected) => {
    const words = ['npmrc-preflight', ...typed.split(' ')];
    const script = `source ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _npmrc_preflight; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p npmrc-preflight >/dev/null`;
    const ran = await runProgram('bash', ['--norc', '-c', script, 'bash', ...words], { cwd: folder, env });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(offered(ran.stdout)).toEqual(expected);
  });

  it.each(lines)('fish: %j', async (typed, expected) => {
    const fish = await installProgram('fish');
    const script = `source completion.fish; complete -C 'npmrc-preflight ${typed}'`;
    const ran = await runProgram(fish, ['--no-config', '-c', script], { cwd: folder, env });
    expect(ran.code).toBe(0);
    expect(offered(ran.stdout)).toEqual(expected);
  });

  it('zsh: at its own line editor', async () => {
    const zsh = await installProgram('zsh');
    const files = join(dirname(realpathSync(zsh)), 'files', 'usr');
    const taken = zsh.includes('.cache')
      ? [
          `module_path=(${files}/lib/*/zsh/*(/))`,
          `fpath=(${files}/share/zsh/functions/**/*(/) ${files}/share/zsh/functions)`,
        ]
      : [];
    writeFileSync(
      join(folder, '.zshrc'),
      [
        ...taken,
        'autoload -Uz compinit; compinit -u -D',
        'source ~/completion.zsh',
        "PS1='ready> '",
        'unsetopt BEEP',
        '',
      ].join('\n'),
    );
    const terminal = onTerminal(`${zsh} -i`, { cwd: folder, env: { ...env, ZDOTDIR: folder } });
    try {
      await terminal.until(/ready> /);
      terminal.send('npmrc-preflight veri\t');
      await terminal.until(/preflight verify /);
      terminal.send('--fail\t');
      await terminal.until(/--fail-on /);
      terminal.send('wa\t');
      await terminal.until(/warning /);
      terminal.send('\x15npmrc-preflight explain NP30\t');
      await terminal.until(/NP301[\s\S]*NP309/);
      terminal.send('\x15npmrc-preflight whi\t');
      await terminal.until(/which /);
      terminal.send('\x15npmrc-preflight --token-env MY_REGISTRY_TOK\t');
      await terminal.until(/MY_REGISTRY_TOKEN_NAME/);
      terminal.send('\x15npmrc-preflight \t');
      const list = await terminal.until(/which +which registry/);
      for (const { name, summary } of commands)
        expect(list).toMatch(new RegExp(`${name} +${summary.slice(0, 20)}`));
    } finally {
      terminal.kill();
    }
  });

  it('needs a shell that it knows', () => {
    expect(completion('powershell', source)).toBeNull();
    expect(readCommandLine({ argv: ['completion'], env: {} })).toMatchObject({
      kind: 'usage',
      message: 'completion needs a shell',
    });
    expect(readCommandLine({ argv: ['completion', 'zsh'], env: {} })).toMatchObject({
      kind: 'command',
      argument: 'zsh',
    });
  });
});
