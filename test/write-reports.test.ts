import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunResult } from '../src/app.ts';
import { memoryFiles } from '../src/demo/memory-files.ts';
import type { Report } from '../src/domain/report.ts';
import { Secret } from '../src/domain/secret.ts';
import { readInputs } from '../src/inputs.ts';
import type { World } from '../src/io/world.ts';
import { presentReport } from '../src/present.ts';
import { findLeaks } from './support/leak-scan.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from './support/sample-report.ts';

const project = resolve('/builds/flashcake/my-project');
const temp = resolve('/runner/temp');
const names = [
  'annotations.json',
  'codequality.json',
  'junit.xml',
  'preflight.env',
  'report.html',
  'report.json',
];

const gitlab = {
  GITLAB_CI: 'true',
  CI_PROJECT_DIR: project,
  CI_JOB_URL: 'https://gitlab.example.com/flashcake/my-project/-/jobs/9',
  CI_SERVER_URL: 'https://gitlab.example.com',
};

interface Given {
  env?: Readonly<Record<string, string>>;
  args?: Readonly<Record<string, string>>;
  result?: RunResult;
  earlier?: Readonly<Record<string, string>>;
  directory?: string;
  broken?: boolean;
}

/** Presents a result in a world of memory; `files` are those that were written, by their path. */
async function present({
  env = {},
  args = {},
  result,
  earlier = {},
  directory = project,
  broken = false,
}: Given) {
  const files = new Map(Object.entries(earlier));
  const unused = () => {
    throw new Error('reports need nothing of this kind');
  };
  const world: World = {
    version: '0.0.0',
    env,
    directory,
    home: resolve('/home/me'),
    platform: 'posix',
    files: { read: (path) => memoryFiles(Object.fromEntries(files)).read(path), list: unused },
    now: () => 0,
    findClient: unused,
    http: unused,
    poster: unused,
    writeRestorable: unused,
    writeLasting(edit) {
      if (broken)
        return { kind: 'failed', reason: 'read-only', code: 'EROFS', why: 'the file system is read-only' };
      files.set(edit.path, edit.after);
      return { kind: 'written', path: edit.path };
    },
    removeLasting(path) {
      if (broken) return 'the file system is read-only';
      files.delete(path);
      return null;
    },
    restore: unused,
    exportVariables: unused,
  };
  const reading = readInputs({ args: new Map(Object.entries(args).map(([k, v]) => [k, [v]])), env });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  const ending = await presentReport(world, result ?? reportOf(allowlistReport()), {
    inputs: reading.inputs,
    color: false,
    complaintColor: false,
    width: 120,
    program: 'node dist/index.js',
    verbose: false,
    now: 0,
  });
  return { ...ending, files };
}

function reportOf(report: Report, secrets: readonly Secret[] = []): RunResult {
  return { kind: 'report', report, secrets, notices: [], needs: [] };
}

const inFolder = (folder: string) => names.map((name) => join(folder, name));

describe('where reports go', () => {
  it.each([
    ['nowhere by themselves', {}, {}, []],
    ['nowhere by themselves on GitLab, where the template names the folder', gitlab, {}, []],
    [
      'to the folder that the template names',
      { ...gitlab, NPMRC_PREFLIGHT_REPORT_DIR: '.npmrc-preflight' },
      {},
      inFolder(join(project, '.npmrc-preflight')),
    ],
    [
      'to a folder of their own in the temporary folder of a GitHub runner',
      { GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp },
      {},
      inFolder(join(temp, 'npmrc-preflight-report')),
    ],
    [
      'nowhere on GitHub with none',
      { GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp },
      { 'report-dir': 'none' },
      [],
    ],
    [
      'to the folder given',
      { GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp },
      { 'report-dir': temp },
      inFolder(temp),
    ],
  ])(
    '%s',
    async (_, env: Readonly<Record<string, string>>, args: Readonly<Record<string, string>>, paths) => {
      expect([...(await present({ env, args })).files.keys()].sort()).toEqual(paths);
    },
  );
});

describe('what reports say', () => {
  const env = { ...gitlab, NPMRC_PREFLIGHT_REPORT_DIR: '.npmrc-preflight' };
  const at = (files: ReadonlyMap<string, string>, name: string, folder = join(project, '.npmrc-preflight')) =>
    files.get(join(folder, name)) ?? '';

  it('leads to the page in the artifacts of the job', async () => {
    const { files } = await present({ env: { ...env, NPMRC_PREFLIGHT_REPORT_DIR: 'out of/it' } });
    const links = at(files, 'annotations.json', join(project, 'out of', 'it'));
    expect(links).toContain(
      'https://gitlab.example.com/flashcake/my-project/-/jobs/9/artifacts/file/out%20of/it/report.html',
    );
  });

  it('leads nowhere when the folder is no place for artifacts', async () => {
    const { files } = await present({ env: { ...env, NPMRC_PREFLIGHT_REPORT_DIR: temp } });
    expect(at(files, 'annotations.json', temp)).not.toContain('/artifacts/');
  });

  it('names files from the root of the repository, wherever the project lies and the program starts', async () => {
    const findings = [
      sampleFinding({ location: { file: 'package.json', line: 7, column: 6 } }),
      sampleFinding({ packages: [], location: { file: join(project, '.npmrc'), line: 2, column: 1 } }),
      sampleFinding({ packages: [], location: { file: resolve('/home/me/.npmrc'), line: 3, column: 1 } }),
    ];
    const { files } = await present({
      env: { ...env, NPMRC_PREFLIGHT_REPORT_DIR: temp },
      directory: join(project, 'packages'),
      args: { 'working-directory': 'web' },
      result: reportOf(sampleReport({ findings })),
    });
    const issues = JSON.parse(at(files, 'codequality.json', temp)) as { location: { path: string } }[];
    expect(issues.map(({ location }) => location.path)).toEqual([
      'packages/web/package.json',
      '.npmrc',
      'packages/web/package.json',
    ]);
  });

  it.each<[string, RunResult, string, number]>([
    ['wrong usage', { kind: 'usage', message: 'no such client', hint: 'try npm' }, '[]\n', 2],
    [
      'an unreadable project',
      {
        kind: 'unreadable',
        problem: { file: 'package.json', line: 4, column: 2, message: 'this is no JSON', hint: null },
      },
      'package.json',
      2,
    ],
    [
      'a configuration that can not be written',
      { kind: 'not-written', path: '/x/.npmrc', why: 'no space is left', secrets: [] },
      '[]\n',
      2,
    ],
    ['a crash', { kind: 'crashed', why: 'RangeError: too deep' }, '[]\n', 1],
  ])('is valid after %s, and holds nothing of an earlier run', async (_, result, quality, code) => {
    const folder = join(project, '.npmrc-preflight');
    const earlier = Object.fromEntries(names.map((name) => [join(folder, name), 'of an earlier run']));
    const { files, exitCode, complaint } = await present({ env, result, earlier });
    expect(exitCode).toBe(code);
    expect(complaint).not.toContain('note:');
    expect([...files.keys()].sort()).toEqual(
      inFolder(folder).filter((path) => !path.endsWith('report.json')),
    );
    expect([...files.values()].join('')).not.toContain('of an earlier run');
    expect(at(files, 'preflight.env')).toContain('NPMRC_PREFLIGHT_VERDICT=error\n');
    expect(at(files, 'junit.xml')).toContain(' errors="1"');
    expect(at(files, 'codequality.json')).toContain(quality);
    expect(Object.keys(JSON.parse(at(files, 'annotations.json')))).toEqual(['npmrc-preflight']);
    expect(at(files, 'report.html')).toContain('The check could not be made');
  });

  it('never fails the run: a folder that can not be written is a note', async () => {
    const passing = reportOf(sampleReport());
    const { exitCode, complaint, output } = await present({ env, result: passing, broken: true });
    expect(exitCode).toBe(0);
    expect(output).toContain('1 private package would install');
    expect(complaint.trimEnd().split('\n')).toHaveLength(names.length);
    expect(complaint).toContain('junit.xml can not be written: the file system is read-only');
  });

  it.each(['glcbt-64_Zq7xV3wK9pTfLm2RbNc8', 'a&b<c>d"e\'f-Zq7xV3wK9p', 'Zq7x&amp;V3wK9pTfLm2'])(
    'holds nothing of the token %j',
    async (token) => {
      const poisoned = sampleReport({
        packages: [
          samplePackage({ name: `@a/${token}`, registry: `https://x.test/${token}/`, status: 'failed' }),
        ],
        findings: [
          sampleFinding({
            title: `refused ${token}`,
            packages: [`@a/${token}`],
            evidence: [{ probe: 'metadata', url: `https://x.test/?t=${token}`, status: 403, message: token }],
            remedy: {
              who: token,
              summary: token,
              steps: [token],
              url: `https://gitlab.example.com/${token}`,
              command: `echo ${token}`,
              edit: { file: '.npmrc', line: 1, before: null, after: `_authToken=${token}` },
            },
          }),
        ],
      });
      const { files, output } = await present({ env, result: reportOf(poisoned, [new Secret(token)]) });
      const places = { output, ...Object.fromEntries(files) };
      expect(Object.keys(places)).toHaveLength(7);
      const escaped = token.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      expect([...findLeaks(token, places), ...findLeaks(escaped, places)]).toEqual([]);
    },
  );
});

describe('a finding about what the component made for later jobs', () => {
  it('shows in the diff at the packages, since that file is in no commit', async () => {
    const folder = '.npmrc-preflight';
    const finding = sampleFinding({
      packages: ['@chaptesi/my-library'],
      location: { file: `${folder}/npmrc`, line: 3, column: 1 },
    });
    const places = async (env: Readonly<Record<string, string>>) => {
      const { files } = await present({
        env: { ...gitlab, NPMRC_PREFLIGHT_REPORT_DIR: folder, ...env },
        result: reportOf(sampleReport({ findings: [finding] })),
      });
      const text = files.get(join(project, folder, 'codequality.json')) ?? '';
      return (JSON.parse(text) as { location: unknown }[]).map(({ location }) => location);
    };
    expect(await places({ NPMRC_PREFLIGHT_ARTIFACT: folder })).toEqual([
      { path: 'package.json', lines: { begin: 7 } },
    ]);
    expect(await places({})).toEqual([{ path: `${folder}/npmrc`, lines: { begin: 3 } }]);
  });
});
