import { describe, expect, it } from 'vitest';
import { acmeScenario } from '../../src/demo/acme.ts';
import type { Scenario } from '../../src/demo/scenario.ts';
import { play } from '../scenarios/play.ts';

const literal = 'glpat-abcdefghij0123456789';

const { CI_JOB_TOKEN: _, ...laptop } = acmeScenario({ name: 'env', story: 'the variables of a job' }).env;

/** What is said of a literal token in the files of a checkout. */
async function saidIn(files: Readonly<Record<string, string>>, parts: Partial<Scenario> = {}) {
  const world = acmeScenario({ name: 'literal', story: 'a token in a file', command: 'verify', ...parts });
  const { report } = await play({
    ...world,
    files: { ...world.files, ...files },
    expected: { verdict: 'pass', exitCode: 0, findings: [] },
  });
  const finding = report.findings.find(({ code }) => code === 'NP115');
  return { edit: finding?.remedy.edit?.after, steps: finding?.remedy.steps.join('\n') };
}

const saidOf = (key: string) => saidIn({ '.npmrc': `${key}=${literal}\n` });

const berry = { client: { name: 'yarn-berry', version: '4.9.4' } } as const;
const bun = { client: { name: 'bun', version: '1.4.5' } } as const;
const yarnrc = (scope: string, server: string, field = 'npmAuthToken') => ({
  '.yarnrc.yml': `npmScopes:\n  ${scope}:\n    npmRegistryServer: "${server}"\n    ${field}: "${literal}"\n`,
});
const bunfig = (scope: string, server: string) => ({
  'bunfig.toml': `[install.scopes.${scope}]\nurl = "${server}"\ntoken = "${literal}"\n`,
});
const own = 'https://gitlab.example.com/api/v4/packages/npm/';
const strange = 'https://npm.icons.example/';
const github = {
  env: {
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
  },
};

describe('a literal token', () => {
  it.each(['//gitlab.example.com/api/v4/packages/npm/:_authToken', '//GITLAB.example.com/:_authToken'])(
    'of %s gives way to the token of the job',
    async (key) => {
      const { edit, steps } = await saidOf(key);
      expect(edit).toBe(`${key}=\${CI_JOB_TOKEN}`);
      expect(steps).toContain('${CI_JOB_TOKEN} is there already');
    },
  );

  it.each(['//npm.example.com/:_authToken', '//gitlab.example.com:8443/:_authToken'])(
    'of %s is never replaced by the one of the job, which is for another server',
    async (key) => {
      const { edit, steps } = await saidOf(key);
      expect(edit).toBe(`${key}=\${NPM_TOKEN}`);
      expect(steps).not.toContain('CI_JOB_TOKEN');
    },
  );

  it.each<[string, Readonly<Record<string, string>>, Partial<Scenario>, string]>([
    [
      "a scope of the job's GitLab, Yarn 4",
      yarnrc('acme', own),
      berry,
      '    npmAuthToken: "${CI_JOB_TOKEN-}"',
    ],
    [
      'a scope of another server, Yarn 4',
      yarnrc('icons', strange),
      berry,
      '    npmAuthToken: "${NPM_TOKEN-}"',
    ],
    [
      'the same in a workflow',
      yarnrc('icons', strange),
      { ...berry, ...github },
      '    npmAuthToken: "${NPM_TOKEN-}"',
    ],
    [
      'a user and password for GitLab, Yarn 4',
      yarnrc('acme', own, 'npmAuthIdent'),
      berry,
      '    npmAuthToken: "${CI_JOB_TOKEN-}"',
    ],
    ["a scope of the job's GitLab, Bun", bunfig('acme', own), bun, 'token = "$CI_JOB_TOKEN"'],
    ['a scope of another server, Bun', bunfig('icons', strange), bun, 'token = "$NPM_TOKEN"'],
    ['the same in a workflow', bunfig('icons', strange), { ...bun, ...github }, 'token = "$NPM_TOKEN"'],
    [
      'a scope between braces, Bun',
      { 'bunfig.toml': `[install.scopes]\nacme = { url = "${own}", token = "${literal}" }\n` },
      bun,
      `acme = { url = "${own}", token = "$CI_JOB_TOKEN" }`,
    ],
    [
      'a scope between braces, Yarn 4',
      {
        '.yarnrc.yml': `npmScopes:\n  icons: { npmAuthToken: ${literal}, npmRegistryServer: "${strange}" }\n`,
      },
      berry,
      `  icons: { npmAuthToken: "\${NPM_TOKEN-}", npmRegistryServer: "${strange}" }`,
    ],
  ])('of %s gives way to a variable of that server', async (_name, files, parts, line) => {
    expect((await saidIn(files, parts)).edit).toBe(line);
  });

  it('beside another secret between the same braces is left to a person, in words', async () => {
    const table = `acme = { url = "https://npm.icons.example/", token = "${literal}", password = "${literal}2" }`;
    const { edit, steps } = await saidIn({ 'bunfig.toml': `[install.scopes]\n${table}\n` }, bun);
    expect(edit).toBe('acme = { url = "https://npm.icons.example/", token = "$NPM_TOKEN" }');
    const other = table.replace('password', 'secret');
    const kept = await saidIn({ 'bunfig.toml': `[install.scopes]\n${other}\n` }, bun);
    expect(kept.edit).toBeUndefined();
    expect(kept.steps).toContain('at bunfig.toml:2 let token be "$NPM_TOKEN"');
    expect(steps).not.toContain('let token be');
  });

  it('keeps no protocol behind the slashes of its key, where no client looks it up', async () => {
    const { edit } = await saidOf('//https://gitlab.example.com/api/v4/:_authToken');
    expect(edit).toBe('//gitlab.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}');
  });

  it('without a registry in its key is keyed by the one that it goes to', async () => {
    const named = await saidIn({ '.npmrc': `registry=${own}\n_authToken=${literal}\n` }, { npm: '8.19.4' });
    expect(named.edit).toBe('//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}');
    const unnamed = await saidIn({ '.npmrc': `_authToken=${literal}\n` }, { npm: '8.19.4' });
    expect(unnamed.edit).toBeUndefined();
    expect(unnamed.steps).toContain('//host/path/:_authToken=${NPM_TOKEN}');
    expect(unnamed.steps).not.toContain('CI_JOB_TOKEN');
  });

  it.each(['_auth', '_password'])('under %s is no text that a token can take the place of', async (field) => {
    const gitlab = await saidOf(`//gitlab.example.com/api/v4/packages/npm/:${field}`);
    expect(gitlab.edit).toBe('//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}');
    const other = await saidOf(`//npm.icons.example/:${field}`);
    expect(other.edit).toBe(`//npm.icons.example/:${field}=\${NPM_LOGIN}`);
    expect(other.steps).toContain('in the form in which it stands here');
  });

  it('gives way to no variable of the job that has no value', async () => {
    const { steps } = await saidIn(
      { '.npmrc': `//gitlab.example.com/:_authToken=${literal}\n` },
      { env: laptop },
    );
    expect(steps).toContain('CI_JOB_TOKEN, which has no value in this step');
  });

  it('stays out of a file of the project of which the client takes no reference', async () => {
    const { edit, steps } = await saidIn(
      { '.npmrc': `//gitlab.example.com/:_authToken=${literal}\n` },
      { client: { name: 'pnpm', version: '11.28.11' } },
    );
    expect(edit).toBe('//gitlab.example.com/:_authToken=${CI_JOB_TOKEN}');
    expect(steps).toContain('take the line out of .npmrc, and put the new one into');
  });
});
