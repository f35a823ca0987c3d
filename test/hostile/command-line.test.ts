import { spawn } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/command-line.ts';
import { createRedactor } from '../../src/domain/redaction.ts';
import { Secret } from '../../src/domain/secret.ts';
import { inputDescriptions } from '../../src/inputs.ts';
import { renderUsageError } from '../../src/render/usage.ts';
import { findLeaks } from '../support/leak-scan.ts';
import { builtProgram, runProgram } from './support/built-program.ts';
import { expectContract } from './support/contract.ts';
import { job, manifest, token } from './support/job.ts';

const long = process.env.NPMRC_PREFLIGHT_LONG !== undefined;
const names = inputDescriptions.map(({ name }) => name);
const commands = ['run', 'verify', 'which', 'explain', 'restore', 'demo', 'fix', 'completion', 'help', ''];
const flags = [
  '--dry-run',
  '--offline',
  '--verbose',
  '--no-color',
  '--url',
  '--yes',
  '--help',
  '-h',
  '--version',
  '--',
  '-',
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    'NaN',
    'true',
    'auto',
    'npm@',
    '@a',
    '@a=',
    '@a=https://x.example/',
    '__proto__',
    '\u0000',
    token,
  ),
);
const option = fc.oneof(
  fc.tuple(fc.constantFrom(...names), text).map(([name, value]) => [`--${name}`, value]),
  fc.tuple(fc.constantFrom(...names), text).map(([name, value]) => [`--${name}=${value}`]),
  fc.constantFrom(...flags).map((flag) => [flag]),
  text.map((word) => [word]),
  text.map((word) => [`--${word}`]),
);
const argv = fc
  .tuple(fc.constantFrom(...commands), fc.array(option, { maxLength: 6 }))
  .map(([command, options]) => [...(command ? [command] : []), ...options.flat()]);
const env = fc.dictionary(
  fc.oneof(
    fc.constantFrom(...names).map((name) => `NPMRC_PREFLIGHT_${name.toUpperCase().replaceAll('-', '_')}`),
    fc.string({ maxLength: 20 }),
  ),
  text,
  { maxKeys: 6 },
);

describe('the command line and the environment', () => {
  test('any of them is read or refused in one line that repeats no token', () => {
    fc.assert(
      fc.property(argv, env, (words, variables) => {
        const reading = readCommandLine({ argv: words, env: { ...variables, CI_JOB_TOKEN: token } });
        expect(['command', 'help', 'version', 'usage']).toContain(reading.kind);
        if (reading.kind !== 'usage') return;
        const shown = renderUsageError(reading, { color: false, program: 'program' });
        expect(shown.split('\n').filter((line) => line.startsWith('error'))).toHaveLength(1);
        expect(shown.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(findLeaks(token, { shown })).toEqual([]);
      }),
      { numRuns: long ? 20_000 : 2000 },
    );
  });

  test('the program ends by itself with a code of the contract', async () => {
    await builtProgram();
    const safe = argv.map((words) => words.filter((word) => !word.includes('\0')));
    const one = job({ 'package.json': manifest({ '@acme/ui': '1.0.0' }) });
    await fc.assert(
      fc.asyncProperty(safe, env, async (words, variables) => {
        const usable = Object.fromEntries(
          Object.entries(variables).filter(
            ([name, value]) => /^[^=\0]+$/.test(name) && !value.includes('\0'),
          ),
        );
        const ending = await runProgram(words[0] === 'demo' ? words : [...words, '--offline'], {
          cwd: one.checkout,
          env: { ...one.env, NPMRC_PREFLIGHT_TIMEOUT: '300ms', NPMRC_PREFLIGHT_RETRIES: '0', ...usable },
        });
        if (
          !words.some((word) => /github|gitlab/.test(word)) &&
          !Object.values(usable).some((value) => /git/.test(value))
        ) {
          expectContract(ending, [token], 30_000);
        }
        expect([0, 1, 2, 3]).toContain(ending.exitCode);
        if (ending.exitCode === 2) {
          expect(ending.stderr.split('\n').filter((line) => /^error/.test(line)).length).toBeLessThanOrEqual(
            1,
          );
        }
      }),
      { numRuns: long ? 400 : 25 },
    );
  });

  test('a reader that goes away does not crash it', async () => {
    const program = await builtProgram();
    const one = job({ 'package.json': manifest({ '@acme/ui': '1.0.0' }) });
    for (const args of [['--help'], ['explain'], ['verify', '--offline'], ['demo'], ['--nonsense']]) {
      const child = spawn(process.execPath, [program, ...args], { cwd: one.checkout, env: { ...one.env } });
      child.stdout.destroy();
      child.stderr.destroy();
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
        child.on('close', (...end) => resolve(end));
      });
      expect(signal, args.join(' ')).toBeNull();
      expect([0, 1, 2, 3]).toContain(code);
    }
  });
});

describe('the redactor', () => {
  test('hides any token that is long enough, in every form that a server may send back', () => {
    const tokens = fc
      .string({ unit: 'binary', minLength: 14, maxLength: 60 })
      .filter((one) => new Set(one.trim()).size > 11);
    fc.assert(
      fc.property(tokens, fc.string({ maxLength: 20 }), (secret, around) => {
        const redact = createRedactor([new Secret(secret)]);
        const sent = [
          secret,
          Buffer.from(secret).toString('base64'),
          Buffer.from(`gitlab-ci-token:${secret}`).toString('base64'),
          encodeURIComponent(Buffer.from(secret).toString('utf8')),
          JSON.stringify(secret),
        ];
        const shown = redact(sent.map((form) => `${around} ${form} ${around}`).join('\n'));
        if (around.includes(secret)) return;
        const leaks = findLeaks(secret, { shown }).filter(({ form }) => !form.startsWith('characters'));
        expect(leaks).toEqual([]);
      }),
      { numRuns: long ? 5000 : 300 },
    );
  });
});
