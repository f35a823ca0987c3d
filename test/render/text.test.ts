import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { renderText } from '../../src/render/text.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from '../support/sample-report.ts';

function text(report: Report, options: Partial<Parameters<typeof renderText>[1]> = {}): string {
  return renderText(report, { color: false, ...options });
}

function verdict(report: Report): string {
  return text(report).split('\n')[0] ?? '';
}

describe('the whole text', () => {
  it('of the job whose package project does not name it', () => {
    expect(
      text(allowlistReport()),
    ).toBe(`✗ 3 of 41 private packages would fail · 2 causes · 52 requests in 0.4 s

error[NP301]: flashcake/my-project is not on the job token allowlist of project 324
  --> package.json:7:6   @chaptesi/my-library@1.2.3  (+1 more: @chaptesi/theme)
  = seen: metadata 200, tarball 404 with the same token: alice may read it, this project's token may not
  help: a Maintainer of project 324 opens https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access,
        "Job token permissions" > Add > project "flashcake/my-project"  (or group "flashcake")
     or: curl --request POST --header "PRIVATE-TOKEN: …" --data target_project_id=512 \\
           https://gitlab.example.com/api/v4/projects/324/job_token_scope/allowlist
  = explain: node dist/index.js explain NP301

error[NP501]: gitlab.example.com has no package @flashcake/icons
  --> package.json:9:6   @flashcake/icons@0.4.1
  = seen: metadata 404, packages API 200 and empty
  help: whoever publishes the package: publish @flashcake/icons, or correct the name
        the nearest name there is @flashcake/icon
   edit: package.json:9
         -     "@flashcake/icons": "^0.4.0"
         +     "@flashcake/icon": "^0.4.0"
  = explain: node dist/index.js explain NP501
`);
  });

  it('of a run that passes, with its plan, its files and a warning', () => {
    const report = sampleReport({
      scopes: [
        {
          scope: '@chaptesi',
          registry: 'https://gitlab.example.com/api/v4/packages/npm/',
          prefix: 'instance',
          why: 'chaptesi is the root namespace of the one project that holds its packages',
        },
        {
          scope: '@tools',
          registry: 'https://npm.example.com/',
          prefix: null,
          why: 'given by input registries',
        },
      ],
      files: [
        { path: '/builds/flashcake/my-project.tmp/npmrc', action: 'written', managed: true },
        { path: '/root/.npmrc', action: 'unchanged', managed: true },
      ],
      exports: { NPM_CONFIG_USERCONFIG: '/builds/flashcake/my-project.tmp/npmrc' },
      findings: [
        sampleFinding({
          code: 'NP108',
          cause: 'overridden-by-other-rc',
          severity: 'warning',
          title: '.npmrc sets @chaptesi:registry over the written file',
          packages: [],
          location: { file: '.npmrc', line: 2, column: 1 },
          remedy: {
            who: 'you',
            summary: 'take the line out of .npmrc',
            steps: [],
            edit: {
              file: '.npmrc',
              line: 2,
              before: '@chaptesi:registry=https://npm.example.com/',
              after: null,
            },
            command: 'npm config list',
          },
        }),
      ],
    });
    expect(text(report)).toBe(`✓ 1 private package would install · 1 warning · 2 requests in 0.2 s
  @chaptesi → instance prefix: chaptesi is the root namespace of the one project that holds its packages
  @tools → https://npm.example.com/: given by input registries
  wrote /builds/flashcake/my-project.tmp/npmrc
  unchanged /root/.npmrc
  for later commands: NPM_CONFIG_USERCONFIG=/builds/flashcake/my-project.tmp/npmrc

warning[NP108]: .npmrc sets @chaptesi:registry over the written file
  --> .npmrc:2:1
  help: you: take the line out of .npmrc
   edit: .npmrc:2
         - @chaptesi:registry=https://npm.example.com/
    run: npm config list
  = explain: node dist/index.js explain NP108
`);
  });

  it('of a dry run, with the diff of each file', () => {
    const report = sampleReport({
      files: [
        {
          path: '.npmrc',
          action: 'would-write',
          managed: true,
          diff: '--- (absent)\n+++ .npmrc\n@@ -0,0 +1,1 @@\n+a=b\n',
        },
      ],
    });
    expect(text(report)).toBe(`✓ 1 private package would install · 2 requests in 0.2 s
  would write .npmrc
--- (absent)
+++ .npmrc
@@ -0,0 +1,1 @@
+a=b
`);
  });

  it('of a project without private packages: what was looked at, never a green silence', () => {
    const nothing = { packages: [], requests: { count: 0, bytes: 0, ms: 0 } };
    expect(text(sampleReport(nothing))).toBe(`✓ no private package found · no requests
  no scope counts as private here; looked at: npm 11.6.2 (installed) · gitlab.example.com · flashcake/my-project
  if there should be some: name them in the input scopes, or check working-directory, include and depth
`);
    const scopes = [
      { scope: '@acme', registry: 'https://a.test/', prefix: null, why: 'given by input scopes' },
    ];
    expect(text(sampleReport({ ...nothing, scopes }))).toContain(
      '\n  no dependency is in @acme; looked at: npm 11.6.2',
    );
  });

  it('of an undecided case names the rivals and what would decide', () => {
    const report = sampleReport({
      verdict: 'fail',
      exitCode: 1,
      packages: [samplePackage({ status: 'failed' })],
      findings: [
        sampleFinding({
          code: 'NP302',
          cause: 'role-missing',
          certainty: 'possible',
          title: 'alice may not read packages of project 324',
          remedy: {
            who: 'a Maintainer of chaptesi/my-library',
            summary: 'x',
            steps: ['a Maintainer of it invites alice', 'role Reporter or higher'],
            url: 'https://gitlab.example.com/members',
          },
          alternatives: ['registry-restricted', 'project-not-found'],
          decidedBy: 'a Maintainer of project 324 looks whether alice is a member',
        }),
      ],
    });
    expect(text(report)).toBe(`✗ 1 of 1 private package would fail · 1 possible cause · 2 requests in 0.2 s

error[NP302] (possible): alice may not read packages of project 324
  --> package.json:7:6   @chaptesi/my-library@1.2.3
  help: a Maintainer of it invites alice
        role Reporter or higher
     at: https://gitlab.example.com/members
  = could also be: registry-restricted, project-not-found
  = would decide it: a Maintainer of project 324 looks whether alice is a member
  = explain: node dist/index.js explain NP302
`);
  });
});

describe('the verdict line', () => {
  const failed = samplePackage({ name: '@a/b', status: 'failed' });
  const undecided = samplePackage({ name: '@a/c', status: 'undecided' });
  const skipped = samplePackage({ name: '@a/d', status: 'skipped' });
  const ok = samplePackage();
  const none = { count: 0, bytes: 0, ms: 0 };
  it.each<[string, Partial<Report>]>([
    ['✓ 2 private packages would install · 2 requests in 0.2 s', { packages: [ok, ok] }],
    [
      '✓ 1 private package would install · 1 not asked about · 2 requests in 0.2 s',
      { packages: [ok, skipped] },
    ],
    [
      '✓ no fault in the configuration, 2 private packages not asked about · no requests',
      { packages: [skipped, skipped], requests: none },
    ],
    [
      '? 1 of 2 private packages undecided · 2 requests in 0.2 s',
      { packages: [ok, undecided], verdict: 'undecided', exitCode: 3 },
    ],
    [
      '? undecided: a server could not be asked · 2 requests in 0.2 s',
      { packages: [], verdict: 'undecided', exitCode: 3 },
    ],
    [
      '✗ 1 of 3 private packages would fail · 1 undecided · 2 requests in 0.2 s',
      { packages: [ok, failed, undecided], verdict: 'fail', exitCode: 1 },
    ],
    [
      '✗ 1 of 1 private package would fail · 2 requests in 0.2 s · exit code 0 as asked by fail-on',
      { packages: [failed], verdict: 'fail' },
    ],
    [
      '✗ 1 of 2 private packages would fail · 2 requests in 0.2 s · only optional ones',
      { packages: [ok, failed] },
    ],
    [
      '✗ 1 error in the configuration, 1 private package would install · 1 cause · 2 requests in 0.2 s',
      { verdict: 'fail', exitCode: 1, findings: [sampleFinding()] },
    ],
    [
      '✗ 1 warning in the configuration, no private package found · 1 warning · no requests',
      {
        verdict: 'fail',
        exitCode: 1,
        packages: [],
        requests: none,
        findings: [sampleFinding({ severity: 'warning' })],
      },
    ],
  ])('%s', (line, overrides) => {
    expect(verdict(sampleReport(overrides))).toBe(line);
  });

  it('never says that packages would install which were not asked about', () => {
    for (const packages of [[skipped], [undecided], [failed], []]) {
      expect(text(sampleReport({ packages }))).not.toContain('would install');
    }
  });

  it.each([
    [4, '4 ms'],
    [99.6, '100 ms'],
    [412, '0.4 s'],
    [12_040, '12.0 s'],
    [185_000, '3 min 5 s'],
  ])('says %d ms as %s', (ms, words) => {
    expect(verdict(sampleReport({ requests: { count: 1, bytes: 1, ms } }))).toBe(
      `✓ 1 private package would install · 1 request in ${words}`,
    );
  });
});

describe('details', () => {
  const five = ['@a/a', '@a/b', '@a/c', '@a/d', '@a/e'];

  it('names three further packages, all of them when asked', () => {
    const report = sampleReport({ findings: [sampleFinding({ packages: five })] });
    expect(text(report)).toContain('  --> @a/a  (+4 more: @a/b, @a/c, @a/d, …)\n');
    expect(text(report, { verbose: true })).toContain('(+4 more: @a/b, @a/c, @a/d, @a/e)\n');
  });

  it('takes the place of the first package when a finding has none, and leaves the line out when there is neither', () => {
    expect(text(sampleReport({ findings: [sampleFinding()] }))).toContain(
      '  --> package.json:7:6   @chaptesi/my-library@1.2.3\n',
    );
    expect(text(sampleReport({ findings: [sampleFinding({ packages: [] })] }))).not.toContain('-->');
  });

  it('gives no version to a name that is there at two', () => {
    const packages = [samplePackage(), samplePackage({ resolved: '2.0.0' })];
    expect(text(sampleReport({ packages, findings: [sampleFinding()] }))).toContain(
      '   @chaptesi/my-library\n',
    );
    const named = sampleFinding({ packages: ['@chaptesi/my-library@2.0.0'] });
    expect(text(sampleReport({ packages, findings: [named] }))).toContain('   @chaptesi/my-library@2.0.0\n');
  });

  it('says what was seen from the evidence when the finding has no line for it', () => {
    const evidence = [
      { probe: 'metadata', url: 'https://a.test/x', status: 200, message: null },
      { probe: 'tarball', url: 'https://a.test/y', status: null, message: 'ECONNRESET' },
    ];
    const report = sampleReport({ findings: [sampleFinding({ evidence })] });
    expect(text(report)).toContain('  = seen: metadata 200, tarball unanswered\n');
    expect(text(report)).not.toContain('= asked');
    expect(text(report, { verbose: true })).toContain(
      '  = asked: tarball unanswered: https://a.test/y: ECONNRESET\n',
    );
  });

  it('prints errors before warnings before notes and keeps the order within', () => {
    const findings = (['info', 'warning', 'error', 'error'] as const).map((severity, index) =>
      sampleFinding({ severity, code: `NP90${index}` }),
    );
    const codes = [...text(sampleReport({ findings })).matchAll(/^(\w+)\[(NP\d+)\]/gm)].map(
      ([, severity, code]) => `${severity} ${code}`,
    );
    expect(codes).toEqual(['error NP902', 'error NP903', 'warning NP901', 'info NP900']);
  });

  it('tells of packages that fail without a finding, and of none that a finding names', () => {
    const packages = [
      samplePackage({ status: 'failed' }),
      samplePackage({ name: '@x/y', resolved: null, status: 'undecided' }),
    ];
    const report = sampleReport({ verdict: 'fail', exitCode: 1, packages, findings: [sampleFinding()] });
    expect(text(report)).toContain('\nwithout a finding:\n  @x/y@^1.2.0 (undecided)\n');
    expect(text({ ...report, packages: packages.slice(0, 1) })).not.toContain('without a finding');
  });

  it('wraps sentences under their first word and never breaks a URL', () => {
    const url = `https://gitlab.example.com/${'long/'.repeat(30)}`;
    const steps = [`you open the page of the project ${url} and then look for the one entry`, 'two'];
    const lines = text(
      sampleReport({ findings: [sampleFinding({ remedy: { who: 'you open', summary: '', steps } })] }),
      { width: 60 },
    ).split('\n');
    const at = lines.findIndex((line) => line.startsWith('  help:'));
    expect(lines.slice(at, at + 4)).toEqual([
      '  help: you open the page of the project',
      `          ${url} and`.replace(/ and$/, ''),
      '          and then look for the one entry',
      '        two',
    ]);
  });

  it('lists packages and the client when asked', () => {
    const packages = [
      samplePackage(),
      samplePackage({
        name: '@a/b',
        status: 'failed',
        dependents: ['@a/c', '@a/d', '@a/e', '@a/f'],
        prefix: null,
        registry: null,
        tarball: null,
      }),
      samplePackage({
        name: '@a/locked',
        prefix: null,
        registry: null,
        tarball: 'https://mirror.example/a/-/a-1.2.3.tgz',
      }),
    ];
    const lines = text(sampleReport({ packages }), { verbose: true }).split('\n');
    expect(lines).toContain(
      '  npm 11.6.2 (installed) · gitlab.example.com (gitlab 18.4.0) · flashcake/my-project as alice',
    );
    expect(lines).toContain('  ok        @chaptesi/my-library@1.2.3  instance prefix');
    expect(lines).toContain('  fails     @a/b@1.2.3  the public npm registry  for @a/c, @a/d, @a/e, …');
    expect(lines).toContain('  ok        @a/locked@1.2.3  https://mirror.example');
  });

  it('says by itself when the version of the client is only assumed', () => {
    const { environment } = sampleReport();
    const report = sampleReport({
      environment: { ...environment, client: { name: 'npm', version: '11.0.0', known: 'assumed' } },
    });
    expect(text(report)).toContain('\n  npm 11.0.0 (assumed) · ');
    expect(text(sampleReport())).not.toContain('npm 11');
  });

  it('quotes requests so that a shell runs exactly them', () => {
    const request = {
      method: 'PUT' as const,
      url: "https://a.test/x?y=1&z='$(id)'",
      data: { name: 'a b&c=d', 'x;y': '`id`' },
    };
    const out = text(
      sampleReport({ findings: [sampleFinding({ remedy: { who: '', summary: 's', steps: [], request } })] }),
      { width: 400 },
    );
    expect(out).toContain(
      `curl --request PUT --header "PRIVATE-TOKEN: …" --data-urlencode 'name=a b&c=d' --data-urlencode 'x;y=\`id\`' 'https://a.test/x?y=1&z='\\''$(id)'\\'''`,
    );
  });

  it('calls the program as it is called here', () => {
    expect(text(sampleReport({ findings: [sampleFinding()] }), { program: 'npx npmrc-preflight' })).toContain(
      'explain: npx npmrc-preflight explain NP301',
    );
  });

  it('colours signs and labels only when asked, and says the same', () => {
    const plain = text(allowlistReport());
    const coloured = text(allowlistReport(), { color: true });
    expect(plain).not.toContain('\x1b');
    expect(coloured).toContain('\x1b[1;31merror[NP301]\x1b[0m: ');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken out
    expect(coloured.replace(/\x1b\[[\d;]*m/g, '')).toBe(plain);
  });
});
