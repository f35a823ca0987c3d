import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands, flagDescriptions } from '../src/command-line/descriptions.ts';
import { inputsOfRefused, readCommandLine } from '../src/command-line.ts';
import { nearest } from '../src/domain/nearest.ts';

function line(...argv: string[]) {
  return readCommandLine({ argv, env: {} });
}

function commandOf(...argv: string[]) {
  const read = line(...argv);
  if (read.kind !== 'command') throw new Error(JSON.stringify(read));
  return read;
}

describe('commands', () => {
  it('runs when no command is named', () => {
    expect(commandOf().command).toBe('run');
    const read = commandOf('--dry-run', '--scopes', '@acme', '--depth=direct');
    expect(read).toMatchObject({ command: 'run', argument: null, flags: { dryRun: true, offline: false } });
    expect(read.inputs.scopes.value).toEqual(['@acme']);
    expect(read.inputs.depth.value).toBe('direct');
  });

  it('finds the command between options', () => {
    expect(commandOf('--offline', 'verify', '--no-color')).toMatchObject({
      command: 'verify',
      flags: { offline: true, noColor: true },
    });
  });

  it.each([
    [['which', '@acme/ui'], 'which', '@acme/ui'],
    [['which', 'left-pad', '--client', 'pnpm@10.34.9', '--format', 'json'], 'which', 'left-pad'],
    [['explain'], 'explain', null],
    [['explain', 'np301'], 'explain', 'NP301'],
    [['explain', 'Not-On-Allowlist'], 'explain', 'not-on-allowlist'],
    [['demo'], 'demo', null],
    [['demo', 'role-missing'], 'demo', 'role-missing'],
    [['restore'], 'restore', null],
    [['fix', '--api-token-env', 'SETTINGS', '--entry', 'group', '--yes'], 'fix', null],
  ] as const)('%j', (argv, command, argument) => {
    expect(commandOf(...argv)).toMatchObject({ command, argument });
  });

  it('asks which for a URL alone, without its query', () => {
    expect(commandOf('which', '--url', 'https://a.test/x.tgz?private=1#y').flags.url).toBe(
      'https://a.test/x.tgz',
    );
  });

  it('takes a flag input alone or with a value', () => {
    expect(commandOf('--publish').inputs.publish.value).toBe(true);
    expect(commandOf('--publish=false').inputs.publish.value).toBe(false);
  });

  it('passes on misspelt variables', () => {
    const read = readCommandLine({ argv: [], env: { NPMRC_PREFLIGHT_SCOPE: '@a' } });
    expect(read.kind === 'command' && read.notices).toHaveLength(1);
  });
});

describe('help and version', () => {
  it.each([
    [['--help'], null],
    [['-h'], null],
    [['help'], null],
    [['help', 'which'], 'which'],
    [['verify', '--help'], 'verify'],
    [['verify', '--nonsense', '-h'], 'verify'],
  ] as const)('%j', (argv, command) => {
    expect(line(...argv)).toEqual({ kind: 'help', command });
  });

  it('tells the version whatever stands beside', () => {
    expect(line('--version')).toEqual({ kind: 'version' });
    expect(line('run', '--version', '--bad')).toEqual({ kind: 'version' });
  });
});

describe('wrong usage', () => {
  it.each([
    [['verfy'], 'unknown command "verfy"', 'did you mean verify?'],
    [
      ['install'],
      'unknown command "install"',
      'the commands are run, verify, which, explain, restore, fix, demo, completion',
    ],
    [
      ['fix', '--entry', 'root'],
      '--entry takes project or group',
      'group stands for the group right above the project',
    ],
    [['fix', '--dry-run'], '--dry-run is not an option of fix', 'it belongs to run'],
    [['--scope', '@a'], 'unknown option --scope', 'did you mean --scopes?'],
    [['-x'], 'unknown option -x', 'see --help'],
    [['--yes'], '--yes is not an option of run', 'it belongs to fix'],
    [['verify', '--dry-run'], '--dry-run is not an option of verify', 'it belongs to run'],
    [
      ['explain', '--scopes', '@a'],
      '--scopes is not an option of explain',
      'it belongs to run, verify, fix, which',
    ],
    [['--scopes'], '--scopes needs a value', 'write --scopes @A,@B'],
    [['--scopes', '--offline'], '--scopes needs a value', 'write --scopes @A,@B'],
    [['--offline=yes'], '--offline takes no value', 'write --offline alone'],
    [
      ['run', 'now'],
      'unexpected argument "now"',
      'run takes none; values belong to options, like --name value',
    ],
    [['explain', 'NP301', 'NP302'], 'unexpected argument "NP302"', 'explain takes one'],
    [['which'], 'which needs a package', 'for example: which @acme/ui, or which --url URL'],
    [
      ['which', '@acme/ui@1.2.3'],
      '"@acme/ui@1.2.3" is no package name',
      'give the name without a version: @acme/ui',
    ],
    [['which', '@acme'], '"@acme" is no package name', 'a name looks like @acme/ui'],
    [['which', '--url', 'a.test'], '--url: the URL does not start with https:// or http://', null],
    [
      ['--prefix', 'grup'],
      '--prefix: "grup" is none of auto, instance, group, project',
      'did you mean group?',
    ],
    [
      ['--token', 'abc'],
      'a token is not taken on the command line, where every process can read it',
      'put it in a variable and give the NAME: --token-env NAME',
    ],
    [
      ['help', 'me'],
      'unknown command "me"',
      'the commands are run, verify, which, explain, restore, fix, demo, completion',
    ],
  ] as const)('%j', (argv, message, hint) => {
    expect(line(...argv)).toEqual({ kind: 'usage', message, hint });
  });

  const token = 'glpat-Xy9ZkQ2mNv8rT4wLpA7s';
  it.each([
    [token],
    ['run', token],
    [`--token=${token}`],
    ['--token', token],
    [`--${token}`],
    [`--token-env=${token}`],
    ['--token-env', token],
    [`--unknown=${token}`],
    ['which', token],
    ['which', `@acme/${token}`, '--depth', 'direct'],
    ['which', '--url', `https://bob:${token}@a.test/`],
    ['help', token],
  ])('never repeats a token: %s %s', (...argv) => {
    const read = line(...argv.filter((word) => word !== undefined));
    expect(read.kind).toBe('usage');
    expect(JSON.stringify(read)).not.toContain('Xy9Zk');
  });
});

describe('any command line', () => {
  it('is answered with a value, never an exception', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '--',
        '-',
        '--scopes',
        '--__proto__=x',
        '--constructor',
        'which',
        '--url',
        '-hV',
        '--no-publish',
        '--=x',
      ),
      fc.constantFrom(...flagDescriptions.map(({ name }) => `--${name}`)),
      fc.constantFrom(...commands.map(({ name }) => name as string)),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        expect(['command', 'usage', 'help', 'version']).toContain(line(...argv).kind);
      }),
    );
  });
});

describe('nearest', () => {
  it.each([
    ['verfy', ['verify', 'which'], 'verify'],
    ['exp', ['explain', 'demo'], 'explain'],
    ['xyz', ['verify', 'which'], null],
    ['', ['verify'], null],
    ['r', ['run', 'restore'], null],
    ['Regisries', ['registries', 'retries'], 'registries'],
  ] as const)('%s', (word, candidates, found) => {
    expect(nearest(word, candidates)).toBe(found);
  });
});

describe('what is left of a call that was refused', () => {
  it.each<[readonly string[], Record<string, string>, string | null, string]>([
    [['--fail-on', 'no', '--report-dir', 'out'], {}, 'out', '.'],
    [['--fial-on', 'never', '--report-dir=a', '--report-dir=b'], {}, 'b', '.'],
    [['runn'], { NPMRC_PREFLIGHT_REPORT_DIR: 'by-variable' }, 'by-variable', '.'],
    [
      ['verify'],
      { 'INPUT_REPORT-DIR': 'by-input', 'INPUT_WORKING-DIRECTORY': 'apps/web' },
      'by-input',
      'apps/web',
    ],
    [['--retries', 'x', '--report-dir', '--working-directory', 'apps'], {}, null, '.'],
    [['--retries', 'x', '--report-dir', 'out', '--working-directory', 'a\0b'], {}, 'out', '.'],
    [['--retries', 'x'], { NPMRC_PREFLIGHT_PREFIX: 'sideways' }, null, '.'],
  ])('%j with %j reports to %j', (argv, env, folder, project) => {
    const inputs = inputsOfRefused({ argv, env });
    expect(inputs?.reportDir.value ?? null).toBe(folder);
    expect(inputs?.workingDirectory.value).toBe(project);
    expect(inputs?.prefix.value).toBe('auto');
  });

  it.each([[['which']], [['explain', 'a', 'b']], [['demo', '--report-dir', 'out', '--nonsense']]])(
    'is nothing for %j, which checks nothing',
    (argv) => {
      expect(inputsOfRefused({ argv, env: {} })).toBeNull();
    },
  );
});
