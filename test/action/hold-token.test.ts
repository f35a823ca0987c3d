import { describe, expect, it } from 'vitest';
import { exportedTokens, missingTokensNotice } from '../../src/action/exported-tokens.ts';
import { holdToken } from '../../src/action/hold-token.ts';
import { readInputs } from '../../src/inputs.ts';

const github = 'ghs_abcdefghij0123456789';
const gitlab = 'glpat-abcdefghij0123456789';
const unknown = 'b1946ac92492d2347c6235b4d2611184';

function hold(token: string, { registries = '', env = {}, tokenEnv = '' } = {}) {
  const reading = readInputs({
    args: new Map([
      ['registries', [registries]],
      ['token-env', [tokenEnv]],
    ]),
    env: {},
  });
  if (reading.kind === 'usage') throw new Error(reading.message);
  return holdToken({ GITHUB_SERVER_URL: 'https://github.com', INPUT_TOKEN: token, ...env }, reading.inputs);
}

/** Which line of `registries` gets which variable. */
function taken(token: string, registries: string) {
  const held = hold(token, { registries });
  if (held.kind === 'usage') return held.message;
  const lines = held.inputs.registries.value;
  return lines === 'auto' ? [] : lines.map(({ scope, tokenVariable }) => [scope, tokenVariable]);
}

describe('the input token', () => {
  it('becomes a variable, and no input is left beside it', () => {
    const held = hold(` ${github}\n`);
    expect(held).toMatchObject({ kind: 'held', variable: 'NPMRC_PREFLIGHT_TOKEN', stranger: false });
    expect(held.kind === 'held' && held.env).toEqual({
      GITHUB_SERVER_URL: 'https://github.com',
      NPMRC_PREFLIGHT_TOKEN: github,
    });
  });

  it('takes the variable of an earlier use with the same token, else the next that is free', () => {
    const earlier = (env: Record<string, string>) => {
      const held = hold(github, { env });
      return held.kind === 'held' ? held.variable : held;
    };
    expect(earlier({ NPMRC_PREFLIGHT_TOKEN: github })).toBe('NPMRC_PREFLIGHT_TOKEN');
    expect(earlier({ NPMRC_PREFLIGHT_TOKEN: gitlab })).toBe('NPMRC_PREFLIGHT_TOKEN_2');
    expect(earlier({ NPMRC_PREFLIGHT_TOKEN: gitlab, NPMRC_PREFLIGHT_TOKEN_2: unknown })).toBe(
      'NPMRC_PREFLIGHT_TOKEN_3',
    );
    expect(earlier({ NPMRC_PREFLIGHT_TOKEN: '' })).toBe('NPMRC_PREFLIGHT_TOKEN');
  });

  it('does not count without a value, or beside token-env', () => {
    expect(hold('')).toMatchObject({ variable: null });
    expect(hold(github, { tokenEnv: 'MY_TOKEN' })).toMatchObject({ variable: null });
  });

  const ours = '@a=https://npm.pkg.github.com';
  const lab = '@b=https://gitlab.example.com/api/v4/packages/npm/';
  const other = '@c=https://npm.example.org';
  it.each([
    [
      github,
      `${ours}\n${lab}`,
      [
        ['@a', 'NPMRC_PREFLIGHT_TOKEN'],
        ['@b', null],
      ],
    ],
    [
      gitlab,
      `${ours}\n${lab}`,
      [
        ['@a', null],
        ['@b', 'NPMRC_PREFLIGHT_TOKEN'],
      ],
    ],
    [unknown, lab, [['@b', 'NPMRC_PREFLIGHT_TOKEN']]],
    [
      unknown,
      `${lab} token=MINE\n${other}`,
      [
        ['@b', 'MINE'],
        ['@c', 'NPMRC_PREFLIGHT_TOKEN'],
      ],
    ],
    [gitlab, '@a=https://npm.pkg.github.com.evil.example/', [['@a', 'NPMRC_PREFLIGHT_TOKEN']]],
    [github, '@a=https://npm.pkg.github.com.evil.example/', [['@a', null]]],
  ])('%s is for its own registry among %s', (token, lines, expected) => {
    expect(taken(token, lines)).toEqual(expected);
  });

  it.each([
    [unknown, `${ours}\n${lab}`],
    [gitlab, `${lab}\n${other}`],
  ])('%s is refused where several servers could be meant', (token, lines) => {
    expect(taken(token, lines)).toBe('token is for one server, and registries names several without token=');
  });

  it('may go to several lines of one server', () => {
    expect(taken(gitlab, `${lab}\n@d=https://gitlab.example.com/api/v4/projects/1/packages/npm/`)).toEqual([
      ['@b', 'NPMRC_PREFLIGHT_TOKEN'],
      ['@d', 'NPMRC_PREFLIGHT_TOKEN'],
    ]);
  });
});

describe('what later steps get', () => {
  const env = { NPMRC_PREFLIGHT_TOKEN: 'one', CHOSEN: 'two', FROM_FILE: 'three', SAME: 'one', EMPTY: '' };
  const needs = [
    { variable: 'NPMRC_PREFLIGHT_TOKEN', chosen: false },
    { variable: 'CHOSEN', chosen: true },
    { variable: 'FROM_FILE', chosen: false },
    { variable: 'SAME', chosen: false },
    { variable: 'EMPTY', chosen: true },
    { variable: 'UNSET', chosen: true },
  ];

  it('is what the workflow named, and what has the same value', () => {
    expect(exportedTokens(needs, env, { allowed: true })).toEqual({
      variables: { NPMRC_PREFLIGHT_TOKEN: 'one', CHOSEN: 'two', SAME: 'one' },
      missing: ['FROM_FILE'],
    });
  });

  it('is nothing when the workflow keeps it back', () => {
    expect(exportedTokens(needs, env, { allowed: false })).toEqual({
      variables: {},
      missing: ['NPMRC_PREFLIGHT_TOKEN', 'CHOSEN', 'FROM_FILE', 'SAME'],
    });
    expect(missingTokensNotice([])).toBeNull();
    expect(missingTokensNotice(['A', 'B'])).toBe(
      'the install needs A, B as this step has them: set env: for the whole job, or for each step that installs',
    );
  });
});
