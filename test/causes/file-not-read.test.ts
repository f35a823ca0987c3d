import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation } from '../scenarios/situation.ts';

type Parts = Partial<Parameters<typeof situation>[0]>;

async function told(name: ClientName, version: string, parts: Parts) {
  const { report } = await play(
    situation({
      name: 'file-not-read',
      story: 'the settings stand in a file that may not be read',
      gitlab: friends(),
      client: { name, version },
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      ...parts,
    }),
  );
  return { lines: report.findings.map(findingLine), first: report.findings[0] };
}

const lines = `${rc.project}//gitlab.example.com/api/v4/projects/324/packages/npm/:_authToken=glcbt-64_demo-job-token-of-acme-shop\n`;
const above = { '../.npmrc': lines, '../package.json': '{ "name": "above" }\n' };

// run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, 3 and 4, Bun 1.4.5
describe('the .npmrc of a folder above', () => {
  it.each<[ClientName, string]>([
    ['npm', '10.9.9'],
    ['npm', '12.2.0'],
    ['pnpm', '9.15.9'],
    ['pnpm', '10.34.9'],
    ['pnpm', '11.28.11'],
    ['pnpm', '12.21.0'],
    ['yarn-berry', '3.8.7'],
    ['yarn-berry', '4.18.1'],
    ['bun', '1.4.5'],
  ])('is not read by %s %s, which the report says', async (name, version) => {
    const { lines: found, first } = await told(name, version, { files: above });
    expect(found).toEqual(['NP107 confirmed: @acme/ui@^1.0.0']);
    expect(first?.title).toMatch(/ does not read .*acme[\\/]\.npmrc, where @acme is set up$/);
    expect(first?.remedy.edit?.file).not.toMatch(/acme[\\/]\.npmrc$/);
  });

  it('is named for its key alone, where the project maps the scope', async () => {
    const { lines: found } = await told('bun', '1.4.5', { npmrc: rc.project, files: above });
    expect(found).toEqual(['NP107 confirmed: @acme/ui@^1.0.0']);
  });

  it('is read by Yarn 1', async () => {
    expect((await told('yarn', '1.22.22', { files: above })).lines).toEqual([]);
  });

  it('is read by pnpm where that is the root of the workspace', async () => {
    const files = { ...above, '../pnpm-workspace.yaml': 'packages: ["shop"]\n' };
    expect((await told('pnpm', '10.34.9', { files })).lines).toEqual(['warning NP115 confirmed']);
  });

  it('is not expected to count where it lies beside no package.json', async () => {
    const { lines: found } = await told('pnpm', '10.34.9', { files: { '../.npmrc': lines } });
    expect(found).toEqual(['NP101 confirmed: @acme/ui@^1.0.0']);
  });
});

describe('the lines for the file that is read', () => {
  const other = '@acme:registry=https://npm.other.example/\n//npm.other.example/:_authToken=';
  const yarn = async (token: string) => {
    const { first } = await told('yarn-berry', '4.18.1', {
      npmrc: `${other}${token}\n`,
      files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    });
    return first?.remedy;
  };

  it('refer to the variable of the file that is not', async () => {
    const remedy = await yarn('${OUR_REGISTRY_TOKEN}');
    expect(remedy?.edit?.after).toContain('npmAuthToken: "${OUR_REGISTRY_TOKEN-}"');
    expect(remedy?.steps.at(-1)).toMatch(/^OUR_REGISTRY_TOKEN stands for a token of that server/);
  });

  it.each([
    ['a token that is written out', 'npm_0123456789abcdefghij'],
    ["the job's own token, which is for another server", '${CI_JOB_TOKEN}'],
  ])('refer to a variable to be made in place of %s', async (_what, token) => {
    expect((await yarn(token))?.edit?.after).toContain('npmAuthToken: "${NPM_TOKEN-}"');
  });
});
