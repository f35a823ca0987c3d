import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { load, loadAll } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { inputDescriptions, inputVariable } from '../../src/inputs.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';
import { posix, template } from './pipeline.ts';

const root = join(import.meta.dirname, '..', '..');
const text = fs.readFileSync(template, 'utf8');
const program = fs.readFileSync(join(root, 'dist', 'npmrc-preflight.cjs'));
const { version } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const [header, body = ''] = text.split(/^---$/m);

interface InputSpec {
  description?: string;
  default?: unknown;
  type?: string;
  regex?: string;
  options?: readonly string[];
}
const inputs = Object.entries(
  (load(header ?? '') as { spec: { inputs: Record<string, InputSpec> } }).spec.inputs,
);

interface Builder {
  gitlabTemplate(from: { program: Buffer; version: string; previous?: string | null }): Promise<string>;
  programIn(template: string): Buffer | null;
}

describe('templates/npmrc-preflight.yml', () => {
  let builder: Builder;
  beforeAll(async () => {
    builder = (await import(pathToFileURL(join(root, 'scripts', 'gitlab-template.mjs')).href)) as Builder;
  });

  it('carries dist/npmrc-preflight.cjs, byte for byte', () => {
    expect(builder.programIn(text)?.equals(program), 'run "npm run build"').toBe(true);
  });

  it('is what the sources make', async () => {
    // the bytes of a compressor may differ between versions of Node, so what is carried is compared above, unpacked
    const fresh = await builder.gitlabTemplate({ program, version, previous: text });
    expect(
      text === fresh,
      'the template is not what the sources make: run "npm run build" and commit it',
    ).toBe(true);
  });

  it('takes a new program into it, and keeps the bytes that are there for the same one', async () => {
    const other = Buffer.from('console.log("other")\n'.repeat(9));
    const made = await builder.gitlabTemplate({ program: other, version, previous: text });
    expect(builder.programIn(made)?.equals(other)).toBe(true);
    const odd = made.replace(
      /(const payload = `)[^`]+/,
      `$1${brotliCompressSync(Buffer.concat([other])).toString('base64')}`,
    );
    expect(await builder.gitlabTemplate({ program: other, version, previous: odd })).toBe(odd);
    expect(await builder.gitlabTemplate({ program: other, version, previous: 'no template' })).toBe(made);
  });

  it('stays within what GitLab takes: 1 MB a file before 17.3, 1 MB of text with interpolation', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(600_000);
    expect(loadAll(text)).toHaveLength(2);
    const blocks = [...body.matchAll(/\$\[\[(.*?)\]\]/g)].map(([, name = '']) => name.trim());
    expect(new Set(blocks)).toEqual(new Set(inputs.map(([name]) => `inputs.${name}`)));
    // nothing that a parser of interpolation could take for a block stands elsewhere
    expect(text.match(/\$\[\[/g)).toHaveLength(blocks.length);
  });

  it('has every input of the program but those that are for the action or set by the component', () => {
    const left = inputDescriptions.filter(({ name, only }) => only !== 'action' && name !== 'report-dir');
    const names = inputs.map(([name]) => name);
    expect(names.slice(0, left.length)).toEqual(left.map(({ name }) => name));
    expect(names.slice(left.length)).toEqual([
      'job-name',
      'stage',
      'image',
      'allow-failure',
      'artifacts-expire-in',
    ]);
    const variables = Object.entries(jobs()['.npmrc-preflight:inputs']?.variables ?? {});
    expect(variables.map(([name]) => name)).toEqual(left.map(({ name }) => inputVariable(name)));
  });

  it('uses in its header only what GitLab 16.6 knows', () => {
    expect(Object.keys(load(header ?? '') as object)).toEqual(['spec']);
    for (const [name, spec] of inputs) {
      expect(
        Object.keys(spec).filter(
          (key) => !['description', 'default', 'type', 'regex', 'options'].includes(key),
        ),
        name,
      ).toEqual([]);
      expect(['string', 'number', 'boolean']).toContain(spec.type ?? 'string');
    }
  });

  it('copies the program into one job only', () => {
    const big = Object.entries(jobs()).filter(([, job]) => JSON.stringify(job).length > 10_000);
    expect(big.map(([name]) => name)).toEqual(['npmrc-preflight']);
  });

  describe.each(inputs)('the input %s', (name, spec) => {
    it('is described and has a default that its own rules let through', () => {
      expect(spec.description).toMatch(/^[A-Z][^\n]+\.$/);
      expect(spec.default).not.toBe('');
      expect(accepted(spec, String(spec.default))).toBe(true);
    });

    it('means the same whether GitLab pastes it in as text or as a value, whatever it lets through', () => {
      const through = [...hostile, ...friendly].filter((text) => accepted(spec, text));
      for (const given of through) {
        // the line ends of a quoted text become blanks
        expect(load(pasted(name, given)), given).toEqual(valued(name, given.replaceAll('\n', ' ')));
      }
      const free = spec.type === undefined && spec.options === undefined;
      expect(through.length > 0).toBe(true);
      expect(free ? through.filter((given) => /["\\\0\t]|\$\(|\$\[/.test(given)) : []).toEqual([]);
      if (name !== 'image') expect(through.filter((given) => given.includes('$'))).toEqual([]);
    });
  });
});

/** What someone might try: to end the quotes, to add keys, to be expanded by the runner or run by the shell, to start another block. */
const hostile = [
  '"',
  'a"\n    EVIL: "b',
  'a"]\nevil:\n  script: [id]\n#',
  '\\',
  'a\\"',
  '$CI_JOB_TOKEN',
  '${CI_JOB_TOKEN}',
  '$(id)',
  'a$(id)',
  '$[[ inputs.stage ]]',
  'a\0b',
  'a\tb',
  "'; id; '",
  '`id`',
  'a; id',
  'a && id',
  'a | id',
  '../../../etc',
  '-e',
  '--',
  '# no comment',
  'a: b',
  '- a',
  '{a: b}',
  '[a]',
  '*a',
  '&a',
  '!!js/function',
  '%YAML',
  '@a',
  'a\nb',
  'NPMRC_PREFLIGHT',
];
const friendly = [
  'a',
  'true',
  'auto',
  'user',
  'locked',
  'error',
  'always',
  'npm',
  'prod',
  '10',
  'NPM_TOKEN',
  'acme',
  '@acme=https://npm.example.test/ token=A\n@b=http://b.test/\n',
];

/** Whether GitLab takes a text for an input. Numbers and booleans it takes as such only. */
function accepted({ type, regex, options }: InputSpec, given: string): boolean {
  if (type === 'number') return /^-?\d+(?:\.\d+)?$/.test(given);
  if (type === 'boolean') return given === 'true' || given === 'false';
  if (options) return options.includes(given);
  return regex !== undefined && new RegExp(regex).test(given);
}

/** The body as newer releases of GitLab see it: inputs pasted into the text, then read as YAML. */
function pasted(name: string, value: string): string {
  return bare.replace(reference, (_, one: string) => valueFor(one, name, value));
}

/** The body as older releases of GitLab see it: read as YAML, then inputs put into its texts. */
function valued(name: string, value: string): unknown {
  const filled = (text: string) => text.replace(reference, (_, one: string) => valueFor(one, name, value));
  const visit = (node: unknown): unknown => {
    if (typeof node === 'string') return filled(node);
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [filled(key), visit(child)]));
  };
  return visit(load(bare));
}

function valueFor(one: string, name: string, value: string): string {
  return one === name ? value : String(inputs.find(([known]) => known === one)?.[1].default);
}

/** The body without what it carries, which takes long to parse. */
const reference = /\$\[\[ inputs\.([\w-]+) \]\]/g;
const bare = body.replace(/(const payload = `)[^`]+/, '$1');

function jobs(): Record<string, { variables?: Record<string, string>; script?: readonly string[] }> {
  const whole = body.replace(reference, (_, one: string) => valueFor(one, '', ''));
  return load(whole) as ReturnType<typeof jobs>;
}

describe.skipIf(!posix)('the script of the job', () => {
  const script = jobs()['npmrc-preflight']?.script?.[0] ?? '';

  /** Runs it by a shell in an empty folder, as `CI_PROJECT_DIR`. */
  async function runScript(
    shell: string,
    {
      text: of = script,
      env = {},
      path = join(process.execPath, '..'),
    }: { text?: string; env?: Record<string, string>; path?: string } = {},
  ) {
    const folder = temporaryFolder();
    try {
      const userconfig = {
        NPM_CONFIG_USERCONFIG: `${folder}/.x/npmrc`,
        PNPM_CONFIG_USERCONFIG: `${folder}/.x/npmrc`,
      };
      const job = { NPMRC_PREFLIGHT_ARTIFACT: '.x', GITLAB_CI: 'true', CI_PROJECT_DIR: folder, HOME: folder };
      const file = join(folder, 'script');
      fs.writeFileSync(file, of);
      const ran = await runProgram(shell, [file], {
        cwd: folder,
        env: { PATH: path, ...job, ...userconfig, ...env },
      });
      const place = join(folder, '.x');
      const there = fs.existsSync(place) ? fs.readdirSync(place, { recursive: true }).map(String) : [];
      const closed = there.filter((name) => (fs.statSync(join(place, name)).mode & 0o44) !== 0o44);
      const junit = join(place, 'node_modules', 'report', 'junit.xml');
      return {
        ...ran,
        there: there.sort(),
        closed,
        junit: fs.existsSync(junit) ? fs.readFileSync(junit, 'utf8') : '',
      };
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }

  /** What the job keeps where its check did not come to a report: every file that GitLab looks for, and no program. */
  const leftBehind = [
    '.gitignore',
    'node_modules',
    'node_modules/report',
    'node_modules/report/annotations.json',
    'node_modules/report/codequality.json',
    'node_modules/report/junit.xml',
    'node_modules/report/preflight.env',
  ];

  it.each([
    ['none', [], ''],
    [
      '.x/node_modules/report',
      leftBehind,
      '<error message="the check ended early: see the log of the job"/>',
    ],
  ])(
    'speaks for a program that ended early where its reports go to %s, and only there',
    async (folder, kept, junit) => {
      const killed = script.replace(/(const ran = )spawnSync\([^;]+;/, '$1{ status: null };');
      expect(killed).not.toBe(script);
      const ran = await runScript('/bin/sh', { text: killed, env: { NPMRC_PREFLIGHT_REPORT_DIR: folder } });
      expect(ran.code).toBe(1);
      expect(ran.there.filter((name) => name.startsWith('node_modules/report'))).toEqual(
        kept.filter((name) => name.startsWith('node_modules/report')),
      );
      expect(ran.junit).toContain(junit);
    },
  );

  it('says in its first line what it is, since that is what the log shows of it', () => {
    expect(script.split('\n')[0]).toBe(
      `# npmrc-preflight ${version}: checks that every private package can be installed, before anything is`,
    );
    expect(script).toContain(createHash('sha256').update(program).digest('hex'));
  });

  it.each(['/bin/sh', 'bash'])('runs the program by %s', async (shell) => {
    const ran = await runScript(shell, { path: `${join(process.execPath, '..')}:${process.env.PATH}` });
    // there is no package.json
    expect(ran.code, ran.stderr).toBe(2);
    expect(ran.stderr).toContain('package.json');
    expect(ran.there).toEqual(
      expect.arrayContaining(['.gitignore', 'npmrc', join('node_modules', 'npmrc-preflight.cjs')]),
    );
  });

  it('names the input of the include that it refuses, in log and reports, and no options that nobody gave', async () => {
    const ran = await runScript('/bin/sh', {
      env: { NPMRC_PREFLIGHT_RETRIES: 'oft', NPMRC_PREFLIGHT_REPORT_DIR: '.x/node_modules/report' },
    });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^error: input retries \(NPMRC_PREFLIGHT_RETRIES\): /);
    expect(ran.stderr).not.toContain('--help');
    expect(ran.junit).toContain('message="input retries (NPMRC_PREFLIGHT_RETRIES): ');
  });

  it('leaves what any user of a later job may read, whatever the mask of this one', async () => {
    const ran = await runScript('/bin/sh', { text: `umask 077\n${script}` });
    expect(ran.there.length).toBeGreaterThan(3);
    expect(ran.closed).toEqual([]);
  });

  it('runs no program whose bytes changed', async () => {
    const line = script.split('\n').find((one) => /^[A-Za-z0-9+/]{160}$/.test(one)) ?? '';
    for (const changed of [
      script.replace(line, ''),
      script.replace(/(const sha256 = ')\w{4}/, '$1eeee'),
      script.replace(/(payload = `)[^`]+/, '$1'),
    ]) {
      expect(changed).not.toBe(script);
      const ran = await runScript('/bin/sh', { text: changed });
      expect(ran).toMatchObject({ code: 2, stdout: '', there: leftBehind });
      expect(ran.junit).toContain('<error message="the program in the template is damaged');
      expect(ran.stderr).toMatch(
        /^error: the program in the template is damaged, so it was not run: its sha256 is \w{64}, not \w{64}\. /,
      );
    }
  });

  it.each(['NPM_CONFIG_USERCONFIG', 'npm_config_userconfig'])(
    'refuses to write a file that another %s hides',
    async (name) => {
      const ran = await runScript('/bin/sh', { env: { [name]: '/etc/npmrc' } });
      expect(ran).toMatchObject({ code: 2, stdout: '', there: leftBehind });
      expect(ran.stderr).toContain(`another ${name} takes the place`);
      expect(ran.junit).toContain(`another ${name} takes the place`);
    },
  );

  it('says what is missing in an image without Node, or with an old one', async () => {
    // with what such an image has, mkdir, and not with node
    const bin = temporaryFolder();
    const mkdir = (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'mkdir'))
      .find((file) => fs.existsSync(file));
    fs.symlinkSync(mkdir ?? '', join(bin, 'mkdir'));
    const none = await runScript('/bin/sh', { path: bin });
    fs.rmSync(bin, { recursive: true });
    expect(none).toMatchObject({
      code: 2,
      stdout: 'error: this image has no node: set the input image to one with Node 20.18 or later\n',
      there: leftBehind.filter((name) => name !== '.gitignore'),
    });
    expect(none.junit).toContain("<error message='this image has no node: ");
    const old = script.replace('process.versions.node.split', "'18.20.4'.split");
    expect(old).not.toBe(script);
    const ran = await runScript('/bin/sh', { text: old });
    expect(ran).toMatchObject({ code: 2, stdout: '', there: leftBehind, closed: [] });
    expect(ran.stderr).toContain('npmrc-preflight needs Node 20.18 or later');
    expect(ran.junit).toContain('npmrc-preflight needs Node 20.18 or later');
  });
});
