import { expect, it } from 'vitest';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, lockfile, rc, situation, strangers, tarballUrl } from '../scenarios/situation.ts';
import { ownToken, workflow } from './places.ts';

const expected = { verdict: 'pass', exitCode: 0, findings: [] } as const;
const left = { 'left-pad': '^1.3.0' };
const elsewhere = 'https://registry.other.example/npm/';

const rows: readonly (readonly [string, Parameters<typeof situation>[0], readonly string[]])[] = [
  [
    'a scope mapped to no GitLab, in a file that pnpm drops, is nobody’s private scope',
    {
      name: 'dropped-mapping-elsewhere',
      story: '',
      expected,
      gitlab: friends(),
      npmrc: `@acme:registry=${elsewhere}\n//registry.other.example/npm/:_authToken=\${NPM_TOKEN}\n`,
      variables: workflow,
      client: { name: 'pnpm', version: '10.18.0' },
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
