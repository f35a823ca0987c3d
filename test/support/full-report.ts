import type { Report } from '../../src/domain/report.ts';
import { sampleFinding, samplePackage, sampleReport } from './sample-report.ts';

/** A report in which every field that the type knows is there and holds a value. */
export function fullReport(): Report {
  const evidence = [
    {
      probe: 'tarball',
      url: 'https://gitlab.example.com/x.tgz',
      status: 404,
      message: '404 Project Not Found',
    },
  ];
  return sampleReport({
    verdict: 'fail',
    exitCode: 1,
    scopes: [
      {
        scope: '@chaptesi',
        registry: 'https://gitlab.example.com/api/v4/packages/npm/',
        prefix: 'instance',
        why: 'root namespace',
      },
    ],
    files: [
      {
        path: '.npmrc',
        action: 'would-write',
        managed: true,
        diff: '--- (absent)\n+++ .npmrc\n@@ -0,0 +1,1 @@\n+a=b\n',
      },
    ],
    exports: { NPM_CONFIG_USERCONFIG: '/builds/npmrc' },
    packages: [
      samplePackage({
        status: 'failed',
        checks: { mapped: 'ok', credential: 'ok', metadata: 'ok', tarball: 'failed' },
      }),
      samplePackage({ name: '@chaptesi/theme', resolved: null }),
    ],
    publish: [
      {
        name: '@flashcake/kit',
        version: '1.1.0',
        registry: 'https://gitlab.example.com/api/v4/projects/512/packages/npm/',
        prefix: 'project 512',
        status: 'ok',
      },
    ],
    findings: [
      sampleFinding({
        seen: 'tarball 404',
        evidence,
        location: { file: 'package.json', line: 7, column: 6 },
        remedy: {
          who: 'a Maintainer',
          summary: 'add it',
          steps: ['open the page', 'add it'],
          edit: { file: '.npmrc', line: 3, before: 'a=b', after: 'a=c\nd=e' },
          command: 'npm install',
          request: {
            method: 'POST',
            url: 'https://gitlab.example.com/api/v4/x',
            data: { target_project_id: 512, name: 'x' },
          },
          url: 'https://gitlab.example.com/x',
        },
        alternatives: ['role-missing'],
        decidedBy: 'a look at the members',
      }),
      sampleFinding({
        code: 'NP115',
        cause: 'token-in-file',
        severity: 'warning',
        certainty: 'possible',
        location: { file: '.npmrc', line: 1, column: 1 },
      }),
    ],
  });
}
