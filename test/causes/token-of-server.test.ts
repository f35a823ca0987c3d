import { afterEach, describe, expect, it, vi } from 'vitest';
import { causes } from '../../src/causes/list.ts';
import { acmeScenario } from '../../src/demo/acme.ts';
import { manifest } from '../../src/demo/scenario.ts';
import type { Clues } from '../../src/domain/cause.ts';
import type { ClientName } from '../../src/domain/client.ts';
import type { Outcome, Question } from '../../src/domain/probe.ts';
import type { Remedy } from '../../src/domain/remedy.ts';
import { play } from '../scenarios/play.ts';
import { friends, rc, situation, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';

afterEach(() => vi.restoreAllMocks());

/** What a run of a world says, by code. */
async function saidIn(world: TestWorld): Promise<ReadonlyMap<string, { title: string; remedy: Remedy }>> {
  const { report } = await play(world);
  return new Map(report.findings.map((finding) => [finding.code, finding]));
}

/** The remedy of a finding as one text: edits, steps and commands. */
function toldBy(said: { remedy: Remedy } | undefined): string {
  return JSON.stringify(said?.remedy ?? '');
}

/** What the causes of a run are weighed against. */
async function cluesOf(world: TestWorld): Promise<Clues> {
  const seen: Clues[] = [];
  vi.restoreAllMocks();
  for (const cause of causes) {
    const weigh = cause.weigh.bind(cause);
    vi.spyOn(cause, 'weigh').mockImplementation((clues) => {
      seen.push(clues);
      return weigh(clues);
    });
  }
  await play(world);
  const [clues] = seen;
  if (!clues) throw new Error('nothing failed');
  return clues;
}

/** What every cause would say of a case; those that have nothing to say of it are left out. */
function told(clues: Clues): readonly { code: string; remedy: Remedy }[] {
  return causes.flatMap((cause) => {
    try {
      return [{ code: cause.code, remedy: cause.state(clues).remedy }];
    } catch {
      return [];
    }
  });
}

/** Metadata that names this tarball. */
function naming({ url }: Question, tarball: string): Outcome {
  const text = JSON.stringify({
    name: '@acme/ui',
    'dist-tags': { latest: '1.4.0' },
    versions: { '1.4.0': { name: '@acme/ui', version: '1.4.0', dist: { tarball } } },
  });
  const body = { kind: 'text', text, complete: true } as const;
  return { kind: 'answered', status: 200, url, hops: [], headers: {}, body, attempts: 1 };
}

const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;
const scripts = /\$\{?(?:CI_JOB_TOKEN|GITHUB_TOKEN)|github\.token/;

describe('a variable without a value', () => {
  const keys = `//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n//gitlab.example.com/api/v4/projects/:_authToken=\${CI_JOB_TOKEN}\n`;
  const clients: readonly [ClientName, string][] = [
    ['npm', '6.14.18'],
    ['yarn', '1.22.22'],
    ['pnpm', '9.15.9'],
  ];
  const worldOf = ([name, version]: [ClientName, string], line: string) =>
    situation({
      name: 'unset-of-another',
      story: 'a variable has no value',
      gitlab: friends(),
      client: { name, version },
      npmrc: `${rc.instance}${keys}${line}\n`,
      expected,
    });

  it.each(clients)('of another server never gives way to the token of the job (%s %s)', async (...client) => {
    const said = await saidIn(worldOf(client, '//npm.icons.example/:_authToken=${ICONS_TOKEN}'));
    expect([...said.keys()]).toEqual(['NP105']);
    expect(toldBy(said.get('NP105'))).toContain('ICONS_TOKEN has to hold a token of npm.icons.example');
    expect(toldBy(said.get('NP105'))).not.toMatch(scripts);
    expect(said.get('NP105')?.remedy.edit).toBeUndefined();
  });

  it.each(clients)('of the same GitLab does (%s %s)', async (...client) => {
    const key = '//gitlab.example.com/api/v4/projects/9/packages/npm/:_authToken';
    const said = await saidIn(worldOf(client, `${key}=\${DEPLOY_TOKEN}`));
    expect(said.get('NP105')?.remedy.edit?.after).toBe(`${key}=\${CI_JOB_TOKEN}`);
  });

  it.each(['@acme:registry', '//gitlab.example.com/:_auth', '//gitlab.example.com/:_password'])(
    'of %s is no place for a token',
    async (key) => {
      const said = await saidIn(worldOf(['npm', '6.14.18'], `${key}=\${SOMETHING}`));
      expect(said.get('NP105')?.remedy.edit).toBeUndefined();
    },
  );
});

describe('a client that ends at a line', () => {
  const unset = '//other.example/:_authToken=${OTHER_TOKEN}\n';
  const worldOf = (npm: string, npmrc: string, variables = {}) =>
    situation({ name: 'stop', story: 'npm ends', gitlab: friends(), npm, npmrc, variables, expected });

  it.each([
    ['10.9.2', `${rc.instance}${rc.key}_auth=YTpi\n${unset}`, '.npmrc:3: ERR_INVALID_AUTH'],
    ['10.9.2', `${rc.instance}${rc.key}${unset}_auth=\${OTHER_TOKEN}\n`, '.npmrc:4: ERR_INVALID_AUTH'],
    [
      '12.2.0',
      `${rc.instance}${rc.key}strict-npmrc=true\nalways-auth=true\n${unset}`,
      '.npmrc:4: EUNKNOWNCONFIG',
    ],
  ])('is not taken to end for a variable of another line (npm %s)', async (npm, npmrc, stop) => {
    const said = await saidIn(worldOf(npm, npmrc));
    expect(said.get('NP109')?.title).toContain(`stops at ${stop}`);
    expect(said.has('NP105')).toBe(false);
  });

  it('is so where no job token is set either', async () => {
    const said = await saidIn(
      worldOf('10.9.2', `${rc.instance}${rc.key}_auth=YTpi\n`, { CI_JOB_TOKEN: null }),
    );
    expect(said.get('NP109')?.title).toContain('stops at .npmrc:3');
    expect(said.has('NP201')).toBe(false);
  });

  it('is taken to end for the variable of that line', async () => {
    const said = await saidIn(worldOf('6.14.18', `${rc.instance}${rc.key}${unset}`));
    expect([...said.keys()]).toEqual(['NP105']);
    const registry = await saidIn(worldOf('10.9.2', 'registry=${REGISTRY_URL}\n'));
    expect(registry.get('NP105')?.title).toBe(
      'REGISTRY_URL has no value in this job, so the registry has no address',
    );
  });
});

describe('offline', () => {
  const registry = 'https://npm.ui.example/';
  const worldOf = (inputs: Readonly<Record<string, string>>, url = registry) =>
    situation({
      name: 'offline',
      story: 'no server is asked',
      gitlab: friends(),
      dependencies: { '@ui/kit': '1.0.0' },
      npmrc: `@ui:registry=${url}\n`,
      inputs,
      offline: true,
      expected: { ...expected, verdict: 'pass', exitCode: 0 },
    });

  it('proposes the variable that is named for the server, and never the one of the job', async () => {
    const said = await saidIn(worldOf({ registries: `@ui=${registry} token=UI_TOKEN` }));
    expect(said.get('NP102')?.remedy.edit?.after).toBe('//npm.ui.example/:_authToken=${UI_TOKEN}');
    const unnamed = await saidIn(worldOf({ registries: `@ui=${registry}` }));
    expect(unnamed.get('NP102')?.remedy.edit?.after).toBe('//npm.ui.example/:_authToken=${NPM_TOKEN}');
    expect(toldBy(unnamed.get('NP102'))).not.toMatch(scripts);
  });

  it('passes no variable of the CI on to a line of another server', async () => {
    const key = '//npm.ui.example/:_authToken';
    const world = worldOf({ registries: `@ui=${registry}` });
    const said = await saidIn({
      ...world,
      env: Object.fromEntries(Object.entries(world.env).filter(([name]) => name !== 'CI_JOB_TOKEN')),
      files: { ...world.files, '.npmrc': `@ui:registry=${registry}\n${key}=\${CI_JOB_TOKEN}\n` },
    });
    expect(said.get('NP201')?.remedy.edit?.after).toBe(`${key}=\${NPM_TOKEN}`);
    expect(said.get('NP201')?.remedy.summary).toContain('refer to a variable of its own');
  });

  it('proposes the one of the job for its own server', async () => {
    const said = await saidIn(worldOf({}, `${url}/api/v4/projects/324/packages/npm/`));
    expect(said.get('NP102')?.remedy.edit?.after).toContain('=${CI_JOB_TOKEN}');
  });
});

describe('of a case on the server of somebody else', () => {
  const home = acmeScenario({ name: 'stranger', story: 'a registry of somebody else' });
  const { CI_JOB_TOKEN: jobToken = '' } = home.env;
  const github = {
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_TOKEN: 'ghs_token-of-the-workflow-of-acme',
  };
  const places = {
    Verdaccio: 'https://npm.stranger.example/',
    'another GitLab': 'https://gitlab.stranger.example/api/v4/projects/5/packages/npm/',
  };
  // where no variable names the server of a job token, any GitLab is taken for it
  const jobs = { GitLab: home.env, GitHub: github, 'no CI': { CI_JOB_TOKEN: jobToken } };
  const files = (registry: string) => ({
    'package.json': manifest({ '@else/x': '^1.0.0' }),
    '.npmrc': `@else:registry=${registry}\n`,
  });
  const refused = ({ url }: Question): Outcome | null =>
    url.includes('stranger.example')
      ? {
          kind: 'answered',
          status: 401,
          url,
          hops: [],
          headers: {},
          body: { kind: 'text', text: '', complete: true },
          attempts: 1,
        }
      : null;

  it.each(
    Object.entries(jobs)
      .flatMap(([job, env]) =>
        Object.entries(places).map(([place, registry]) => ({ job, env, place, registry })),
      )
      .filter(({ job, place }) => job !== 'no CI' || place !== 'another GitLab'),
  )('no cause proposes the token of the CI ($place, a job of $job)', async ({ env, registry }) => {
    const clues = await cluesOf({
      ...home,
      command: 'verify',
      env,
      files: files(registry),
      passage: async (own) => ({ origin: new URL(own.url).origin, answers: refused }),
      expected,
    });
    const all = told(clues);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(({ remedy }) => scripts.test(JSON.stringify(remedy)))).toEqual([]);
  });

  it('a line that the client does not take keeps its variable', async () => {
    const said = await saidIn({
      ...home,
      command: 'verify',
      client: { name: 'pnpm', version: '11.28.11' },
      env: { ...home.env, ELSE_TOKEN: 'glpat-of-somebody-else' },
      files: {
        'package.json': manifest({ '@else/x': '^1.0.0' }),
        '.npmrc': `@else:registry=${places.Verdaccio}\n//npm.stranger.example/:_authToken=\${ELSE_TOKEN}\n`,
      },
      passage: async (own) => ({ origin: new URL(own.url).origin, answers: refused }),
      expected,
    });
    expect(said.get('NP106')?.remedy.edit?.after).toContain(
      '//npm.stranger.example/:_authToken=${ELSE_TOKEN}',
    );
  });

  it('a tarball on it gets no token of the CI, though the registry is its own', async () => {
    const tarball = 'https://npm.stranger.example/@acme/ui/-/ui-1.4.0.tgz';
    const clients: readonly [ClientName, string][] = [
      ['npm', '10.9.2'],
      ['pnpm', '11.28.11'],
      ['yarn', '1.22.22'],
    ];
    for (const [name, version] of clients) {
      const clues = await cluesOf({
        ...situation({
          name: 'tarball-elsewhere',
          story: 'metadata names a tarball of somebody else',
          gitlab: friends(),
          client: { name, version },
          npmrc: `${rc.instance}${rc.key}`,
          expected,
        }),
        passage: async (own) => ({
          origin: new URL(own.url).origin,
          answers: (question) =>
            refused(question) ??
            (question.url.endsWith('/@acme%2fui') || question.url.endsWith('/@acme%2Fui')
              ? naming(question, tarball)
              : null),
        }),
      });
      const lines = told(clues).flatMap(({ remedy }) => remedy.edit?.after?.split('\n') ?? []);
      expect(lines.filter((line) => line.includes('stranger') && scripts.test(line))).toEqual([]);
    }
  });
});
