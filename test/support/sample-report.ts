import type { Finding, PackageReport, Report } from '../../src/domain/report.ts';

/** A report that passes, with one package; a test overrides what it is about. */
export function sampleReport(overrides: Partial<Report> = {}): Report {
  return {
    schema: 1,
    verdict: 'pass',
    exitCode: 0,
    command: 'run',
    environment: {
      provider: 'gitlab',
      host: 'gitlab.example.com',
      version: '18.4.0',
      consumer: 'flashcake/my-project',
      jobUser: 'alice',
      client: { name: 'npm', version: '11.6.2', known: 'installed' },
    },
    scopes: [],
    files: [],
    exports: {},
    packages: [samplePackage()],
    findings: [],
    requests: { count: 2, bytes: 2048, ms: 210 },
    ...overrides,
  };
}

export function samplePackage(overrides: Partial<PackageReport> = {}): PackageReport {
  return {
    name: '@chaptesi/my-library',
    requested: '^1.2.0',
    resolved: '1.2.3',
    scope: '@chaptesi',
    registry: 'https://gitlab.example.com/api/v4/packages/npm/',
    prefix: 'instance',
    tarball:
      'https://gitlab.example.com/api/v4/projects/324/packages/npm/@chaptesi/my-library/-/my-library-1.2.3.tgz',
    dependents: ['.'],
    location: { file: 'package.json', line: 7, column: 6 },
    status: 'ok',
    ...overrides,
  };
}

/** A confirmed finding with the least a finding can have. */
export function sampleFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    code: 'NP301',
    cause: 'not-on-allowlist',
    severity: 'error',
    certainty: 'confirmed',
    title: 'flashcake/my-project is not on the job token allowlist of project 324',
    seen: null,
    packages: ['@chaptesi/my-library'],
    evidence: [],
    location: null,
    remedy: { who: '', summary: 'add it', steps: [] },
    alternatives: [],
    decidedBy: null,
    ...overrides,
  };
}

/** The failing job of the README: two packages of one project whose allowlist does not name the consumer. */
export function allowlistReport(): Report {
  const many = Array.from({ length: 38 }, (_, index) =>
    samplePackage({ name: `@flashcake/part-${index}`, resolved: '1.0.0' }),
  );
  return sampleReport({
    verdict: 'fail',
    exitCode: 1,
    command: 'verify',
    packages: [
      samplePackage({ status: 'failed' }),
      samplePackage({ name: '@chaptesi/theme', resolved: '2.0.0', status: 'failed' }),
      samplePackage({ name: '@flashcake/icons', resolved: '0.4.1', status: 'failed' }),
      ...many,
    ],
    findings: [
      sampleFinding({
        seen: "metadata 200, tarball 404 with the same token: alice may read it, this project's token may not",
        packages: ['@chaptesi/my-library', '@chaptesi/theme'],
        location: { file: 'package.json', line: 7, column: 6 },
        remedy: {
          who: 'a Maintainer of project 324',
          summary: 'add flashcake/my-project to the job token allowlist of project 324',
          steps: [
            'a Maintainer of project 324 opens https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access,',
            '"Job token permissions" > Add > project "flashcake/my-project"  (or group "flashcake")',
          ],
          request: {
            method: 'POST',
            url: 'https://gitlab.example.com/api/v4/projects/324/job_token_scope/allowlist',
            data: { target_project_id: 512 },
          },
        },
      }),
      sampleFinding({
        code: 'NP501',
        cause: 'package-not-found',
        title: 'gitlab.example.com has no package @flashcake/icons',
        seen: 'metadata 404, packages API 200 and empty',
        packages: ['@flashcake/icons'],
        location: { file: 'package.json', line: 9, column: 6 },
        remedy: {
          who: 'whoever publishes the package',
          summary: 'publish @flashcake/icons, or correct the name',
          steps: ['the nearest name there is @flashcake/icon'],
          edit: {
            file: 'package.json',
            line: 9,
            before: '    "@flashcake/icons": "^0.4.0"',
            after: '    "@flashcake/icon": "^0.4.0"',
          },
        },
      }),
    ],
    requests: { count: 52, bytes: 431_000, ms: 412 },
  });
}
