import { expect, it } from 'vitest';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { situation, token, url } from '../scenarios/situation.ts';

const licensed = { GITLAB_FEATURES: 'audit_events,group_ip_restriction,ldap_group_sync' };
const tools = { '@tools/lint': '^3.0.0' };

/** The package of another root group, whose list names the consumer. */
function world({
  role = 'none',
  restricted = false,
}: {
  role?: 'none' | 'guest' | 'reporter';
  restricted?: boolean;
}) {
  const model = gitlab({ version: '18.3' })
    .group('tools', { ipRestricted: restricted })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .allow('acme/ui', 'acme/shop')
    .project('tools/lint', { id: 77 })
    .allow('tools/lint', 'acme/shop')
    .member('alice', 'developer', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0')
    .package('tools/lint', '@tools/lint', '3.0.1');
  return role === 'none' ? model : model.member('alice', role, 'tools/lint');
}

const at = (prefix: string, scope: string) =>
  `${scope}:registry=${url}/api/v4/${prefix}\n//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`;
const project = at('projects/77/packages/npm/', '@tools');

const rows: readonly (readonly [string, Partial<Parameters<typeof situation>[0]>, readonly string[]])[] = [
  [
    'no role, on a server whose groups can not restrict addresses',
    {},
    ['NP302 confirmed: @tools/lint@^3.0.0'],
  ],
  [
    'no role, where another root group may shut the address out',
    { variables: licensed },
    ['NP302 possible: @tools/lint@^3.0.0 | address-not-allowed'],
  ],
  [
    'an address shut out, which looks the same',
    { variables: licensed, gitlab: world({ role: 'reporter', restricted: true }) },
    ['NP302 possible: @tools/lint@^3.0.0 | address-not-allowed'],
  ],
  [
    'a guest, who sees the project',
    { variables: licensed, gitlab: world({ role: 'guest' }) },
    ['NP302 possible: @tools/lint@^3.0.0 | registry-restricted'],
  ],
  [
    'no role below the root group of the job, which fetched its own code',
    { variables: licensed, dependencies: { '@acme/ui': '^1.0.0' }, npmrc: at('packages/npm/', '@acme') },
    ['NP302 confirmed: @acme/ui@^1.0.0'],
  ],
];

it.each(rows)('%s', async (_what, parts, findings) => {
  const { report } = await play(
    situation({
      name: 'shut-out',
      story: '',
      expected: { verdict: 'fail', exitCode: 1, findings },
      gitlab: world({}),
      dependencies: tools,
      npmrc: project,
      ...parts,
    }),
  );
  expect(report.findings.map(findingLine)).toEqual(findings);
});
