import { expect, it } from 'vitest';
import { publicHost, yarnHost } from '../../src/domain/public-registry.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, lockfile, rc, situation, strangers, tarballUrl } from '../scenarios/situation.ts';
import { ownToken, workflow } from './places.ts';

const expected = { verdict: 'pass', exitCode: 0, findings: [] } as const;
const left = { 'left-pad': '^1.3.0' };
const elsewhere = 'https://registry.other.example/npm/';
const types = { '@acme/ui': '^1.0.0', '@types/node': '^20.0.0' };

const rows: readonly (readonly [string, Parameters<typeof situation>[0], readonly string[]])[] = [
  [
    'a scope mapped to no GitLab, in a file that pnpm drops, is a private one: there is a key for its host',
    {
      name: 'dropped-mapping-elsewhere',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
      variables: workflow,
      client: { name: 'pnpm', version: '10.18.0' },
    },
    ['NP105 confirmed: @widgets/core@^1.0.0'],
  ],
  [
    'without a key for its host it is a mirror’s, and nobody’s private scope',
    {
      name: 'dropped-mapping-of-mirror',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=${elsewhere}\n//registry.third.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
      variables: workflow,
      client: { name: 'pnpm', version: '10.18.0' },
    },
    [],
  ],
  [
    'in a file that npm never reads it is one too, and the line of that file is what has to be written, not the GitLab of the job',
    {
      name: 'unread-mapping-elsewhere',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}`,
      files: {
        'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
        'packages/a/package.json': JSON.stringify({
          name: 'a',
          version: '1.0.0',
          dependencies: { '@widgets/core': '^1.0.0' },
        }),
        'packages/a/.npmrc': `@widgets:registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      },
    },
    ['NP107 confirmed: @widgets/core@^1.0.0'],
  ],
  [
    'a scope mapped to the public registry in a file that Yarn 4 never reads is none, whatever keys there are',
    {
      name: 'unread-mapping-to-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=https://${publicHost}/\n//${publicHost}/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    },
    [],
  ],
  [
    'a scope mapped to an open registry in a file that Yarn 4 never reads is a warning',
    {
      name: 'unread-open-mapping',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: '@widgets:registry=https://verdaccio.example\nstrict-ssl=false\n',
      dependencies: { '@widgets/core': '^1.0.0' },
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    },
    ['warning NP107 confirmed'],
  ],
  [
    'none where no package of that scope is asked for',
    {
      name: 'unread-open-mapping-unused',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: '@widgets:registry=https://verdaccio.example\n',
      dependencies: left,
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    },
    [],
  ],
  [
    'none where the file that it reads maps it, or names a registry for all',
    {
      name: 'unread-open-mapping-replaced',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: '@widgets:registry=https://verdaccio.example\n@gears:registry=https://verdaccio.example\n',
      dependencies: { '@widgets/core': '^1.0.0' },
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'npmRegistryServer: "https://mirror.example/npm/"\n' },
    },
    [],
  ],
  [
    'a scope mapped to a GitLab in a file that Yarn 4 never reads is one',
    {
      name: 'unread-mapping',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}`,
      variables: workflow,
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    },
    ['NP107 confirmed: @acme/ui@^1.0.0'],
  ],
  [
    'a scope that a line maps to the public registry is public, beside a private one',
    {
      name: 'types-at-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}@types:registry=https://${publicHost}/\n`,
      dependencies: types,
    },
    [],
  ],
  [
    'so it is under the other name of that registry',
    {
      name: 'types-at-other-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}@types:registry=https://${yarnHost}/\n`,
      dependencies: types,
    },
    [],
  ],
  [
    'so it is where nothing is to be written for it, and the line is the user’s own',
    {
      name: 'types-at-public-run',
      story: '',
      expected,
      gitlab: friends(),
      command: 'run',
      home: { '.npmrc': `@types:registry=https://${publicHost}/\n` },
      dependencies: types,
    },
    [],
  ],
  [
    'so is the scope of the root group, where a line says it',
    {
      name: 'root-group-at-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@acme:registry=https://${publicHost}/\n`,
    },
    [],
  ],
  [
    'and one that is published there',
    {
      name: 'published-at-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=https://${publicHost}/\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
      files: {
        'package.json': JSON.stringify({
          name: '@widgets/shop',
          version: '1.0.0',
          publishConfig: { registry: `https://${publicHost}/` },
          dependencies: { '@widgets/core': '^1.0.0' },
        }),
      },
    },
    [],
  ],
  [
    'so it is in a file above the folder that npm installs in, which is no workspace',
    {
      name: 'mapping-above',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      inputs: { 'working-directory': 'app' },
      files: {
        'package.json': JSON.stringify({ name: 'root', private: true }),
        'app/package.json': JSON.stringify({ name: 'app', dependencies: { '@widgets/core': '^1.0.0' } }),
      },
    },
    ['NP107 confirmed: @widgets/core@^1.0.0'],
  ],
  [
    'a file above that maps nothing of what is installed says nothing',
    {
      name: 'other-mapping-above',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      inputs: { 'working-directory': 'app' },
      files: {
        'package.json': JSON.stringify({ name: 'root', private: true }),
        'app/package.json': JSON.stringify({ name: 'app', dependencies: left }),
      },
    },
    [],
  ],
  [
    'a default registry in a file that pnpm drops is told of, where there is a key for its host',
    {
      name: 'dropped-default',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: left,
      client: { name: 'pnpm', version: '10.18.0' },
    },
    ['warning NP105 confirmed'],
  ],
  [
    'so is one in a file that Yarn 4 never reads',
    {
      name: 'unread-default',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: left,
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    },
    ['warning NP107 confirmed'],
  ],
  [
    'not where the file that it reads names another',
    {
      name: 'unread-default-replaced',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: left,
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'npmRegistryServer: "https://mirror.example/npm/"\n' },
    },
    [],
  ],
  [
    'nor where it is a mirror without a key',
    {
      name: 'unread-mirror',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `registry=${elsewhere}\n`,
      dependencies: left,
      client: { name: 'yarn-berry', version: '4.18.1' },
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    },
    [],
  ],
  [
    'a key for the public registry without a value is told of where a line maps a scope there',
    {
      name: 'unset-at-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=https://${publicHost}/\n//${publicHost}/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
    },
    ['warning NP105 confirmed'],
  ],
  [
    'it is none where the key has one',
    {
      name: 'set-at-public',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=https://${publicHost}/\n//${publicHost}/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
      variables: { NPM_TOKEN: 'token-of-the-registry' },
    },
    [],
  ],
  [
    'nor where nothing maps a scope: such a key is for publishing',
    {
      name: 'unset-for-publishing',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `//${publicHost}/:_authToken=\${NPM_TOKEN}\n`,
      dependencies: { ...left, '@widgets/core': '^1.0.0' },
    },
    [],
  ],
  [
    'one from the public registry, by either of its names, and from that of JSR, is none',
    {
      name: 'locked-at-public-hosts',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}`,
      dependencies: { ...left, commander: '4.1.1', '@jsr/std__path': '1.0.0' },
      lock: lockfile(
        { ...left, commander: '4.1.1', '@jsr/std__path': '1.0.0' },
        {
          'left-pad': {
            version: '1.3.0',
            resolved: `https://${publicHost}/left-pad/-/left-pad-1.3.0.tgz`,
          },
          commander: { version: '4.1.1', resolved: `https://${yarnHost}/commander/-/commander-4.1.1.tgz` },
          '@jsr/std__path': {
            version: '1.0.0',
            resolved: 'https://npm.jsr.io/~/11/@jsr/std__path/1.0.0.tgz',
          },
        },
      ),
    },
    [],
  ],
  [
    'nor is one from the mirror that is the default registry',
    {
      name: 'locked-at-mirror',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance}${rc.key}registry=https://mirror.example/npm/\n`,
      dependencies: left,
      lock: lockfile(left, {
        'left-pad': {
          version: '1.3.0',
          resolved: 'https://mirror.example/npm/left-pad/-/left-pad-1.3.0.tgz',
        },
      }),
    },
    [],
  ],
  [
    'an unscoped package that the token opens lacks a key, whatever the lockfile names',
    {
      name: 'unscoped-opens',
      story: '',
      expected,
      gitlab: friends().package('acme/ui', 'left-pad', '1.3.0'),
      dependencies: left,
      lock: lockfile(left, {
        'left-pad': { version: '1.3.0', resolved: tarballUrl(324, 'left-pad', '1.3.0') },
      }),
    },
    ['NP103 confirmed: left-pad@1.3.0'],
  ],
  [
    'GitLab before 15.9 has no allowlist that could lack an entry',
    {
      name: 'before-allowlists',
      story: '',
      expected,
      gitlab: strangers({ version: '15.8' }).project('acme/ui', { allowlist: 'off' }),
      npmrc: `${rc.instance}${rc.key}`,
    },
    ['NP302 possible: @acme/ui@^1.0.0 | outbound-limit, registry-restricted'],
  ],
  [
    'a person without a role is no bot: the list is still named first where both are possible',
    {
      name: 'person-before-17-4',
      story: '',
      expected,
      gitlab: strangers({ version: '16.7' }),
      npmrc: `${rc.instance}${rc.key}`,
    },
    ['NP301 possible: @acme/ui@^1.0.0 | outbound-limit, registry-restricted, role-missing'],
  ],
];

it.each(rows)('%s', async (_, parts, findings) => {
  const { report } = await play(situation(parts));
  expect(report.findings.map(findingLine)).toEqual(findings);
});

it('never sends the token of a workflow to a GitLab, and asks for one by another name', async () => {
  const { report, requests } = await play(
    situation({
      name: 'workflow-token',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: rc.instance,
      variables: { ...workflow, GITHUB_TOKEN: 'ghs_demo-token-of-the-workflow-000000' },
    }),
  );
  expect(report.findings.map(findingLine)).toEqual(['NP102 confirmed: @acme/ui@^1.0.0']);
  expect(report.findings[0]?.remedy.edit?.after).toContain('${GITLAB_TOKEN}');
  expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set(['none']));
});

it('names the variable of a dropped file in full, as long as its name may be', async () => {
  const { report } = await play(
    situation({
      name: 'long-name',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@widgets:registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${WIDGETS_REGISTRY_NPM_AUTH_TOKEN}\n`,
      dependencies: { '@widgets/core': '^1.0.0' },
      client: { name: 'pnpm', version: '10.18.0' },
    }),
  );
  expect(report.findings[0]?.title).toContain('WIDGETS_REGISTRY_NPM_AUTH_TOKEN has no value');
});

it('proposes the registry that an unread file names, whose mapping is no business of the job’s GitLab', async () => {
  const parts = rows.find(([, { name }]) => name === 'unread-mapping-elsewhere')?.[1];
  const world = parts && situation(parts);
  expect(world).toBeDefined();
  if (!world) return;
  const { report } = await play(world);
  expect(report.findings[0]?.remedy.edit?.after).toContain(`@widgets:registry=${elsewhere}`);
  const written = await play({ ...world, command: 'run' });
  expect(written.report.findings.map(findingLine)).toEqual(['NP107 confirmed: @widgets/core@^1.0.0']);
  expect(written.requests.filter(({ url }) => url.includes('widgets'))).toEqual([]);
});

it('sends the token that the workflow names for it', async () => {
  const { requests } = await play(
    situation({
      name: 'named-token',
      story: '',
      expected,
      gitlab: friends().personalToken(ownToken, { user: 'alice' }),
      npmrc: rc.instance,
      variables: { ...workflow, NPM_TOKEN: ownToken },
      inputs: { 'token-env': 'NPM_TOKEN' },
    }),
  );
  expect(requests.some(({ authorization }) => authorization !== 'none')).toBe(true);
});
