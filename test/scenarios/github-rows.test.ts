import { describe, expect, it } from 'vitest';
import { jobVariables } from '../../src/demo/scenario.ts';
import { serve } from '../io/support/servers.ts';
import {
  closedGitHub,
  githubLock,
  githubRc,
  githubTokens,
  onGitHub,
  openGitHub,
  permissions,
  workflowFile,
} from './github-situation.ts';
import { findingLine, play } from './play.ts';

type Parts = Partial<Parameters<typeof onGitHub>[0]>;
type Row = readonly [row: string, parts: Parts, findings: readonly string[]];

const ui = (code: string) => [`${code} confirmed: @acme/ui@^1.0.0`];
const locked = (model: ReturnType<typeof openGitHub>): Parts => ({
  dependencies: { '@acme/ui': '1.4.0' },
  lock: githubLock(model),
});
const withToken = (value: string): Parts => ({
  variables: { NODE_AUTH_TOKEN: value },
  workflow: workflowFile({ token: '${{ secrets.PACKAGES_TOKEN }}' }),
});
const member = openGitHub().reader('@acme/ui', 'alice').classicToken(githubTokens.classic, { user: 'alice' });
const noPackages = { repository: 'acme/shop', packages: 'none' } as const;
const ofRun = {
  command: 'run',
  npmrc: '',
  inputs: { scopes: '@acme' },
  variables: { NODE_AUTH_TOKEN: null, GITHUB_TOKEN: githubTokens.workflow },
} as const;
/** A job of GitLab that installs from GitHub. */
const inGitLab = {
  GITHUB_ACTIONS: null,
  ...jobVariables({
    url: 'https://gitlab.example.com',
    version: '18.2.1',
    project: 'acme/shop',
    projectId: 512,
    user: 'alice',
    token: 'a.job.token-without-beginning',
  }),
};
const ofGitLab = (variable: string, variables: Readonly<Record<string, string>> = {}): Parts => ({
  npmrc: `${githubRc.scope}//npm.pkg.github.com/:_authToken=\${${variable}}\n`,
  workflow: null,
  variables: { ...inGitLab, ...variables },
});
const enterprise = { serverUrl: 'https://github.corp.test' };
const enterpriseRc = `@acme:registry=https://github.corp.test/_registry/npm/
//github.corp.test/_registry/npm/:_authToken=\${NODE_AUTH_TOKEN}
`;
const isolatedRc = `@acme:registry=https://npm.github.corp.test/
//npm.github.corp.test/:_authToken=\${NODE_AUTH_TOKEN}
`;

const newPnpm = { name: 'pnpm', version: '10.34.9' } as const;
const maybeApps = ['NP311 possible: @acme/ui@^1.0.0 | token-kind-unsupported'];
/** The token of an App, from a secret or, with `null`, from what a step wrote to `GITHUB_ENV`. */
const appsFrom = (token: string | null, appAnswer: 401 | 403, perms: string): Parts => ({
  ...withToken(githubTokens.app),
  github: openGitHub({ appAnswer }).appToken(githubTokens.app),
  workflow: workflowFile({ permissions: perms, ...(token === null ? {} : { token }) }).replace(
    token === null ? / {8}env:\n.*\n/ : /$^/,
    '',
  ),
});

/** The id of the job stands in the file of the run and in a workflow that it calls, whose job has these further permissions. */
const twoJobs = (more: string): Parts => ({
  github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
  workflow: `${workflowFile({ permissions: permissions.contentsOnly })}  call:
    permissions:
      packages: read
    uses: ./.github/workflows/called.yml
`,
  files: {
    '.github/workflows/called.yml': workflowFile({
      jobPermissions: `    permissions:\n      contents: read\n${more}`,
    }),
  },
});

/** One line for each row of the table of answers that an install can meet, and behind it what looks like it and is something else. */
const rows: readonly Row[] = [
  ['1: no credential key', { npmrc: githubRc.scope }, ui('NP102')],
  [
    '1: the same with a lockfile',
    { ...locked(openGitHub()), npmrc: githubRc.scope },
    ['NP102 confirmed: @acme/ui@1.4.0'],
  ],
  [
    '1: a lockfile alone leads there',
    { ...locked(openGitHub()), npmrc: '' },
    ['NP102 confirmed: @acme/ui@1.4.0'],
  ],
  [
    '1: a key for another host, and none for this',
    { npmrc: `${githubRc.scope}//npm.pkg.github.co/:_authToken=\${NODE_AUTH_TOKEN}\n` },
    ui('NP102'),
  ],
  [
    '1: a key with the usual port, which is never looked up',
    { npmrc: `${githubRc.scope}//npm.pkg.github.com:443/:_authToken=\${NODE_AUTH_TOKEN}\n` },
    ui('NP104'),
  ],
  [
    '1, near: public packages need a token as well',
    {
      github: openGitHub().package('@acme/open', '1.0.0', { visibility: 'public' }),
      dependencies: { '@acme/open': '1.0.0' },
      npmrc: githubRc.scope,
    },
    ['NP102 confirmed: @acme/open@1.0.0'],
  ],
  [
    '2: a token of a job that is over',
    {
      github: openGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', finished: true }),
    },
    ui('NP202'),
  ],
  [
    '2: a revoked classic token',
    {
      github: member.classicToken(githubTokens.classic, { user: 'alice', revoked: true }),
      ...withToken(githubTokens.classic),
    },
    ui('NP202'),
  ],
  [
    '2: the placeholder of older setup-node',
    { variables: { NODE_AUTH_TOKEN: 'XXXXX-XXXXX-XXXXX-XXXXX' } },
    ui('NP105'),
  ],
  ['2: a token of GitLab', { variables: { NODE_AUTH_TOKEN: 'glpat-of-another-server-0000' } }, ui('NP202')],
  [
    '2: a token of no known form may also want the authorisation',
    { ...withToken('of-no-known-form-0000') },
    ['NP202 possible: @acme/ui@^1.0.0 | sso-not-authorised'],
  ],
  ['2: the variable is unset', { variables: { NODE_AUTH_TOKEN: null } }, ui('NP105')],
  [
    "2: the workflow's own variable is unset",
    { npmrc: `${githubRc.scope}//npm.pkg.github.com/:_authToken=\${GITHUB_TOKEN}\n` },
    ui('NP201'),
  ],
  [
    '3: not authorised for single sign-on',
    { github: member.owner('acme', { singleSignOn: true }), ...withToken(githubTokens.classic) },
    ui('NP313'),
  ],
  [
    '3, near: authorised',
    {
      github: member
        .owner('acme', { singleSignOn: true })
        .classicToken(githubTokens.classic, { user: 'alice', authorised: ['acme'] }),
      ...withToken(githubTokens.classic),
    },
    [],
  ],
  [
    "3, near: a workflow's token needs no authorisation",
    { github: openGitHub().owner('acme', { singleSignOn: true }) },
    [],
  ],
  [
    '4: the token of an App, as of old',
    {
      github: openGitHub().appToken(githubTokens.app),
      variables: { NODE_AUTH_TOKEN: githubTokens.app },
      workflow: workflowFile({ token: '${{ steps.app.outputs.token }}' }),
    },
    ui('NP203'),
  ],
  [
    '4: the same with the words of today',
    {
      github: openGitHub({ appAnswer: 403 }).appToken(githubTokens.app),
      variables: { NODE_AUTH_TOKEN: githubTokens.app },
      workflow: workflowFile({ token: '${{ steps.app.outputs.token }}', permissions: permissions.both }),
    },
    ui('NP203'),
  ],
  [
    '4: the same where the workflow lacks the permission too',
    {
      github: openGitHub({ appAnswer: 403 }).appToken(githubTokens.app),
      variables: { NODE_AUTH_TOKEN: githubTokens.app },
      workflow: workflowFile({
        token: '${{ steps.app.outputs.token }}',
        permissions: permissions.contentsOnly,
      }),
    },
    ['NP203 possible: @acme/ui@^1.0.0 | workflow-permission-missing'],
  ],
  [
    '5: a classic token without the scope',
    {
      github: member.classicToken(githubTokens.classic, { user: 'alice', scopes: ['repo'] }),
      ...withToken(githubTokens.classic),
    },
    ui('NP204'),
  ],
  [
    '5: the same with the other words',
    {
      github: member
        .set({ scopeAnswer: 401 })
        .classicToken(githubTokens.classic, { user: 'alice', scopes: ['repo'] }),
      ...withToken(githubTokens.classic),
    },
    ui('NP204'),
  ],
  [
    '5, near: write:packages reads too',
    {
      github: member.classicToken(githubTokens.classic, { user: 'alice', scopes: ['write:packages'] }),
      ...withToken(githubTokens.classic),
    },
    [],
  ],
  [
    '6: a block without packages',
    {
      github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: workflowFile({ permissions: permissions.contentsOnly }),
    },
    ui('NP311'),
  ],
  [
    '6: the same with a lockfile',
    {
      ...locked(openGitHub()),
      github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: workflowFile({ permissions: permissions.contentsOnly }),
    },
    ['NP311 confirmed: @acme/ui@1.4.0'],
  ],
  [
    '6: the package lets nobody in either',
    {
      github: closedGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: workflowFile({ permissions: permissions.contentsOnly }),
    },
    ui('NP311'),
  ],
  [
    '6: a file that grants it is doubted',
    {
      github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: workflowFile({ permissions: permissions.both }),
    },
    ['NP311 possible: @acme/ui@^1.0.0'],
  ],
  [
    '6: a file without any block is doubted',
    { github: openGitHub().workflowToken(githubTokens.workflow, noPackages) },
    ['NP311 possible: @acme/ui@^1.0.0'],
  ],
  [
    '6, near: all of it is granted',
    { github: openGitHub(), workflow: workflowFile({ permissions: 'permissions: read-all\n' }) },
    [],
  ],
  ['7: not in the list', { github: closedGitHub() }, ui('NP312')],
  [
    '7: the same with a lockfile',
    { ...locked(openGitHub()), github: closedGitHub() },
    ['NP312 confirmed: @acme/ui@1.4.0'],
  ],
  [
    "7, near: the package is linked to the job's repository",
    { github: closedGitHub().without('@acme/ui').package('@acme/ui', '1.4.0', { repository: 'acme/shop' }) },
    [],
  ],
  [
    "8: another owner's package",
    {
      github: openGitHub().package('@tools/ui', '1.0.0'),
      dependencies: { '@tools/ui': '1.0.0' },
      npmrc: `@tools:registry=https://npm.pkg.github.com\n${githubRc.key}`,
    },
    ['NP314 confirmed: @tools/ui@1.0.0'],
  ],
  [
    '8: a user who is no member',
    {
      github: openGitHub().classicToken(githubTokens.classic, { user: 'alice' }),
      ...withToken(githubTokens.classic),
    },
    ui('NP302'),
  ],
  [
    '8: nobody knows whose the repository is',
    { github: closedGitHub(), variables: { GITHUB_REPOSITORY: null, GITHUB_REPOSITORY_OWNER: null } },
    ['NP312 possible: @acme/ui@^1.0.0 | package-of-another-owner'],
  ],
  ['9: never published', { github: openGitHub().without('@acme/ui') }, ui('NP501')],
  [
    '9: a name in upper case',
    { dependencies: { '@acme/UI': '^1.0.0' } },
    ['NP501 confirmed: @acme/UI@^1.0.0'],
  ],
  [
    '9: locked, and gone',
    { ...locked(openGitHub()), github: openGitHub().without('@acme/ui') },
    ['NP501 confirmed: @acme/ui@1.4.0'],
  ],
  [
    '9: locked, and the version is gone',
    {
      ...locked(openGitHub()),
      github: openGitHub()
        .without('@acme/ui')
        .package('@acme/ui', '1.5.0', { actionsAccess: ['acme/shop'] }),
    },
    ['NP502 confirmed: @acme/ui@1.4.0'],
  ],
  ['9: no version fits', { dependencies: { '@acme/ui': '^2.0.0' } }, ['NP502 confirmed: @acme/ui@^2.0.0']],
  [
    '10: no such owner',
    {
      github: openGitHub(),
      dependencies: { '@gone/ui': '1.0.0' },
      npmrc: `@gone:registry=https://npm.pkg.github.com\n${githubRc.key}`,
    },
    ['NP305 confirmed: @gone/ui@1.0.0'],
  ],
  [
    '12: a fine-grained token',
    {
      github: openGitHub().fineGrainedToken(githubTokens.fineGrained, 'alice'),
      ...withToken(githubTokens.fineGrained),
    },
    ui('NP203'),
  ],
  [
    'events: a fork without the access',
    {
      github: openGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', fromFork: true }),
      pullRequestOf: 'mallory/shop',
    },
    ['NP312 possible: @acme/ui@^1.0.0 | fork-run-restricted'],
  ],
  [
    'events, near: a fork that keeps it',
    {
      github: openGitHub({ forkKeepsAccess: true }).workflowToken(githubTokens.workflow, {
        repository: 'acme/shop',
        fromFork: true,
      }),
      pullRequestOf: 'mallory/shop',
    },
    [],
  ],
  [
    'events, near: a pull request of a branch of its own',
    { github: closedGitHub(), pullRequestOf: 'acme/shop' },
    ui('NP312'),
  ],
  [
    'events: a secret in a run of a fork',
    { variables: { NODE_AUTH_TOKEN: '' }, pullRequestOf: 'mallory/shop' },
    ui('NP105'),
  ],
  [
    'events: a secret in a run of Dependabot',
    { variables: { NODE_AUTH_TOKEN: '', GITHUB_ACTOR: 'dependabot[bot]' } },
    ui('NP105'),
  ],
  [
    "events, near: Dependabot with the workflow's token",
    { variables: { GITHUB_ACTOR: 'dependabot[bot]' } },
    [],
  ],
  [
    'enterprise: below the path',
    {
      github: openGitHub(enterprise)
        .without('@acme/ui')
        .package('@acme/ui', '1.4.0', { repository: 'acme/shop' }),
      npmrc: enterpriseRc,
    },
    [],
  ],
  [
    'enterprise: a host of its own',
    {
      github: openGitHub({ ...enterprise, isolated: true })
        .without('@acme/ui')
        .package('@acme/ui', '1.4.0', { repository: 'acme/shop' }),
      npmrc: isolatedRc,
    },
    [],
  ],
  [
    'enterprise: a workflow reads its own repository alone',
    { github: openGitHub({ ...enterprise, hides: true }), npmrc: enterpriseRc },
    ['NP203 possible: @acme/ui@^1.0.0 | package-not-found'],
  ],
  [
    'enterprise: absent looks the same',
    { github: openGitHub({ ...enterprise, isolated: true }).without('@acme/ui'), npmrc: isolatedRc },
    ['NP203 possible: @acme/ui@^1.0.0 | package-not-found'],
  ],
  [
    'enterprise: a revoked token needs no second opinion',
    {
      github: openGitHub(enterprise).classicToken(githubTokens.classic, { user: 'alice', revoked: true }),
      npmrc: enterpriseRc,
      ...withToken(githubTokens.classic),
    },
    ui('NP202'),
  ],
  [
    'data residency: a host below ghe.com',
    {
      github: openGitHub({ serverUrl: 'https://acme.ghe.com' }),
      npmrc: '@acme:registry=https://npm.acme.ghe.com\n//npm.acme.ghe.com/:_authToken=${NODE_AUTH_TOKEN}\n',
    },
    [],
  ],
  [
    'data residency: not in the list',
    {
      github: closedGitHub({ serverUrl: 'https://acme.ghe.com' }),
      npmrc: '@acme:registry=https://npm.acme.ghe.com\n//npm.acme.ghe.com/:_authToken=${NODE_AUTH_TOKEN}\n',
    },
    ui('NP312'),
  ],
  [
    'registry URL: an owner behind the host',
    { npmrc: `@acme:registry=https://npm.pkg.github.com/acme/\n${githubRc.key}` },
    ui('NP120'),
  ],
  ['GitLab: its job token means nothing to GitHub', ofGitLab('CI_JOB_TOKEN'), ui('NP202')],
  ['GitLab: a variable without a value', ofGitLab('PACKAGES_TOKEN'), ui('NP105')],
  ['GitLab: no key', { ...ofGitLab('X'), npmrc: githubRc.scope }, ui('NP102')],
  [
    'GitLab: a classic token of somebody who may not read it',
    {
      ...ofGitLab('PACKAGES_TOKEN', { PACKAGES_TOKEN: githubTokens.classic }),
      github: openGitHub().classicToken(githubTokens.classic, { user: 'alice' }),
    },
    ui('NP302'),
  ],
  [
    'GitLab, near: a classic token of a member',
    { ...ofGitLab('PACKAGES_TOKEN', { PACKAGES_TOKEN: githubTokens.classic }), github: member },
    [],
  ],
  [
    "4: an App's token from a secret",
    appsFrom('${{ secrets.APP_TOKEN }}', 403, permissions.both),
    ui('NP203'),
  ],
  [
    "4: an App's token from a secret, and no permission",
    appsFrom('${{ secrets.APP_TOKEN }}', 403, permissions.contentsOnly),
    ['NP203 possible: @acme/ui@^1.0.0 | workflow-permission-missing'],
  ],
  [
    "4: an App's token by GITHUB_ENV, and no permission",
    appsFrom(null, 403, permissions.contentsOnly),
    maybeApps,
  ],
  [
    "4: the registry says that it is an App's, whatever the file says",
    appsFrom('${{ github.token }}', 401, permissions.contentsOnly),
    ui('NP203'),
  ],
  [
    '6: two jobs have the id, and neither block names packages',
    twoJobs(''),
    ['NP311 possible: @acme/ui@^1.0.0'],
  ],
  ['6, near: only one of the blocks leaves it out', twoJobs('      packages: read\n'), ui('NP311')],
  ['run: writes what opens the package', ofRun, []],
  ['run: the package does not list the repository', { ...ofRun, github: closedGitHub() }, ui('NP312')],
  [
    'run: the permission is missing',
    {
      ...ofRun,
      github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: workflowFile({ permissions: permissions.contentsOnly }).replace(
        /NODE_AUTH_TOKEN/,
        'GITHUB_TOKEN',
      ),
    },
    ui('NP311'),
  ],
  [
    'run: the permission is missing, and no env says whose token it is',
    {
      ...ofRun,
      github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: workflowFile({ permissions: permissions.contentsOnly }),
    },
    maybeApps,
  ],
  [
    "run: the permission is missing for the action's own token",
    {
      ...ofRun,
      variables: { NODE_AUTH_TOKEN: null, NPMRC_PREFLIGHT_TOKEN: githubTokens.workflow },
      github: openGitHub().workflowToken(githubTokens.workflow, noPackages),
      workflow: `${permissions.contentsOnly}jobs:\n  test:\n    steps:\n      - uses: acme/npmrc-preflight@v1\n`,
    },
    ui('NP311'),
  ],
  ['pnpm takes no reference from the file of the project', { client: newPnpm }, ui('NP106')],
  [
    'pnpm, near: it takes one from the file of the user',
    { client: newPnpm, npmrc: githubRc.scope, home: { '.npmrc': githubRc.key } },
    [],
  ],
  ['run: no token is passed', { ...ofRun, variables: { NODE_AUTH_TOKEN: null } }, ui('NP101')],
  [
    'default registry: public packages are asked there',
    { npmrc: `registry=https://npm.pkg.github.com\n${githubRc.key}`, dependencies: { 'left-pad': '1.3.0' } },
    ['NP110 confirmed: left-pad@1.3.0'],
  ],
];

describe('GitHub Packages', () => {
  it.each(rows)('row %s', async (_, parts, findings) => {
    const { report } = await play(
      onGitHub({
        name: 'row',
        story: '',
        expected: { verdict: 'pass', exitCode: 0, findings: [] },
        github: openGitHub(),
        ...parts,
      }),
    );
    expect(report.findings.map(findingLine)).toEqual(findings);
    expect(report.verdict).toBe(findings.length === 0 ? 'pass' : 'fail');
  });

  it.each([
    { name: 'pnpm', version: '10.18.0' },
    { name: 'pnpm', version: '12.2.0' },
    { name: 'yarn', version: '1.22.22' },
    { name: 'yarn-berry', version: '4.9.1' },
    { name: 'bun', version: '1.4.5' },
  ] as const)(
    '$name $version: what run writes opens metadata and tarball, and a refusal is the same',
    async (client) => {
      const world = (github: ReturnType<typeof openGitHub>) =>
        onGitHub({
          name: 'client',
          story: '',
          expected: { verdict: 'pass', exitCode: 0, findings: [] },
          ...ofRun,
          github,
          client,
          files: client.name === 'yarn-berry' ? { '.yarnrc.yml': 'nodeLinker: node-modules\n' } : {},
        });
      const open = await play(world(openGitHub()));
      expect(open.report.findings.map(findingLine)).toEqual([]);
      expect(open.report.verdict).toBe('pass');
      expect(
        open.githubRequests
          .filter(({ url }) => new URL(url).host !== 'npm.pkg.github.com')
          .every(({ sent }) => !sent),
      ).toBe(true);
      const closed = await play(world(closedGitHub()));
      expect(closed.report.findings.map(findingLine)).toEqual(ui('NP312'));
    },
  );

  it.each([
    ['429', 429, {}],
    ['a 403 with a time to come back', 403, { 'retry-after': '60' }],
    ['a 403 of a limit that is used up', 403, { 'x-ratelimit-remaining': '0' }],
    ['503', 503, {}],
  ])('row 13: %s is no matter of access', async (_, status, headers) => {
    const busy = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"error":"later"}');
    });
    const { report } = await play(
      onGitHub({
        name: 'busy',
        story: '',
        expected: { verdict: 'undecided', exitCode: 3, findings: [] },
        github: openGitHub(),
        inputs: { retries: '0' },
        passage: async () => ({ origin: null, origins: { 'https://npm.pkg.github.com': busy.url } }),
      }),
    );
    expect(report.verdict).toBe('undecided');
    expect(report.findings.map(findingLine)).toEqual(ui(status === 503 ? 'NP408' : 'NP406'));
  });

  it.each(['CI_JOB_TOKEN', 'PACKAGES_TOKEN', 'X'])(
    'never advises the job token of GitLab for the registry of GitHub (%s)',
    async (variable) => {
      const parts = ofGitLab(variable);
      const { report } = await play(
        onGitHub({
          name: 'advice',
          story: '',
          expected: { verdict: 'fail', exitCode: 1, findings: [] },
          github: openGitHub(),
          ...parts,
          ...(variable === 'X' ? { npmrc: githubRc.scope } : {}),
        }),
      );
      const edits = report.findings.map(({ remedy }) => remedy.edit?.after ?? '').join();
      expect(edits).not.toContain('CI_JOB_TOKEN');
      expect(report.findings.flatMap(({ remedy }) => remedy.steps).join()).toContain('read:packages');
    },
  );

  it('tells nothing for certain from words that nobody knows', async () => {
    const other = await serve((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"computer says no"}');
    });
    const { report } = await play(
      onGitHub({
        name: 'other-words',
        story: '',
        expected: { verdict: 'fail', exitCode: 1, findings: [] },
        github: openGitHub(),
        passage: async () => ({ origin: null, origins: { 'https://npm.pkg.github.com': other.url } }),
      }),
    );
    expect(report.findings.map(findingLine)).toEqual(['NP312 possible: @acme/ui@^1.0.0 | project-not-found']);
  });

  it.each([
    ['an HTML page', 'text/html', '<html>Access Denied</html>'],
    ['JSON of another form', 'application/json', '{"message":"Forbidden"}'],
    ['nothing', 'text/plain', ''],
  ])('thinks of a guard in front where a refusal is %s', async (_, type, body) => {
    const guard = await serve((_request, response) => {
      response.writeHead(403, { 'content-type': type }).end(body);
    });
    const { report } = await play(
      onGitHub({
        name: 'guard',
        story: '',
        expected: { verdict: 'fail', exitCode: 1, findings: [] },
        github: openGitHub(),
        passage: async () => ({ origin: null, origins: { 'https://npm.pkg.github.com': guard.url } }),
      }),
    );
    expect(report.findings.map(findingLine)).toEqual([
      'NP312 possible: @acme/ui@^1.0.0 | not-a-registry, project-not-found',
    ]);
  });

  it.each([
    ['404, the file may be gone', 404, 'application/xml', '<Error/>', 'possible', 'publishes'],
    ['403, the signed link may be refused', 403, 'application/xml', '<Error/>', 'possible', 'network'],
    ['a page, a guard blocks it', 403, 'text/html', '<html>Blocked</html>', 'confirmed', 'network'],
  ] as const)(
    'names both hosts where the file store answers %s',
    async (_, status, type, body, certainty, who) => {
      const store = await serve((_request, response) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
      const { report } = await play(
        onGitHub({
          name: 'store',
          story: '',
          expected: { verdict: 'fail', exitCode: 1, findings: [] },
          ...locked(openGitHub()),
          github: openGitHub(),
          passage: async (gitlab) => ({
            origin: new URL(gitlab.url).origin,
            origins: { 'https://pkg-npm.githubusercontent.com': store.url },
          }),
        }),
      );
      const [finding] = report.findings;
      expect(report.findings.map(findingLine)).toEqual([`NP407 ${certainty}: @acme/ui@1.4.0`]);
      expect(finding?.title).toContain(
        `pkg-npm.githubusercontent.com, where GitHub keeps the files, answers ${status}`,
      );
      expect(finding?.remedy.who).toContain(who);
      expect(finding?.remedy.steps.join()).toContain('both hosts');
      expect(finding?.remedy.steps.join()).not.toContain('api/v4');
    },
  );

  it('takes a fine-grained token and the package for what may be at fault where nothing is found', async () => {
    const none = await serve((_request, response) => {
      const error = 'npm package "ui" does not exist under owner "acme"';
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
    });
    const { report } = await play(
      onGitHub({
        name: 'fine-grained',
        story: '',
        expected: { verdict: 'fail', exitCode: 1, findings: [] },
        github: openGitHub(),
        ...withToken(githubTokens.fineGrained),
        passage: async () => ({ origin: null, origins: { 'https://npm.pkg.github.com': none.url } }),
      }),
    );
    expect(report.findings.map(findingLine)).toEqual(['NP203 possible: @acme/ui@^1.0.0 | package-not-found']);
  });

  it('sends the token to the registry, and to the API of the same GitHub where it is a personal one, and nowhere else', async () => {
    const { githubRequests } = await play(
      onGitHub({
        name: 'where-it-goes',
        story: '',
        expected: { verdict: 'fail', exitCode: 1, findings: [] },
        github: member.owner('acme', { singleSignOn: true }),
        ...withToken(githubTokens.classic),
      }),
    );
    expect(githubRequests.map(({ url, sent }) => `${new URL(url).host} ${sent}`)).toEqual([
      'npm.pkg.github.com true',
      'api.github.com true',
    ]);
    const open = await play(
      onGitHub({
        name: 'redirected',
        story: '',
        expected: { verdict: 'pass', exitCode: 0, findings: [] },
        github: openGitHub(),
      }),
    );
    expect(open.githubRequests.map(({ url, sent }) => `${new URL(url).host} ${sent}`)).toEqual([
      'npm.pkg.github.com true',
      'npm.pkg.github.com true',
      'pkg-npm.githubusercontent.com false',
    ]);
  });

  it('asks for nothing but the addresses of the lockfile where there is one', async () => {
    const { githubRequests } = await play(
      onGitHub({
        name: 'locked',
        story: '',
        expected: { verdict: 'pass', exitCode: 0, findings: [] },
        github: openGitHub(),
        ...locked(openGitHub()),
      }),
    );
    expect(
      githubRequests.filter(({ url }) => url.startsWith('https://npm.pkg.github.com/')).map(({ url }) => url),
    ).toEqual([expect.stringContaining('/download/@acme/ui/1.4.0/')]);
  });
});
