import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import type { Report } from '../../src/domain/report.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation } from '../scenarios/situation.ts';

const key = '//${CI_SERVER_FQDN}/api/v4/:_authToken=${CI_JOB_TOKEN}\n';
const pair = [
  '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}',
  '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}',
].join('\n');

interface Row {
  client: ClientName;
  version: string;
  variables?: Readonly<Record<string, string | null>>;
  npmrc?: string;
}

async function told({ client, version, variables = {}, npmrc = rc.instance + key }: Row): Promise<Report> {
  const { report } = await play(
    situation({
      name: 'unset-in-key',
      story: 'a key whose host is a variable',
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      gitlab: friends({ version: '16.5' }),
      client: { name: client, version },
      variables: { CI_SERVER_FQDN: null, ...variables },
      npmrc,
    }),
  );
  return report;
}

describe.each<Row>([
  { client: 'npm', version: '10.9.2' },
  { client: 'npm', version: '11.6.0', variables: { CI_SERVER_FQDN: '' } },
  { client: 'pnpm', version: '10.18.0' },
  { client: 'pnpm', version: '10.18.0', variables: { CI_SERVER_FQDN: '' } },
])('$client $version, whose key has a host that is a variable ($variables)', (row) => {
  it('is told the variable without a value, and the lines that pass', async () => {
    const [finding, ...others] = (await told(row)).findings;
    expect(others).toEqual([]);
    expect(finding && findingLine(finding)).toBe('NP105 confirmed: @acme/ui@^1.0.0');
    expect(finding?.title).toBe('CI_SERVER_FQDN has no value in this job, so the key is for no address');
    expect(finding?.location?.line).toBe(2);
    expect(finding?.remedy.summary).toBe('write the address out in the key');
    expect(finding?.remedy.edit).toMatchObject({ file: '.npmrc', line: 2, after: pair });
    const mended = await told({ ...row, npmrc: `${rc.instance}${pair}\n` });
    expect(mended.findings).toEqual([]);
  });
});

it.each<Row>([
  { client: 'npm', version: '10.9.2', variables: { CI_SERVER_FQDN: 'gitlab.example.com' } },
  { client: 'npm', version: '10.9.2', npmrc: `${rc.instance}${rc.key}${key}` },
  {
    client: 'npm',
    version: '10.9.2',
    npmrc: `${rc.instance}${rc.key}//\${OTHER}/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
  },
])('stays silent where the variable is set, or another key covers all ($npmrc)', async (row) => {
  expect((await told(row)).findings).toEqual([]);
});

it('blames no variable in a key that is for other paths', async () => {
  const { findings } = await told({
    client: 'npm',
    version: '10.9.2',
    npmrc: `${rc.instance}//\${OTHER}/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
  });
  expect(findings.map(findingLine)).toEqual(['NP102 confirmed: @acme/ui@^1.0.0']);
});

it.each<Row>([
  { client: 'yarn', version: '1.22.22', variables: { CI_SERVER_FQDN: 'gitlab.example.com' } },
  { client: 'bun', version: '1.3.0' },
])('tells $client, which replaces no variable in a key, so', async (row) => {
  const [finding] = (await told(row)).findings;
  expect(finding && findingLine(finding)).toBe('NP104 confirmed: @acme/ui@^1.0.0');
  expect(finding?.title).toContain(`${row.client} ${row.version} replaces no variable in a key`);
  expect(finding?.remedy.edit).toMatchObject({ line: 2, after: pair });
});
