import { describe, expect, it } from 'vitest';
import { MixedJudge } from './judge-mixed.ts';
import type { MixedProject, MixedToken, MixedWorld } from './mixed-world.ts';
import { asked, held } from './plain-parts.ts';

const project = (id: number, path: string, part: Partial<MixedProject> = {}): MixedProject => ({
  server: 0,
  id,
  path,
  exists: true,
  visibility: 'private',
  registry: 'enabled',
  repository: 'there',
  allowlist: 'project',
  roles: { alice: 'reporter', bob: 'reporter', group_bot: 'reporter' },
  ...part,
});

const token = (
  variable: string,
  kind: MixedToken['kind'],
  value: string,
  part: Partial<MixedToken> = {},
): MixedToken => ({
  variable,
  value,
  server: 0,
  kind,
  user: kind === 'job' ? 'alice' : 'bob',
  project: 0,
  alive: true,
  narrow: false,
  set: true,
  everywhere: false,
  ...part,
});

const server = {
  url: 'https://gitlab.example.com',
  version: '18.0',
  variant: 'V1' as const,
  forwarding: false,
  policies: false,
  guestsMayPull: false,
  enforced: false,
};

/** Two packages of one project, which the job may read. */
const plain: MixedWorld = {
  client: { name: 'npm', version: '10.9.2' },
  servers: [server],
  projects: [project(320, 'acme/web/ui')],
  outbound: 'off',
  tokens: [
    token('CI_JOB_TOKEN', 'job', 'glcbt-64_job-token-of-the-world'),
    token('NPM_TOKEN', 'personal', 'glpat-personal-token'),
    token('DEPLOY_TOKEN', 'deploy', 'gldt-deploy-token'),
  ],
  lines: [{ scope: '@acme', server: 0, to: { kind: 'instance' }, there: true }],
  keys: [{ server: 0, at: '/api/v4/', token: 0, state: 'there' }],
  packages: [held('ui'), held('tokens')],
  dependencies: [asked(0), asked(1)],
  locked: false,
  scopesGiven: false,
  extras: true,
};

const unlisted = [project(320, 'acme/web/ui', { allowlist: 'none' })];
const lockedAt = (place: number) => ({ lock: { project: place, host: 'own' as const } });
const older = [{ version: '0.9.0', project: 0, gone: false, deprecated: false }];

/** What the worlds of many packages found wrong once, with near misses. */
const rows: readonly (readonly [what: string, part: Partial<MixedWorld>, said: readonly string[]])[] = [
  ['nothing is wrong', {}, []],
  [
    'a version that one package lacks says nothing of another one of its project (16.5, V2, no entry)',
    {
      servers: [{ ...server, version: '16.5', variant: 'V2', forwarding: true }],
      projects: unlisted,
      locked: true,
      packages: [held('ui', { versions: older }), held('tokens')],
      dependencies: [asked(0, lockedAt(0)), asked(1, lockedAt(0))],
    },
    ['confirmed version-not-found @acme/ui@1.4.0', 'possible not-on-allowlist @acme/tokens@1.4.0'],
  ],
  [
    'two projects of one last name: each finding is of the one that holds its package',
    {
      servers: [{ ...server, forwarding: true }],
      projects: [
        project(320, 'acme/ui', { allowlist: 'none' }),
        project(321, 'acme/web/ui', { allowlist: 'none' }),
      ],
      packages: [held('ui'), held('tokens', { home: 1 })],
    },
    ['confirmed not-on-allowlist @acme/ui@^1.0.0', 'possible not-on-allowlist @acme/tokens@^1.0.0'],
  ],
  [
    'a hidden project of 18.3: no entry would have been told, but to an external user of an internal one, so that the role comes first',
    {
      servers: [{ ...server, version: '18.3' }],
      projects: [project(320, 'acme/web/ui', { roles: { alice: 'none', bob: 'none', group_bot: 'none' } })],
      lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 0 }, there: true }],
    },
    ['possible role-missing @acme/ui@^1.0.0 @acme/tokens@^1.0.0'],
  ],
  [
    'and the near miss: of 17.6, which hides both alike, the entry does',
    {
      servers: [{ ...server, version: '17.6' }],
      projects: [project(320, 'acme/web/ui', { roles: { alice: 'none', bob: 'none', group_bot: 'none' } })],
      lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 0 }, there: true }],
    },
    ['possible not-on-allowlist @acme/ui@^1.0.0 @acme/tokens@^1.0.0'],
  ],
  [
    'an alias with a range of several parts is private all the same',
    { projects: unlisted, dependencies: [asked(0, { alias: 'old-ui', range: '>=1.0.0 <2.0.0' })] },
    ['possible not-on-allowlist @acme/ui@>=1.0.0 <2.0.0'],
  ],
  [
    'what a package brings along is not fetched',
    {
      packages: [
        held('ui', { versions: [] }),
        held('tokens', { needs: [{ package: 0, range: '^1.0.0', how: 'bundled' }] }),
      ],
      dependencies: [asked(1)],
    },
    [],
  ],
  [
    'and the near miss: what it only needs is',
    {
      packages: [
        held('ui', { versions: [] }),
        held('tokens', { needs: [{ package: 0, range: '^1.0.0', how: 'prod' }] }),
      ],
      dependencies: [asked(1)],
    },
    ['confirmed package-not-found @acme/ui@^1.0.0'],
  ],
  [
    'a scope that the input names and only another package needs',
    {
      projects: [project(320, 'acme/web/ui'), project(321, 'tools/kit', { allowlist: 'none' })],
      lines: [
        { scope: '@acme', server: 0, to: { kind: 'instance' }, there: true },
        { scope: '@kit', server: 0, to: { kind: 'project', project: 1 }, there: true },
      ],
      packages: [
        held('ui', { scope: '@kit', home: 1 }),
        held('tokens', { needs: [{ package: 0, range: '^1.0.0', how: 'prod' }] }),
      ],
      dependencies: [asked(1)],
      scopesGiven: true,
    },
    ['possible not-on-allowlist @kit/ui@^1.0.0'],
  ],
  [
    'what the root asks for as optional, another package can not do without',
    {
      packages: [
        held('ui', { versions: [] }),
        held('tokens', { needs: [{ package: 0, range: '^1.0.0', how: 'prod' }] }),
      ],
      dependencies: [asked(0, { kind: 'optional' }), asked(1)],
    },
    ['confirmed package-not-found @acme/ui@^1.0.0'],
  ],
  [
    'a file that was deleted leaves the version',
    {
      packages: [
        held('ui', { versions: [{ version: '1.4.0', project: 0, gone: true, deprecated: false }] }),
        held('tokens'),
      ],
      locked: true,
      dependencies: [asked(0, lockedAt(0)), asked(1, lockedAt(0))],
    },
    ['confirmed version-not-found @acme/ui@1.4.0'],
  ],
  [
    'a lockfile that names a project which has the package no more',
    {
      projects: [project(320, 'acme/web/ui'), project(321, 'acme/web/old')],
      packages: [held('ui')],
      locked: true,
      dependencies: [asked(0, lockedAt(1))],
    },
    ['confirmed lockfile-pins-other-registry @acme/ui@1.4.0'],
  ],
  [
    'a group prefix that does not hold the project is not a missing role of a stored token',
    {
      projects: [project(320, 'tools/web/ui'), project(321, 'acme/docs')],
      lines: [
        { scope: '@acme', server: 0, to: { kind: 'group', group: 'acme' }, there: true },
        { scope: '@kit', server: 0, to: { kind: 'project', project: 0 }, there: true },
      ],
      keys: [{ server: 0, at: '/api/v4/', token: 1, state: 'there' }],
      dependencies: [asked(0)],
    },
    ['confirmed package-not-found @acme/ui@^1.0.0'],
  ],
  [
    'a token of another server',
    {
      servers: [server, { ...server, url: 'https://git.partner.example' }],
      projects: [project(320, 'acme/web/ui', { server: 1 })],
      lines: [{ scope: '@acme', server: 1, to: { kind: 'project', project: 0 }, there: true }],
      keys: [{ server: 1, at: '/api/v4/', token: 0, state: 'there' }],
    },
    ['confirmed token-rejected @acme/ui@^1.0.0 @acme/tokens@^1.0.0'],
  ],
];

it.each(rows)('%s', async (_what, part, said) => {
  const judge = new MixedJudge();
  const world = { ...plain, ...part };
  const { report } = await judge.run(world);
  const found = report.findings.map(
    ({ certainty, cause, packages }) => `${certainty} ${cause} ${packages.join(' ')}`,
  );
  expect(found).toEqual(said);
  expect((await judge.judge(world, { walk: false })).faults).toEqual([]);
});

it('fails for what the root asks for as optional and another package needs', async () => {
  const missing = held('ui', { versions: [] });
  const needs = (how: 'prod' | 'optional') =>
    held('tokens', { needs: [{ package: 0, range: '^1.0.0', how }] });
  const verdict = async (how: 'prod' | 'optional') => {
    const dependencies = [asked(0, { kind: 'optional' }), asked(1)];
    return (await new MixedJudge().run({ ...plain, packages: [missing, needs(how)], dependencies })).report
      .verdict;
  };
  expect(await verdict('prod')).toBe('fail');
  expect(await verdict('optional')).toBe('pass');
});

it('names whose token it is: a stored one is not the user of the job', async () => {
  const strangers = [
    project(320, 'acme/web/ui', { roles: { alice: 'reporter', bob: 'none', group_bot: 'none' } }),
  ];
  const world: MixedWorld = {
    ...plain,
    projects: strangers,
    lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 0 }, there: true }],
    keys: [{ server: 0, at: '/api/v4/', token: 1, state: 'there' }],
  };
  const [finding] = (await new MixedJudge().run(world)).report.findings;
  expect(finding?.title).toBe(
    'the owner of the token in NPM_TOKEN may not read packages of project 320: no role there, or one below Reporter',
  );
  expect(finding?.remedy.request).toBeUndefined();
});

it('says of a deploy token that its place may be the fault', async () => {
  const world: MixedWorld = {
    ...plain,
    projects: [project(320, 'acme/web/ui'), project(321, 'acme/web/tokens')],
    packages: [held('ui'), held('tokens', { home: 1 })],
    lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 1 }, there: true }],
    keys: [{ server: 0, at: '/api/v4/', token: 2, state: 'there' }],
    dependencies: [asked(1)],
  };
  const [finding] = (await new MixedJudge().run(world)).report.findings;
  expect(finding?.certainty).toBe('possible');
  expect([finding?.cause, ...(finding?.alternatives ?? [])].sort()).toEqual([
    'role-missing',
    'token-scope-missing',
  ]);
});

it('leads nobody to send the token of the job to another server', async () => {
  const world: MixedWorld = {
    ...plain,
    servers: [server, { ...server, url: 'https://git.partner.example' }],
    projects: [project(320, 'acme/web/ui', { server: 1 })],
    lines: [{ scope: '@acme', server: 1, to: { kind: 'project', project: 0 }, there: true }],
    keys: [],
  };
  const { findings } = (await new MixedJudge().run(world)).report;
  expect(findings.map(({ cause }) => cause)).toEqual(['auth-key-missing']);
  expect(JSON.stringify(findings)).not.toContain('CI_JOB_TOKEN');
});

it('edits the file of Yarn 4 as Yarn 4 reads it', async () => {
  const world: MixedWorld = {
    ...plain,
    client: { name: 'yarn-berry', version: '4.9.4' },
    projects: [project(320, 'acme/web/ui'), project(321, 'acme/web/tokens')],
    lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 1 }, there: true }],
    keys: [{ server: 0, at: '@acme', token: 0, state: 'there' }],
    dependencies: [asked(0)],
  };
  const [finding] = (await new MixedJudge().run(world)).report.findings;
  expect(finding?.remedy.edit).toEqual({
    file: '.yarnrc.yml',
    line: 4,
    before: '    npmRegistryServer: "https://gitlab.example.com/api/v4/projects/321/packages/npm/"',
    after: '    npmRegistryServer: "https://gitlab.example.com/api/v4/packages/npm/"',
  });
});

describe('the key of a prefix to which a scope is mapped', () => {
  const line = '@acme:registry=https://gitlab.example.com/api/v4/packages/npm/';
  const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}';
  const below = '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}';
  const reference = '${CI_JOB_TOKEN} in it is a reference, the token itself stays out of files';

  const own = '/api/v4/projects/321/packages/npm/';
  const brings = `no key covers that prefix, so the edit brings one; ${reference}`;

  it.each<[string, MixedWorld['client'], string, readonly string[], string | null]>([
    ['comes with the line', { name: 'npm', version: '10.9.2' }, own, [line, key], brings],
    [
      'comes with one for the tarballs where the client looks that up',
      { name: 'pnpm', version: '10.13.1' },
      own,
      [line, key, below],
      brings,
    ],
    [
      'is told for the file of the user where the client takes no reference from the project',
      { name: 'pnpm', version: '11.28.0' },
      own,
      [line],
      `no key covers that prefix: add ${key} and ${below} to /home/runner/.npmrc; ${reference}`,
    ],
    ['is there already', { name: 'npm', version: '10.9.2' }, '/api/v4/', [line], null],
    ['stands beside the line', { name: 'yarn-berry', version: '4.9.4' }, '@acme', [], null],
  ])('%s', async (_what, client, at, lines, step) => {
    const world: MixedWorld = {
      ...plain,
      client,
      servers: [{ ...server, forwarding: true }],
      projects: [project(320, 'acme/web/ui'), project(321, 'acme/web/tokens')],
      lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 1 }, there: true }],
      keys: [{ server: 0, at, token: 0, state: 'there' }],
      dependencies: [asked(0)],
    };
    const remedy = (await new MixedJudge().run(world)).report.findings[0]?.remedy;
    if (lines.length > 0) expect(remedy?.edit?.after?.split('\n')).toEqual(lines);
    else expect(remedy?.edit?.after).not.toContain('npmAuthToken');
    expect(remedy?.steps.filter((one) => one.startsWith('no key covers'))).toEqual(
      step === null ? [] : [step],
    );
  });
});

it('gives the alias of a locked package its scope for Yarn 1', async () => {
  const world: MixedWorld = {
    ...plain,
    client: { name: 'yarn', version: '1.22.22' },
    lines: [{ scope: '@acme', server: 0, to: { kind: 'project', project: 0 }, there: true }],
    keys: [{ server: 0, at: '/api/v4/projects/320/packages/npm/', token: 0, state: 'there' }],
    locked: true,
    dependencies: [asked(0, { alias: 'old-ui', ...lockedAt(0) })],
  };
  const [finding] = (await new MixedJudge().run(world)).report.findings;
  expect(finding?.title).toBe(
    'yarn 1.22.22 sends no token to the tarball of old-ui, an alias without the scope @acme',
  );
});
