import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { codeQualityOfProblem, renderCodeQuality } from '../../src/render/code-quality.ts';
import { gitlabContext } from '../support/report-context.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from '../support/sample-report.ts';

type Issue = {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
};

/** What GitLab asks of an issue (its Code Quality documentation and codeclimate.json of its validators). */
const valid = new Ajv2020({ strict: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?![/.]|[A-Za-z]:).' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
});

function issuesOf(text: string): readonly Issue[] {
  const issues: unknown = JSON.parse(text);
  if (!valid(issues)) throw new Error(JSON.stringify(valid.errors));
  return issues as Issue[];
}

const issues = (report: Parameters<typeof renderCodeQuality>[0]) =>
  issuesOf(renderCodeQuality(report, gitlabContext));

describe('renderCodeQuality', () => {
  it('has an issue at the line of each dependency, relative to the repository', () => {
    const report = allowlistReport();
    const moved = report.packages.map((item, index) => ({
      ...item,
      location: { file: 'package.json', line: 7 + index, column: 6 },
    }));
    expect(
      issues({ ...report, packages: moved }).map(({ description, severity, location, check_name }) =>
        [check_name, severity, `${location.path}:${location.lines.begin}`, description].join(' | '),
      ),
    ).toEqual([
      'npmrc-preflight/NP301 | critical | web/package.json:7 | NP301: flashcake/my-project is not on the job token allowlist of project 324 (@chaptesi/my-library). add flashcake/my-project to the job token allowlist of project 324',
      'npmrc-preflight/NP301 | critical | web/package.json:8 | NP301: flashcake/my-project is not on the job token allowlist of project 324 (@chaptesi/theme). add flashcake/my-project to the job token allowlist of project 324',
      'npmrc-preflight/NP501 | critical | web/package.json:9 | NP501: gitlab.example.com has no package @flashcake/icons. publish @flashcake/icons, or correct the name',
    ]);
  });

  it('is an empty list when nothing was found, which clears what an earlier pipeline said', () => {
    expect(renderCodeQuality(sampleReport(), gitlabContext)).toBe('[]\n');
  });

  it.each([
    ['error', 'confirmed', 'critical'],
    ['error', 'possible', 'major'],
    ['warning', 'confirmed', 'minor'],
    ['info', 'possible', 'info'],
  ] as const)('makes %s, %s a %s issue', (severity, certainty, expected) => {
    const [issue] = issues(sampleReport({ findings: [sampleFinding({ severity, certainty })] }));
    expect(issue?.severity).toBe(expected);
  });

  it('tells one issue for a finding about a line of configuration, whatever it explains', () => {
    const location = { file: '.npmrc', line: 3, column: 1 };
    const packages = ['@chaptesi/my-library', '@chaptesi/theme'];
    const found = issues(sampleReport({ findings: [sampleFinding({ location, packages })] }));
    expect(found.map((issue) => issue.location)).toEqual([{ path: 'web/.npmrc', lines: { begin: 3 } }]);
  });

  it('tells what lies outside of the repository, or nowhere, at package.json', () => {
    const outside = sampleFinding({
      packages: [],
      location: { file: '/home/me/.npmrc', line: 40, column: 1 },
    });
    const nowhere = sampleFinding({ packages: [] });
    expect(issues(sampleReport({ findings: [outside, nowhere] })).map((issue) => issue.location)).toEqual([
      { path: 'web/package.json', lines: { begin: 1 } },
      { path: 'web/package.json', lines: { begin: 1 } },
    ]);
  });

  it('keeps a fingerprint when lines move and other packages join, and has none twice', () => {
    const two = (line: number, names: readonly string[]) =>
      issues(
        sampleReport({
          packages: names.map((name, at) =>
            samplePackage({ name, location: { file: 'package.json', line: line + at, column: 3 } }),
          ),
          findings: [sampleFinding({ packages: names }), sampleFinding({ packages: names })],
        }),
      ).map(({ fingerprint }) => fingerprint);
    const before = two(7, ['@a/one', '@a/two']);
    expect(new Set(before).size).toBe(4);
    const after = two(19, ['@a/new', '@a/one', '@a/two']);
    expect(before.every((one) => after.includes(one))).toBe(true);
  });

  it('keeps a fingerprint when the version changes', () => {
    const one = (resolved: string) =>
      issues(
        sampleReport({
          packages: [samplePackage({ resolved })],
          findings: [sampleFinding({ packages: [`@chaptesi/my-library@${resolved}`] })],
        }),
      ).map(({ fingerprint }) => fingerprint);
    expect(one('1.2.4')).toEqual(one('1.2.3'));
  });

  it('of a problem names the file that can not be read, and nothing where there is none', () => {
    const problem = { message: 'this is no JSON', hint: 'a comma is missing', file: 'package.json', line: 4 };
    const [issue] = issuesOf(codeQualityOfProblem(problem, gitlabContext));
    expect(issue).toMatchObject({
      description: 'this is no JSON. a comma is missing',
      severity: 'blocker',
      location: { path: 'web/package.json', lines: { begin: 4 } },
    });
    expect(codeQualityOfProblem({ ...problem, file: null }, gitlabContext)).toBe('[]\n');
    expect(codeQualityOfProblem({ ...problem, file: '/etc/x' }, gitlabContext)).toBe('[]\n');
  });
});
