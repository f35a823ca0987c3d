import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/report.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';
import { allWorlds } from '../scenarios/all-worlds.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { projectRegistry, publishSituation } from '../scenarios/publish-situation.ts';
import { friends, token, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';

const expected: TestWorld['expected'] = { verdict: 'pass', exitCode: 0, findings: [] };
const publishing = (await allWorlds()).filter(({ inputs }) => inputs?.publish === 'true');

/** What a real push of the package would get, by the simulator's own upload route. */
async function push(world: TestWorld, to: string): Promise<number> {
  const { name, version } = JSON.parse(world.files['package.json'] ?? '{}');
  const server = await startGitLab(world.gitlab, { externalUrl: url });
  try {
    const response = await fetch(`${to.replace(url, server.url)}${name.replace('/', '%2f')}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${world.env.NPM_TOKEN ?? token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        name,
        versions: { [version]: { name, version } },
        'dist-tags': { latest: version },
        _attachments: { a: { data: Buffer.from('a tarball').toString('base64') } },
      }),
    });
    return response.status;
  } finally {
    await server.close();
  }
}

describe.each(publishing.map((world) => ({ name: world.name, world })))('$name', ({ world }) => {
  it('only reads, and says of each package what a push would get', async () => {
    const { report, requests, text, json } = await play(world);
    expect(new Set(requests.map(({ method }) => method))).toSatisfy(
      (methods: Set<string>) => methods.size === 0 || (methods.size === 1 && methods.has('GET')),
    );
    expect(text + json).not.toContain(token);
    for (const { registry, status } of report.publish ?? []) {
      if (registry === null || status === 'skipped' || status === 'undecided') continue;
      if (world.files['packages/a/package.json'] !== undefined) continue;
      if (report.findings.some(({ code }) => code === 'NP102')) continue;
      expect((await push(world, registry)) === 200 ? 'ok' : 'failed').toBe(status);
    }
  });
});

describe('publishing', () => {
  it('is not looked at without the input', async () => {
    const world = publishSituation({
      name: 'not-asked',
      story: 'the job does not publish',
      gitlab: friends().member('alice', 'reporter', 'acme/shop'),
      inputs: { publish: 'false' },
      expected,
    });
    const { report, requests } = await play(world);
    expect(report.publish).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it('is judged by the configuration alone when no server is asked', async () => {
    const offline = (manifest: Readonly<Record<string, unknown>>) =>
      play(
        publishSituation({
          name: 'offline',
          story: 'no server is asked',
          gitlab: friends(),
          manifest,
          offline: true,
          expected,
        }),
      );
    const right = await offline({});
    expect(right.report.publish?.map(({ status }) => status)).toEqual(['skipped']);
    expect(right.report.findings).toEqual([]);
    const wrong = await offline({
      publishConfig: { registry: `${url}/api/v4/groups/acme/-/packages/npm` },
    });
    expect(wrong.report.findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['NP116 error']);
    expect(wrong.requests).toEqual([]);
  });

  it('without any role is told to publish with a deploy token, and not to install with one', async () => {
    const { report } = await play(
      publishSituation({
        name: 'no-role',
        story: 'the job user has no role in the project of the job',
        gitlab: gitlab({ version: '18.2' })
          .project('acme/shop', { id: 512 })
          .jobToken(token, { project: 'acme/shop', user: 'alice' }),
        expected,
      }),
    );
    expect(report.findings.map(findingLine)).toEqual(['NP302 confirmed: @acme/shop-kit@1.1.0']);
    const steps = report.findings[0]?.remedy.steps ?? [];
    expect(steps.some((step) => step.startsWith('or publish with a deploy token (scope write_package'))).toBe(
      true,
    );
    expect(steps.filter((step) => step.includes('install'))).toEqual([]);
  });

  it('passes over private packages, and survives registries that are none', async () => {
    for (const manifest of [
      { private: true },
      { publishConfig: { '@acme:registry': 'not an address' } },
      { publishConfig: { '@acme:registry': 'http://[' } },
      { version: undefined },
      { version: '../../../../user' },
      { name: '@acme/..%2f..%2fuser' },
    ]) {
      const { report, requests } = await play(
        publishSituation({ name: 'odd', story: 'odd', gitlab: friends(), manifest, expected }),
      );
      expect(report.findings.filter(({ code }) => code === 'NP901')).toEqual([]);
      expect(requests).toEqual([]);
    }
  });

  it.each([
    ['guest', 'failed'],
    ['reporter', 'failed'],
    ['developer', 'ok'],
    ['maintainer', 'ok'],
    ['owner', 'ok'],
  ] as const)('by a %s of a public project: %s', async (role, status) => {
    const { report } = await play(
      publishSituation({
        name: 'role',
        story: 'the role decides',
        gitlab: friends().project('acme/shop', { visibility: 'public' }).member('alice', role, 'acme/shop'),
        manifest: { publishConfig: { '@acme:registry': projectRegistry(512) } },
        expected,
      }),
    );
    expect(report.publish?.map((one) => one.status)).toEqual([status]);
  });

  it.each([
    ["the environment's own credential", { 'token-env': 'CI_DEPLOY_PASSWORD' }],
    ['a variable beside the job token', {}],
  ])('never may with a deploy token what a rule protects: %s', async (_, inputs) => {
    const { report } = await play(byDeployToken('@acme/*', inputs));
    expect(report.findings.map(findingLine)).toEqual(['NP308 confirmed: @acme/shop-kit@1.1.0']);
  });

  it('asks for no role of a deploy token, and says what it needs instead', async () => {
    const { report, requests } = await play(byDeployToken('@acme/ui-*', {}));
    expect(report.findings.map(findingLine)).toEqual(['warning NP204 possible: @acme/shop-kit@1.1.0']);
    const [{ remedy, title }] = report.findings as [Finding];
    expect(title).toContain('the deploy token in CI_DEPLOY_PASSWORD');
    expect(remedy.summary).toContain('acme/shop (project 512) with the scope write_package_registry');
    expect(JSON.stringify(remedy)).not.toMatch(/role|read_package_registry/);
    expect(requests.map(({ url }) => url).filter((url) => /user|self|members/.test(url))).toEqual([]);
  });

  it('takes a token without such a beginning for one of a person', async () => {
    const world = byDeployToken('@acme/*', {}, 'glpat-64_demo-deploy');
    const { report } = await play(world);
    expect(report.findings.map(({ cause }) => cause)).not.toContain('token-scope-missing');
  });
});

/** A job beside whose token a deploy token publishes; a rule protects what the pattern names. */
function byDeployToken(
  pattern: string,
  inputs: Readonly<Record<string, string>>,
  deploy = 'gldt-64_demo-deploy',
): TestWorld {
  return publishSituation({
    name: 'deploy',
    story: 'a deploy token publishes',
    gitlab: friends()
      .project('acme/shop', { protections: [{ pattern, least: 'maintainer' }] })
      .deployToken(deploy, { project: 'acme/shop' })
      .member('mia', 'maintainer', 'acme/shop')
      .personalToken('glpat-64_demo-maintainer', { user: 'mia' }),
    npmrc: '//gitlab.example.com/api/v4/projects/512/packages/npm/:_authToken=${CI_DEPLOY_PASSWORD}\n',
    variables: { CI_DEPLOY_PASSWORD: deploy, MAINTAINER_TOKEN: 'glpat-64_demo-maintainer' },
    inputs: { 'api-token-env': 'MAINTAINER_TOKEN', ...inputs },
    expected,
  });
}
