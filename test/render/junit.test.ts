import { describe, expect, it } from 'vitest';
import { junitOfProblem, renderJunit } from '../../src/render/junit.ts';
import { gitlabContext } from '../support/report-context.ts';
import { allowlistReport, sampleFinding, samplePackage, sampleReport } from '../support/sample-report.ts';

const junit = (report: Parameters<typeof renderJunit>[0]) => renderJunit(report, gitlabContext);

/** Each test case in a line: result, name. */
function resultsOf(text: string): readonly string[] {
  return [...text.matchAll(/<testcase name="([^"]*)"[^>]*?(\/?)>(?:<(failure|error|skipped)\b)?/g)].map(
    ([, name, , result]) => `${result ?? 'ok'} ${name}`,
  );
}

describe('renderJunit', () => {
  it('has a test case for each package, with cause and cure', () => {
    const report = allowlistReport();
    const text = junit({ ...report, packages: report.packages.slice(0, 4) });
    expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="npmrc-preflight" tests="4" failures="3" errors="0" skipped="0" time="0.412">
  <testsuite name="private packages" tests="4" failures="3" errors="0" skipped="0">
    <testcase name="@chaptesi/my-library@1.2.3" classname="instance prefix" file="web/package.json" time="0"><failure type="NP301" message="flashcake/my-project is not on the job token allowlist of project 324">error[NP301]: flashcake/my-project is not on the job token allowlist of project 324
  --&gt; package.json:7:6   @chaptesi/my-library@1.2.3  (+1 more: @chaptesi/theme)
  = seen: metadata 200, tarball 404 with the same token: alice may read it, this project's token may not
  help: a Maintainer of project 324 opens https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access,
        "Job token permissions" &gt; Add &gt; project "flashcake/my-project"  (or group "flashcake")
     or: curl --request POST --header "PRIVATE-TOKEN: …" --data target_project_id=512 \\
           https://gitlab.example.com/api/v4/projects/324/job_token_scope/allowlist
  = explain: node dist/index.js explain NP301</failure></testcase>
    <testcase name="@chaptesi/theme@2.0.0" classname="instance prefix" file="web/package.json" time="0"><failure type="NP301" message="flashcake/my-project is not on the job token allowlist of project 324">error[NP301]: flashcake/my-project is not on the job token allowlist of project 324
  --&gt; package.json:7:6   @chaptesi/my-library@1.2.3  (+1 more: @chaptesi/theme)
  = seen: metadata 200, tarball 404 with the same token: alice may read it, this project's token may not
  help: a Maintainer of project 324 opens https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access,
        "Job token permissions" &gt; Add &gt; project "flashcake/my-project"  (or group "flashcake")
     or: curl --request POST --header "PRIVATE-TOKEN: …" --data target_project_id=512 \\
           https://gitlab.example.com/api/v4/projects/324/job_token_scope/allowlist
  = explain: node dist/index.js explain NP301</failure></testcase>
    <testcase name="@flashcake/icons@0.4.1" classname="instance prefix" file="web/package.json" time="0"><failure type="NP501" message="gitlab.example.com has no package @flashcake/icons">error[NP501]: gitlab.example.com has no package @flashcake/icons
  --&gt; package.json:9:6   @flashcake/icons@0.4.1
  = seen: metadata 404, packages API 200 and empty
  help: whoever publishes the package: publish @flashcake/icons, or correct the name
        the nearest name there is @flashcake/icon
   edit: package.json:9
         -     "@flashcake/icons": "^0.4.0"
         +     "@flashcake/icon": "^0.4.0"
  = explain: node dist/index.js explain NP501</failure></testcase>
    <testcase name="@flashcake/part-0@1.0.0" classname="instance prefix" file="web/package.json" time="0"/>
  </testsuite>
</testsuites>
`);
  });

  it('says what may fail, was not asked, could not be asked, and failed without a finding', () => {
    const packages = (['ok', 'skipped', 'undecided', 'failed', 'failed'] as const).map((status, at) =>
      samplePackage({ name: `@a/p${at}`, status }),
    );
    const findings = [sampleFinding({ severity: 'warning', packages: ['@a/p4'] })];
    expect(resultsOf(junit(sampleReport({ packages, findings })))).toEqual([
      'ok @a/p0@1.2.3',
      'skipped @a/p1@1.2.3',
      'error @a/p2@1.2.3',
      'failure @a/p3@1.2.3',
      'skipped @a/p4@1.2.3',
    ]);
  });

  it('has test cases for what is to be published and for the configuration', () => {
    const publish = [
      { name: '@a/kit', version: '1.1.0', registry: null, prefix: null, status: 'failed' as const },
      { name: '@a/web', version: null, registry: null, prefix: null, status: 'ok' as const },
    ];
    const findings = [
      sampleFinding({ code: 'NP307', packages: ['@a/kit@1.1.0'] }),
      sampleFinding({ code: 'NP109', cause: 'malformed-rc-line', packages: [] }),
      sampleFinding({ code: 'NP115', cause: 'token-in-file', severity: 'warning', packages: [] }),
    ];
    expect(resultsOf(junit(sampleReport({ publish, findings })))).toEqual([
      'ok @chaptesi/my-library@1.2.3',
      'failure publish @a/kit@1.1.0',
      'ok publish @a/web',
      'failure NP109 malformed-rc-line',
      'ok NP115 token-in-file',
    ]);
  });

  it('says the text of a finding with many packages a limited number of times', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `@a/p${at}`);
    const packages = names.map((name) => samplePackage({ name, status: 'failed' }));
    const findings = [sampleFinding({ packages: names, seen: 'x'.repeat(2000) })];
    expect(junit(sampleReport({ packages, findings })).length).toBeLessThan(2_500_000);
  });

  it('of a problem has one test case with an error', () => {
    const problem = { message: 'this is <no> JSON', hint: 'mend "it"', file: 'package.json', line: 4 };
    expect(junitOfProblem(problem, gitlabContext)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="npmrc-preflight" tests="1" failures="0" errors="1" skipped="0" time="0.000">
  <testsuite name="configuration" tests="1" failures="0" errors="1" skipped="0">
    <testcase name="the check can be made" classname="configuration" file="web/package.json" time="0"><error type="npmrc-preflight" message="this is &lt;no&gt; JSON">error: this is &lt;no&gt; JSON
  --&gt; package.json:4
  help: mend "it"</error></testcase>
  </testsuite>
</testsuites>
`);
  });
});
