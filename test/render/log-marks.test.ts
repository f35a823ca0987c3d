import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/report.ts';
import { annotations, directoryBelow, renderGithub } from '../../src/render/github.ts';
import { renderGitlab } from '../../src/render/gitlab.ts';
import { renderText } from '../../src/render/text.ts';
import { allowlistReport, sampleFinding, sampleReport } from '../support/sample-report.ts';

const scope = {
  scope: '@chaptesi',
  registry: 'https://gitlab.example.com/x/',
  prefix: 'instance',
  why: 'root namespace',
};

function shown(text: string): string {
  return text.replaceAll('\x1b', '<ESC>').replaceAll('\r', '<CR>');
}

describe('GitLab', () => {
  it('puts the plan in an open section, packages in a collapsed one, findings in none', () => {
    const report = sampleReport({ scopes: [scope], findings: [sampleFinding({ packages: [] })] });
    expect(
      shown(renderGitlab(report, { color: false, seconds: 1_700_000_000 })),
    ).toBe(`✓ 1 private package would install · 1 cause · 2 requests in 0.2 s
<ESC>[0Ksection_start:1700000000:npmrc_preflight_plan<CR><ESC>[0KConfiguration
  @chaptesi → instance prefix: root namespace
<ESC>[0Ksection_end:1700000000:npmrc_preflight_plan<CR><ESC>[0K

error[NP301]: flashcake/my-project is not on the job token allowlist of project 324
  help: add it
  = explain: node dist/index.js explain NP301

<ESC>[0Ksection_start:1700000000:npmrc_preflight_packages[collapsed=true]<CR><ESC>[0KPrivate packages (1)
  ok        @chaptesi/my-library@1.2.3  instance prefix
<ESC>[0Ksection_end:1700000000:npmrc_preflight_packages<CR><ESC>[0K
`);
  });

  it('leaves sections out that would be empty', () => {
    const report = sampleReport({ packages: [], scopes: [] });
    expect(renderGitlab(report, { color: false, seconds: 1 })).not.toContain('npmrc_preflight_packages');
    expect(renderGitlab(sampleReport(), { color: false, seconds: 1 })).not.toContain('npmrc_preflight_plan');
  });
});

describe('GitHub', () => {
  it('prints the text, the packages in a group, then an annotation for each finding', () => {
    const report = sampleReport({
      scopes: [scope],
      findings: [
        sampleFinding({ seen: 'metadata 200', location: { file: 'package.json', line: 7, column: 6 } }),
      ],
    });
    const text = renderText(report, { color: false });
    expect(renderGithub(report, { color: false })).toBe(`${text}
::group::Private packages (1)
  ok        @chaptesi/my-library@1.2.3  instance prefix
::endgroup::
::error file=package.json,line=7,col=6,title=NP301%3A flashcake/my-project is not on the job token allowlist of project 324::packages: @chaptesi/my-library%0Aseen: metadata 200%0Aadd it
`);
  });

  it('issues no command for a passing report but the group', () => {
    expect(renderGithub(sampleReport(), { color: false }).match(/^::\w+/gm)).toEqual([
      '::group',
      '::endgroup',
    ]);
  });

  it.each([
    ['.', 'package.json', 'package.json'],
    ['./', 'package.json', 'package.json'],
    ['apps/web/', 'package.json', 'apps/web/package.json'],
    ['.\\apps\\web', 'packages\\ui\\package.json', 'apps/web/packages/ui/package.json'],
    ['', 'a,b:c%.json', 'a%2Cb%3Ac%25.json'],
  ])('in %s names the file %s as %s', (directory, file, path) => {
    const [line] = annotations(
      sampleReport({ findings: [sampleFinding({ location: { file, line: 1, column: 1 } })] }),
      directory,
    );
    expect(line).toContain(`::error file=${path},line=1,col=1,`);
  });

  it.each(['/root/.npmrc', 'C:\\x\\.npmrc', '../../.npmrc'])(
    'shows what is said of %s, outside of the checkout, at the package',
    (file) => {
      const finding = sampleFinding({ location: { file, line: 1, column: 1 } });
      const [line] = annotations(sampleReport({ findings: [finding] }), 'apps');
      expect(line).toContain('::error file=apps/package.json,line=7,col=6,title=');
      const [bare] = annotations(sampleReport({ findings: [{ ...finding, packages: [] }] }), '');
      expect(bare).toContain('::error title=');
    },
  );

  it.each<[string | null, string, 'posix' | 'win32', string]>([
    ['/w/shop', '/w/shop', 'posix', ''],
    ['/w/shop', '/w/shop/apps/web', 'posix', 'apps/web'],
    ['/w/shop', '/w/shopping', 'posix', ''],
    ['/w/shop', '/elsewhere', 'posix', ''],
    ['D:\\a\\shop\\shop', 'D:\\a\\shop\\shop\\apps\\web', 'win32', 'apps/web'],
    ['D:\\a\\shop\\shop', 'd:\\a\\shop\\shop\\apps', 'win32', 'apps'],
    ['D:\\a\\shop\\shop', 'C:\\x', 'win32', ''],
    [null, '/w/shop', 'posix', ''],
    ['', '/w/shop', 'posix', ''],
    ['relative', '/w/shop', 'posix', ''],
  ])('below %s finds %s (%s) at "%s"', (workspace, directory, platform, path) => {
    expect(directoryBelow(workspace, directory, platform)).toBe(path);
  });

  it('escapes what would end a property or a message', () => {
    const [line] = annotations(
      sampleReport({ findings: [sampleFinding({ title: 'a,b:c%0A::d', seen: '100%' })] }),
      '',
    );
    expect(line).toContain('::error title=NP301%3A a%2Cb%3Ac%250A%3A%3Ad::');
    expect(line).toContain('%0Aseen: 100%25%0A');
  });

  it('marks what is only possible, and uses the level of the severity', () => {
    const findings = [
      sampleFinding({ certainty: 'possible' }),
      sampleFinding({ severity: 'warning' }),
      sampleFinding({ severity: 'info' }),
    ];
    const lines = annotations(sampleReport({ findings }), '');
    expect(lines.map((line) => /^::(\w+) title=(NP301[^%]*)/.exec(line)?.slice(1))).toEqual([
      ['error', 'NP301 (possible)'],
      ['warning', 'NP301'],
      ['notice', 'NP301'],
    ]);
  });

  it('keeps ten findings apart and joins more by their cause', () => {
    const of = (count: number, overrides: (index: number) => Partial<Finding>) =>
      annotations(
        sampleReport({
          findings: Array.from({ length: count }, (_, index) =>
            sampleFinding({ title: `t${index}`, ...overrides(index) }),
          ),
        }),
        '',
      );
    expect(of(10, () => ({}))).toHaveLength(10);
    const joined = of(11, () => ({}));
    expect(joined).toHaveLength(1);
    expect(joined[0]).toContain(
      'title=NP301%3A 11 findings of not-on-allowlist::packages: @chaptesi/my-library%0At0%0At1',
    );
    const causes = of(13, (index) => ({ code: `NP4${10 + index}` }));
    expect(causes).toHaveLength(10);
    expect(causes.at(-1)).toContain('3 further causes: see the log');
    expect(causes[0]).not.toContain('further causes');
  });

  it('prints the same text as elsewhere before its marks', () => {
    expect(
      renderGithub(allowlistReport(), { color: false }).startsWith(
        renderText(allowlistReport(), { color: false }).trimEnd(),
      ),
    ).toBe(true);
  });
});
