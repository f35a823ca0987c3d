import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatSource } from '../src/domain/source.ts';
import { type Inputs, inputDescriptions, inputVariable, readInputs } from '../src/inputs.ts';

type Env = Record<string, string | undefined>;

function read(args: Record<string, string | string[]> = {}, env: Env = {}) {
  return readInputs({
    args: new Map(Object.entries(args).map(([name, text]) => [name, [text].flat()])),
    env,
  });
}

function inputsOf(args: Record<string, string | string[]> = {}, env: Env = {}): Inputs {
  const reading = read(args, env);
  if (reading.kind === 'usage') throw new Error(reading.message);
  return reading.inputs;
}

function refusalOf(args: Record<string, string | string[]> = {}, env: Env = {}) {
  const reading = read(args, env);
  if (reading.kind !== 'usage') throw new Error('no refusal');
  return reading;
}

describe('where a value comes from', () => {
  it('takes option before variable before action input before default', () => {
    const env: Env = { NPMRC_PREFLIGHT_DEPTH: 'direct', INPUT_DEPTH: 'locked' };
    expect(inputsOf({ depth: 'locked' }, env).depth).toEqual({
      value: 'locked',
      source: { kind: 'input', name: '--depth' },
    });
    expect(inputsOf({}, env).depth).toEqual({
      value: 'direct',
      source: { kind: 'env', name: 'NPMRC_PREFLIGHT_DEPTH' },
    });
    expect(inputsOf({}, { INPUT_DEPTH: 'direct' }).depth).toEqual({
      value: 'direct',
      source: { kind: 'input', name: 'depth' },
    });
    expect(inputsOf().depth).toEqual({ value: 'locked', source: { kind: 'default', why: 'the default' } });
  });

  it('names the source in words', () => {
    expect(formatSource(inputsOf({ depth: 'direct' }).depth.source)).toBe('input --depth');
    expect(formatSource(inputsOf().tokenEnv.source)).toBe('by CI');
  });

  it("reads an action's variable with the dashes that GitHub keeps, and with underscores", () => {
    expect(inputsOf({}, { 'INPUT_FAIL-ON': 'never' }).failOn.value).toBe('never');
    expect(inputsOf({}, { INPUT_FAIL_ON: 'never' }).failOn.value).toBe('never');
  });

  it('takes empty and blank text as not given', () => {
    const env: Env = { NPMRC_PREFLIGHT_PREFIX: '', 'INPUT_GROUP-ID': '  ', INPUT_PREFIX: 'instance' };
    const inputs = inputsOf({ prefix: '' }, env);
    expect(inputs.prefix.value).toBe('instance');
    expect(inputs.groupId.value).toBeNull();
  });

  it('adds lists up over repeated options and lets the last of others count', () => {
    const inputs = inputsOf({
      scopes: ['@a,@b', '@b @c'],
      depth: ['direct', 'locked'],
      registries: ['@a=https://a.test', '@b=https://b.test/npm'],
    });
    expect(inputs.scopes.value).toEqual(['@a', '@b', '@c']);
    expect(inputs.depth.value).toBe('locked');
    expect(Array.isArray(inputs.registries.value) && inputs.registries.value.map(({ url }) => url)).toEqual([
      'https://a.test/',
      'https://b.test/npm/',
    ]);
  });

  it('reads every default, and finds nothing in an empty environment but defaults', () => {
    expect(Object.fromEntries(Object.entries(inputsOf()).map(([name, { value }]) => [name, value]))).toEqual({
      workingDirectory: '.',
      scopes: 'auto',
      registries: 'auto',
      prefix: 'auto',
      groupId: null,
      projectId: null,
      tokenEnv: null,
      token: null,
      exportToken: true,
      apiTokenEnv: null,
      client: 'auto',
      config: 'user',
      include: ['prod', 'dev', 'optional', 'peer'],
      depth: 'locked',
      publish: false,
      failOn: 'error',
      timeout: 10_000,
      retries: 2,
      concurrency: 'auto',
      reportDir: null,
      format: null,
    });
  });

  it('is not moved by names of object prototypes', () => {
    const env: Env = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    expect(inputsOf({ __proto__: 'x' }, env).prefix.value).toBe('auto');
  });
});

describe('values that are taken', () => {
  const taken: [keyof Inputs, string, string, unknown][] = [
    ['timeout', 'timeout', '2.5', 2500],
    ['timeout', 'timeout', '500ms', 500],
    ['timeout', 'timeout', '1 m', 60_000],
    ['retries', 'retries', '0', 0],
    ['concurrency', 'concurrency', '8', 8],
    ['concurrency', 'concurrency', 'auto', 'auto'],
    ['publish', 'publish', 'TRUE', true],
    ['publish', 'publish', '0', false],
    ['prefix', 'prefix', 'Instance', 'instance'],
    ['include', 'include', 'prod, optional', ['prod', 'optional']],
    ['groupId', 'group-id', '/acme/front-end/', 'acme/front-end'],
    ['projectId', 'project-id', '324', '324'],
    ['tokenEnv', 'token-env', 'CI_JOB_TOKEN', 'CI_JOB_TOKEN'],
    ['tokenEnv', 'token-env', '${NPM_TOKEN}', 'NPM_TOKEN'],
    ['tokenEnv', 'token-env', 'my_registry_token_for_ci_2', 'my_registry_token_for_ci_2'],
    ['apiTokenEnv', 'api-token-env', 'none', null],
    ['scopes', 'scopes', 'AUTO', 'auto'],
    ['client', 'client', 'pnpm@10.34.9', { name: 'pnpm', version: '10.34.9' }],
    ['client', 'client', 'yarn@4.1.0+sha512.abc', { name: 'yarn-berry', version: '4.1.0' }],
    ['client', 'client', 'yarn@1.22.22', { name: 'yarn', version: '1.22.22' }],
    ['client', 'client', 'bun', { name: 'bun', version: null }],
    ['reportDir', 'report-dir', 'none', 'none'],
  ];
  it.each(taken)('%s from --%s %s', (key, name, text, value) => {
    expect(inputsOf({ [name]: text })[key].value).toEqual(value);
  });

  it('reads registry lines with comments, blank lines and either line end', () => {
    const text =
      '# ours\r\n\r\n@acme=https://npm.example.com:8443/root token=NPM_TOKEN\n  @tools:registry = http://localhost:4873/  ';
    expect(inputsOf({ registries: text }).registries.value).toEqual([
      { scope: '@acme', url: 'https://npm.example.com:8443/root/', tokenVariable: 'NPM_TOKEN' },
      { scope: '@tools', url: 'http://localhost:4873/', tokenVariable: null },
    ]);
  });

  it('reads registry lines that YAML folded into one', () => {
    const text = '@acme=https://npm.example.com/ token=NPM_TOKEN  @tools=http://localhost:4873/ ';
    expect(inputsOf({ registries: text }).registries.value).toEqual([
      { scope: '@acme', url: 'https://npm.example.com/', tokenVariable: 'NPM_TOKEN' },
      { scope: '@tools', url: 'http://localhost:4873/', tokenVariable: null },
    ]);
    expect(inputsOf({ registries: '# @acme=https://a.test/ @b=https://b.test/' }).registries.value).toEqual(
      [],
    );
  });

  it('takes auto as not given where the run decides', () => {
    const given = inputsOf(
      { 'group-id': 'auto', 'token-env': 'AUTO' },
      {
        NPMRC_PREFLIGHT_PROJECT_ID: 'auto',
        NPMRC_PREFLIGHT_FORMAT: 'auto',
        NPMRC_PREFLIGHT_REPORT_DIR: 'auto',
      },
    );
    expect(given).toEqual(inputsOf());
  });

  it('keeps a token of the action where nothing prints it', () => {
    const inputs = inputsOf({}, { INPUT_TOKEN: 'glpat-0123456789abcdefghij' });
    expect(`${JSON.stringify(inputs)} ${inspect(inputs, { depth: 9 })} ${inputs.token.value}`).not.toContain(
      '0123456789',
    );
    expect(inputs.token.value).not.toBeNull();
    expect(inputsOf({ token: 'x' }, { NPMRC_PREFLIGHT_TOKEN: 'y' }).token.value).toBeNull();
  });

  it('takes the name of a variable that is set, however it looks', () => {
    const name = 'ghp_Token0123456789abcdef';
    expect(inputsOf({ 'token-env': name }, { [name]: 'x' }).tokenEnv.value).toBe(name);
  });

  it('is not led astray by variables whose value is the name of a variable', () => {
    const env: Env = { NPMRC_PREFLIGHT_TOKEN_ENV: 'NPM_TOKEN', OTHER_TOKEN_NAME: 'NPM_TOKEN' };
    expect(inputsOf({}, env).tokenEnv.value).toBe('NPM_TOKEN');
  });
});

describe('values that are refused', () => {
  const refusals: [string, string, string, string | null][] = [
    ['prefix', 'grup', '--prefix: "grup" is none of auto, instance, group, project', 'did you mean group?'],
    ['format', 'xml', '--format: "xml" is none of text, github, gitlab, json', null],
    ['include', 'prod,dve', '--include: "dve" is none of prod, dev, optional, peer', null],
    [
      'timeout',
      '-5',
      '--timeout: "-5" is no time from 0.1 to 600 seconds',
      'write seconds, or a unit: 10, 10s, 500ms, 1m',
    ],
    [
      'timeout',
      '1e3',
      '--timeout: "1e3" is no time from 0.1 to 600 seconds',
      'write seconds, or a unit: 10, 10s, 500ms, 1m',
    ],
    ['retries', '2.5', '--retries: "2.5" is no whole number from 0 to 10', null],
    ['concurrency', '0', '--concurrency: "0" is no whole number from 1 to 256', null],
    ['publish', 'maybe', '--publish: "maybe" is neither true nor false', null],
    ['scopes', 'acme', '--scopes: "acme" is no scope', 'write "@acme"'],
    ['scopes', '@acme/ui', '--scopes: "@acme/ui" is no scope', 'write "@acme"'],
    ['scopes', ',', '--scopes: the list is empty', null],
    [
      'group-id',
      'acme%2Fui',
      '--group-id: "acme%2Fui" is neither an id nor a full path',
      'write it like 324 or acme/frontend/ui, not encoded and without a host',
    ],
    ['client', 'npn', '--client: "npn" is none of npm, pnpm, yarn, yarn-berry, bun', 'did you mean npm?'],
    ['client', 'npm@10', '--client: "10" is no whole version', 'write all three parts, like npm@11.6.2'],
    [
      'client',
      'yarn-berry@1.22.0',
      '--client: yarn-berry starts at 2.0.0, and 1.22.0 was asked',
      'write yarn@1.22.0',
    ],
    [
      'token-env',
      'NPM-TOKEN',
      '--token-env: this wants the NAME of a variable (letters, digits, underscores)',
      'for example CI_JOB_TOKEN',
    ],
    ['working-directory', 'a\0b', '--working-directory: a path holds no NUL character', null],
  ];
  it.each(refusals)('--%s %j', (name, text, message, hint) => {
    expect(refusalOf({ [name]: text })).toEqual({ kind: 'usage', message, hint });
  });

  it('says by which name the value came in', () => {
    expect(refusalOf({}, { NPMRC_PREFLIGHT_DEPTH: 'deep' }).message).toBe(
      'NPMRC_PREFLIGHT_DEPTH: "deep" is none of locked, direct',
    );
    expect(refusalOf({}, { INPUT_DEPTH: 'deep' }).message).toBe(
      'input depth: "deep" is none of locked, direct',
    );
  });

  const lines: [string, string][] = [
    ['@acme', 'line 1: there is no = between scope and URL'],
    ['\n\nacme=https://a.test', 'line 3: "acme" is no scope'],
    ['@a=https://a.test\n@a=https://b.test', 'line 2: @a has a registry already in line 1'],
    ['@a=npm.example.com', 'line 1: the URL does not start with https:// or http://'],
    ['@a=https://', 'line 1: this is no URL'],
    ['@a=ftp://a.test/', 'line 1: the URL does not start with https:// or http://'],
    ['@a=https://${HOST}/', 'line 1: the URL holds a reference to a variable'],
    ['@a=https://a.test/?x=1', 'line 1: a registry URL has no ? and no # part'],
    ['@a=https://a.test/ NPM_TOKEN', 'line 1: after the URL only token=NAME may follow'],
    [
      '@a=https://a.test/ token=',
      'line 1: token=: this wants the NAME of a variable (letters, digits, underscores)',
    ],
  ];
  it.each(lines)('registries %j', (text, message) => {
    expect(refusalOf({ registries: text }).message).toBe(`--registries: ${message}`);
  });

  it.each(['group', 'project'])('prefix %s alone, where no CI can fill it in', (prefix) => {
    expect(refusalOf({ prefix }).message).toBe(
      `prefix ${prefix} needs a ${prefix}, and ${prefix}-id is not given`,
    );
    expect(inputsOf({ prefix, [`${prefix}-id`]: '7' }).prefix.value).toBe(prefix);
    expect(inputsOf({ prefix }, { GITLAB_CI: 'true' }).prefix.value).toBe(prefix);
  });
});

describe('tokens where names belong', () => {
  const tokens = [
    ['a personal token', 'glpat-Xy9ZkQ2mNv8rT4wLpA7s'],
    ['a job token', 'glcbt-64_Xy9ZkQ2mNv8rT4wLpA7s'],
    ['a deploy token', 'gldt-Xy9ZkQ2mNv8rT4wLpA7s'],
    ['a GitHub token', 'ghp_Xy9ZkQ2mNv8rT4wLpA7sXy9ZkQ2mNv8rT4w'],
    ['a fine-grained GitHub token', 'github_pat_11ABCDEFG0abcdefghijkl_mnop'],
    ['an npm token', 'npm_Xy9ZkQ2mNv8rT4wLpA7sXy9ZkQ2mNv8rT4w'],
    ['a JSON Web Token', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqb2IifQ.c2lnbmF0dXJl'],
    ['an old job token', 'Xy9ZkQ2mNv8rT4wLpA7s'],
    ['a hexadecimal one', 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4'],
    ['one in capitals', 'A1B2C3D4E5F60718293A4B5C6D7E8F90'],
  ] as const;
  it.each(tokens)('refuses %s without repeating it, for token-env and in lines', (_, token) => {
    for (const args of [
      { 'token-env': token },
      { 'api-token-env': token },
      { registries: `@a=https://a.test/ token=${token}` },
    ]) {
      const refusal = refusalOf(args);
      expect(JSON.stringify(refusal)).not.toContain(token.slice(8));
      expect(refusal.message).toContain('looks like the token itself');
    }
  });

  it.each(tokens)('never repeats %s when it stands in another place', (_, token) => {
    for (const name of ['prefix', 'scopes', 'timeout', 'client', 'group-id', 'retries', 'publish']) {
      const reading = read({ [name]: `x ${token}` });
      expect(JSON.stringify(reading)).not.toContain(token.slice(8));
    }
  });

  it('names the variable whose value was given', () => {
    const env: Env = { CI_JOB_TOKEN: 'secretvalue', PATH: '/bin' };
    expect(refusalOf({ 'token-env': 'secretvalue' }, env).hint).toBe(
      'write CI_JOB_TOKEN, without a dollar sign',
    );
  });

  it('refuses URLs with user information without repeating them', () => {
    const refusal = refusalOf({ registries: '@a=https://bob:hunter2hunter2@npm.example.com/' });
    expect(refusal.message).toBe(
      '--registries: line 1: the URL holds user information, which would end up in files and logs',
    );
    expect(JSON.stringify(refusal)).not.toContain('hunter2');
  });
});

describe('misspelt variables', () => {
  it('are told of, with the name that was probably meant', () => {
    const reading = read({}, { NPMRC_PREFLIGHT_SCOPE: '@a', NPMRC_PREFLIGHT_FAILON: 'never' });
    expect(reading.kind === 'inputs' && reading.notices).toEqual([
      'NPMRC_PREFLIGHT_SCOPE is no input and was not read; did you mean NPMRC_PREFLIGHT_SCOPES?',
      'NPMRC_PREFLIGHT_FAILON is no input and was not read; did you mean NPMRC_PREFLIGHT_FAIL_ON?',
    ]);
  });

  it('are not seen in what a run leaves for later jobs', () => {
    const left = { NPMRC_PREFLIGHT_CODES: 'NP301', NPMRC_PREFLIGHT_VERDICT: 'fail' };
    const reading = read({}, { ...left, NPMRC_PREFLIGHT_FINDINGS: '1', NPMRC_PREFLIGHT_ARTIFACT: '.x' });
    expect(reading.kind === 'inputs' && reading.notices).toEqual([]);
  });

  it('are not seen in right names, in other programs and in a token of the same family', () => {
    const reading = read(
      {},
      { NPMRC_PREFLIGHT_SCOPES: '@a', SCOPE: 'x', NPMRC_PREFLIGHT_TOKEN: 'x', NPMRC_PREFLIGHT_VERSION: '1' },
    );
    expect(reading.kind === 'inputs' && reading.notices).toEqual([]);
  });
});

describe('the descriptions', () => {
  it('hold one line each, a default that can be read, and a name fit for every place', () => {
    for (const row of inputDescriptions) {
      expect(row.name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(row.summary).toMatch(/^[^\n]{3,60}[^.\n]$/);
      expect(row.meaning).toMatch(/\.$/);
      expect(row.commands.length).toBeGreaterThan(0);
      expect(inputVariable(row.name)).toMatch(/^NPMRC_PREFLIGHT_[A-Z_]+$/);
      if (row.default !== '') expect(read({ [row.name]: row.default }).kind).toBe('inputs');
    }
  });
});
