import { playScenario } from '../../src/demo/play-scenario.ts';
import { jobVariables, manifest } from '../../src/demo/scenario.ts';
import type { ClientName } from '../../src/domain/client.ts';
import type { Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import { startGitHub } from '../../src/simulator/github/start-github.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';

export const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-following';
const key = 'gitlab.example.com/api/v4';
const npmrc = `@acme:registry=${url}/api/v4/packages/npm/\n//${key}/:_authToken=\${CI_JOB_TOKEN}\n//${key}/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n//${key}/projects/:_authToken=\${CI_JOB_TOKEN}\nallow-remote=all\n`;
const yarnrc = `npmScopes:\n  acme:\n    npmRegistryServer: "${url}/api/v4/packages/npm/"\n    npmAuthToken: "\${CI_JOB_TOKEN-}"\nnpmPreapprovedPackages: ["@acme/*"]\n`;

const versions = {
  npm: '10.9.9',
  pnpm: '10.34.9',
  yarn: '1.22.22',
  'yarn-berry': '4.18.1',
  bun: '1.4.5',
} as const satisfies Record<ClientName, string>;

export interface Told {
  client?: ClientName;
  version?: string;
  /** What `@acme/app` 1.0.0 says beside name and version. */
  app?: Readonly<Record<string, unknown>>;
  dependencies?: Readonly<Record<string, string>>;
  more?: Readonly<Record<string, unknown>>;
  files?: Readonly<Record<string, string>>;
  yarnrc?: string;
  /** Lines of the user's `.npmrc` behind the usual ones. */
  npmrc?: string;
  /** Settings of acme/lib. */
  project?: Parameters<ReturnType<typeof gitlab>['project']>[1];
}

/** The report of a checkout of acme/shop. The registry holds `@acme/app`, `@acme/lib` and `@acme/outer`, which asks for `@acme/app`, at 1.0.0 in acme/lib
 * (101), and no `@acme/gone`. */
export async function reportOfShop(told: Told): Promise<Report> {
  const { client = 'npm', version = versions[client], app = {}, more = {} } = told;
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  const { result } = await playScenario(
    {
      name: 'followed-packages',
      story: 'what a package needs',
      url,
      gitlab: gitlab({ version: '18.2', forwarding: false })
        .project('acme/shop', { id: 512 })
        .project('acme/lib', { id: 101, ...told.project })
        .member('alice', 'developer', 'acme')
        .allow('acme/lib', 'acme/shop')
        .jobToken(token, { project: 'acme/shop', user: 'alice' })
        .package('acme/lib', '@acme/lib', '1.0.0')
        .package('acme/lib', '@acme/app', '1.0.0', { manifest: app })
        .package('acme/lib', '@acme/outer', '1.0.0', {
          manifest: { dependencies: { '@acme/app': '1.0.0' } },
        }),
      env: jobVariables({
        url,
        version: '18.2.1',
        project: 'acme/shop',
        projectId: 512,
        user: 'alice',
        token,
      }),
      files: {
        'package.json': manifest(told.dependencies ?? { '@acme/app': '1.0.0' }, more),
        ...told.files,
        ...(client === 'yarn-berry' ? { '.yarnrc.yml': `${yarnrc}${told.yarnrc ?? ''}` } : {}),
      },
      home: { '.npmrc': `${npmrc}${told.npmrc ?? ''}` },
      npm: versions.npm,
      client: { name: client, version },
      command: 'verify',
    },
    { version: '0.0.0', inputs: reading.inputs, startGitLab, startGitHub },
  );
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  return result.report;
}

/** Each package of the report with what becomes of it. */
export async function packagesOfShop(told: Told): Promise<readonly string[]> {
  const { packages } = await reportOfShop(told);
  return packages.map(({ name, status }) => `${name} ${status}`);
}
