import { describe, expect, it } from 'vitest';
import { applyRemedy } from './apply-remedy.ts';
import { inFront } from './passages.ts';
import { findingLine, play } from './play.ts';
import { friends, rc, situation, url } from './situation.ts';
import type { TestWorld } from './test-world.ts';

const registry = `${url}/api/v4/packages/npm/`;
const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;
const berry = { name: 'yarn-berry', version: '4.9.4' } as const;
const age = { ...berry, version: '4.18.1' };
const scope = `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n    npmAuthToken: "\${CI_JOB_TOKEN-}"\n`;
const others = '  ui:\n    npmRegistryServer: "https://ui.example/npm/"\n    npmAuthToken: "${UI_TOKEN-}"\n';

type Parts = Omit<Parameters<typeof situation>[0], 'name' | 'story' | 'expected'>;

function world(parts: Partial<Parts>): TestWorld {
  return situation({
    name: 'edit',
    story: 'an edit of a file as it stands',
    expected,
    gitlab: friends(),
    ...parts,
  });
}

const elsewhere = friends().package('acme/ui', '@else/kit', '1.0.0');
const publicToo = { '@acme/ui': '^1.0.0', leftpad: '^1.0.0' };

/** What is heard until the check passes, when the edits of all errors are carried out as printed, and nothing else. */
async function carriedOut(
  first: TestWorld,
): Promise<{ heard: readonly string[]; files: TestWorld['files'] }> {
  const heard: string[] = [];
  let now = first;
  for (let step = 0; step < 4; step += 1) {
    const { report } = await play(now);
    if (report.verdict === 'pass') return { heard, files: now.files };
    const error = report.findings.find(({ severity }) => severity === 'error');
    if (!error?.remedy.edit) throw new Error(`${heard.join('; ')}: no edit for ${error?.title}`);
    heard.push(findingLine(error).slice(0, 5));
    now = applyRemedy(now, error) ?? now;
  }
  throw new Error(`still failing: ${heard.join('; ')}`);
}

describe('an edit, carried out as printed', () => {
  it.each<[string, string[], Partial<Parts>]>([
    [
      'a reference in a registry of pnpm-workspace.yaml',
      ['NP106'],
      {
        client: { name: 'pnpm', version: '11.28.11' },
        home: { '.npmrc': rc.key },
        files: {
          'pnpm-workspace.yaml':
            'packages: ["."]\nregistries:\n  "@acme": "${CI_API_V4_URL}/packages/npm/"\n',
        },
      },
    ],
    [
      'a registry of pnpm-workspace.yaml that can not serve the scope',
      ['NP112'],
      {
        gitlab: elsewhere,
        dependencies: { '@else/kit': '1.0.0' },
        client: { name: 'pnpm', version: '11.28.11' },
        home: { '.npmrc': rc.key },
        files: { 'pnpm-workspace.yaml': `packages: ["."]\nregistries:\n  "@else": "${registry}"\n` },
      },
    ],
    [
      'a scope of Yarn 2+ at a prefix that an old server has no metadata at',
      ['NP113'],
      {
        gitlab: friends({ version: '13.4' }),
        client: berry,
        files: { '.yarnrc.yml': scope.replace('/packages/npm/', '/projects/324/packages/npm/') },
        passage: inFront((path) =>
          path.startsWith('/api/v4/projects/324/packages/npm/@acme/ui') && !path.endsWith('.tgz')
            ? { status: 404, body: '{"error":"404 Not Found"}' }
            : null,
        ),
      },
    ],
    [
      'a scope of bunfig.toml at a prefix that can not serve it',
      ['NP112'],
      {
        gitlab: elsewhere,
        dependencies: { '@else/kit': '1.0.0' },
        client: { name: 'bun', version: '1.4.5' },
        files: {
          'bunfig.toml': `[install.scopes]\nelse = { url = "${registry}", token = "$CI_JOB_TOKEN" }\n`,
        },
      },
    ],
    [
      'registry= at a prefix that can not serve a scope',
      ['NP112'],
      {
        gitlab: elsewhere,
        dependencies: { '@else/kit': '1.0.0', '@acme/ui': '1.4.0' },
        npmrc: `registry=${registry}\n${rc.key}`,
        inputs: { scopes: '@acme,@else' },
      },
    ],
    [
      'the registry of all packages in bunfig.toml',
      ['NP110'],
      {
        gitlab: friends({ forwarding: false }),
        dependencies: publicToo,
        client: { name: 'bun', version: '1.4.5' },
        files: { 'bunfig.toml': `[install]\nregistry = { url = "${registry}", token = "$CI_JOB_TOKEN" }\n` },
      },
    ],
    [
      'the registry of all packages in a .yarnrc',
      ['NP110'],
      {
        gitlab: friends({ forwarding: false }),
        dependencies: publicToo,
        client: { name: 'yarn', version: '1.22.22' },
        npmrc: `//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n//gitlab.example.com/api/v4/projects/:_authToken=\${CI_JOB_TOKEN}\n`,
        files: { '.yarnrc': `registry "${registry}"\n` },
      },
    ],
    [
      'the registry of all packages beside that of the scope',
      ['NP110'],
      {
        gitlab: friends({ forwarding: false }),
        dependencies: publicToo,
        client: berry,
        files: { '.yarnrc.yml': `npmRegistryServer: "${registry}"\n${scope}` },
      },
    ],
    [
      'a key of npmRegistries for another port',
      ['NP104'],
      {
        client: berry,
        files: {
          '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n${others}npmRegistries:\n  "//gitlab.example.com:8443/api/v4/packages/npm":\n    npmAuthToken: "\${CI_JOB_TOKEN-}"\n`,
        },
      },
    ],
    [
      'no token for a scope among others',
      ['NP102'],
      {
        client: berry,
        files: { '.yarnrc.yml': `npmScopes:\n${others}  acme:\n    npmRegistryServer: "${registry}"\n` },
      },
    ],
    [
      'a scope in other letters',
      ['NP101', 'NP102'],
      { client: berry, files: { '.yarnrc.yml': `${scope.replace('acme', 'Acme')}${others}` } },
    ],
    [
      'an age limit with exceptions, Yarn',
      ['NP118'],
      { client: age, files: { '.yarnrc.yml': `npmPreapprovedPackages:\n  - "@ours/*"\n${scope}` } },
    ],
    [
      'an age limit with exceptions, pnpm',
      ['NP118'],
      {
        client: { name: 'pnpm', version: '10.34.9' },
        npmrc: rc.instance,
        home: { '.npmrc': rc.key },
        files: {
          'pnpm-workspace.yaml':
            'packages: ["."]\nminimumReleaseAge: 1440\nminimumReleaseAgeExclude:\n  - "@ours/*"\n',
        },
      },
    ],
    [
      'a user with a password between braces, Bun',
      ['NP203'],
      {
        client: { name: 'bun', version: '1.4.5' },
        variables: { PASSWORD: 'a-password-of-alice' },
        files: {
          'bunfig.toml': `[install.scopes]\nacme = { url = "${registry}", username = "alice", password = "$PASSWORD" }\n`,
        },
      },
    ],
    [
      'a variable without a value between braces, Bun',
      ['NP105'],
      {
        client: { name: 'bun', version: '1.4.5' },
        files: { 'bunfig.toml': `[install.scopes]\nacme = { token = "$GONE", url = "${registry}" }\n` },
      },
    ],
    [
      'a variable without a value, Yarn',
      ['NP105'],
      { client: berry, files: { '.yarnrc.yml': scope.replace('CI_JOB_TOKEN', 'GONE') + others } },
    ],
    [
      'a reference of a shell, Yarn',
      ['NP109'],
      {
        client: berry,
        files: { '.yarnrc.yml': scope.replace('"${CI_JOB_TOKEN-}"', '$CI_JOB_TOKEN') + others },
      },
    ],
    [
      'allow-remote=none in the project, in run',
      ['NP117'],
      { npm: '12.2.0', command: 'run', npmrc: 'allow-remote=none\n' },
    ],
  ])('%s', async (_, codes, parts) => {
    const { heard, files } = await carriedOut(world(parts));
    expect(heard).toEqual(codes);
    const yaml = files['.yarnrc.yml'] ?? '';
    expect(yaml.match(/^npmScopes:/gm) ?? []).toHaveLength(yaml === '' ? 0 : 1);
    for (const other of ['@ours/*', 'UI_TOKEN'])
      if (JSON.stringify(parts).includes(other)) expect(JSON.stringify(files)).toContain(other);
  });

  it('keeps the indentation of its line: a scope with its @', async () => {
    const yaml = `npmScopes:\n    "@acme":\n      npmRegistryServer: "${registry}"\n`;
    const { report } = await play(world({ client: berry, files: { '.yarnrc.yml': yaml } }));
    const { remedy } = report.findings.find(({ code }) => code === 'NP109') ?? {};
    expect(remedy?.edit).toEqual({
      file: '.yarnrc.yml',
      line: 2,
      before: '    "@acme":',
      after: '    acme:',
    });
  });

  it('takes the place of no line that holds more: between braces it is left to a person, in words', async () => {
    const yaml = `npmScopes:\n  acme: { npmRegistryServer: "${registry}", npmAuthToken: $CI_JOB_TOKEN }\n`;
    const { report } = await play(world({ client: berry, files: { '.yarnrc.yml': yaml } }));
    const [{ code, remedy } = { code: '', remedy: null }] = report.findings;
    expect(code).toBe('NP109');
    expect(remedy?.edit).toBeUndefined();
    expect(remedy?.steps.at(-1)).toBe(
      '.yarnrc.yml:2 holds more than that setting: change it there to npmAuthToken: "${CI_JOB_TOKEN-}"',
    );
  });

  it('leaves two keys of one name to nobody: braces are left to a person, in words', async () => {
    const yaml = `npmScopes: { acme: { npmRegistryServer: "${registry}" } }\n`;
    const { report } = await play(world({ client: berry, files: { '.yarnrc.yml': yaml } }));
    const [{ remedy } = { remedy: null }] = report.findings;
    expect(remedy?.edit).toBeUndefined();
    expect(remedy?.steps.at(-1)).toBe(
      `.yarnrc.yml:1 has a part of it already, and may have that once only: bring this into it: npmScopes: acme: npmRegistryServer: "${registry}" npmAuthToken: "\${CI_JOB_TOKEN-}"`,
    );
  });
});

describe('two edits that bring one key', () => {
  const kit = friends().package('acme/ui', '@else/kit', '1.0.0');
  const two = { '@acme/ui': '^1.0.0', '@else/kit': '1.0.0' };

  it('say that it may stand there once only', async () => {
    const npmrc = `${rc.group}@else:registry=${url}/api/v4/groups/acme/-/packages/npm/\n${rc.key}`;
    const { report } = await play(
      world({
        gitlab: kit,
        dependencies: two,
        client: berry,
        npmrc,
        files: { '.yarnrc.yml': 'nodeLinker: pnp\n' },
      }),
    );
    const steps = report.findings.map(({ code, remedy }) => [
      code,
      /"npmScopes:"/.test(remedy.steps.join(' ')),
    ]);
    expect(steps).toEqual([
      ['NP107', false],
      ['NP107', true],
    ]);
  });

  it('carry on below it where it is there, one after the other', async () => {
    const yaml = `npmScopes:\n  acme:\n    npmRegistryServer: "${url}/api/v4/groups/acme/-/packages/npm/"\n  else:\n    npmRegistryServer: "${url}/api/v4/groups/acme/-/packages/npm/"\n`;
    const named = world({ gitlab: kit, dependencies: two, client: berry, files: { '.yarnrc.yml': yaml } });
    const { heard } = await carriedOut(named);
    expect(heard).toEqual(['NP102', 'NP102']);
  });
});

describe('a variable that wins over the files', () => {
  it('is taken away, and what it mapped gets a line: NPM_CONFIG_REGISTRY', async () => {
    const named = world({
      gitlab: friends({ forwarding: false }),
      dependencies: publicToo,
      npmrc: rc.key,
      variables: { NPM_CONFIG_REGISTRY: registry },
    });
    const { report } = await play(named);
    const [finding] = report.findings;
    expect(finding?.code).toBe('NP110');
    expect(finding?.remedy.steps[0]).toContain('take the variable NPM_CONFIG_REGISTRY out of the job');
    const { NPM_CONFIG_REGISTRY: _, ...env } = named.env;
    const next = finding && applyRemedy({ ...named, env }, finding);
    expect(next && (await play(next)).report.verdict).toBe('pass');
  });

  it('is set or taken away itself: npm_config_allow_remote', async () => {
    const named = world({
      npm: '12.2.0',
      npmrc: rc.instance + rc.key,
      variables: { npm_config_allow_remote: 'none' },
    });
    const { report } = await play(named);
    expect(report.findings[0]?.remedy.edit).toBeUndefined();
    expect(report.findings[0]?.remedy.steps[0]).toContain('the variable npm_config_allow_remote says none');
  });
});

describe("a scope's registry that a variable of the environment says", () => {
  const variable = 'npm_config_@acme:registry';
  const wrong = `${url}/api/v4/projects/512/packages/npm/`;

  it('is changed there, as no file wins over it', async () => {
    const named = world({ npmrc: rc.key, variables: { [variable]: wrong } });
    const { report } = await play(named);
    const [finding] = report.findings;
    expect(finding && findingLine(finding)).toBe('NP501 confirmed: @acme/ui@^1.0.0');
    expect(finding?.remedy.edit).toBeUndefined();
    expect(finding?.remedy.steps.at(-1)).toBe(
      `the environment variable ${variable} says it, and wins over the files: give it the value ${registry} where the job sets it`,
    );
    const next = await play({ ...named, env: { ...named.env, [variable]: registry } });
    expect(next.report.verdict).toBe('pass');
  });

  it('is mapped by a line where the variable is that of all packages', async () => {
    const named = world({ npmrc: rc.key, variables: { npm_config_registry: wrong } });
    const { report } = await play(named);
    expect(report.findings[0]?.remedy.edit?.after).toBe(`@acme:registry=${registry}`);
  });
});

describe('registry= for private packages without a scope', () => {
  const npmrc = `registry=${url}/api/v4/projects/324/packages/npm/\n${rc.key}`;
  const gitlab = friends({ forwarding: false }).package('acme/ui', 'acme-kit', '1.0.0');

  it('is not to be taken away for a public one, of which the finding says where it comes from', async () => {
    const { report } = await play(
      world({ gitlab, npmrc, dependencies: { 'acme-kit': '^1.0.0', leftpad: '^1.0.0' } }),
    );
    expect(report.findings.map(findingLine)).toEqual(['NP501 confirmed: leftpad@^1.0.0']);
    expect(report.findings[0]?.remedy.steps).toContain(
      'if leftpad is a public package: .npmrc:1 sends every name here that no line of its own scope covers, and nothing is had from here but what is published here or forwarded',
    );
  });

  it('is warned of where all packages without a scope are public ones', async () => {
    const forwarding = friends({ forwarding: true });
    const { report } = await play(
      world({ gitlab: forwarding, npmrc, dependencies: { '@acme/ui': '^1.0.0', leftpad: '^1.0.0' } }),
    );
    expect(report.findings.map(findingLine)).toEqual(['warning NP110 confirmed']);
  });

  it('is warned of where it serves scopes alone', async () => {
    const { report } = await play(world({ gitlab, npmrc }));
    expect(report.findings.map(findingLine)).toEqual(['warning NP110 confirmed']);
    expect(report.findings[0]?.remedy.edit?.after).toBe(
      `@acme:registry=${url}/api/v4/projects/324/packages/npm/`,
    );
  });
});

describe('Yarn 1 in a project of another package manager', () => {
  it('is told to be the wrong one', async () => {
    const { report } = await play(
      world({
        inputs: { client: 'yarn@1.22.22' },
        npmrc: rc.instance + rc.key,
        files: {
          'package.json': JSON.stringify({
            name: 'my-project',
            packageManager: 'pnpm@9.15.9',
            dependencies: { '@acme/ui': '^1.0.0' },
          }),
        },
      }),
    );
    expect(report.findings[0]?.remedy.steps).toEqual([
      'where the job installs with pnpm: leave out the input client, or set it to pnpm',
      'where it is to be yarn: let packageManager in package.json say "yarn@1.22.22"',
    ]);
  });
});

describe('publishConfig for a scope with a dot', () => {
  it('is set by a path that npm takes for one key', async () => {
    const named = world({
      npmrc: rc.instance + rc.key,
      inputs: { publish: 'true' },
      files: {
        'package.json': JSON.stringify({
          name: '@acme.x/shop',
          version: '1.0.0',
          publishConfig: { '@acme.x:registry': registry },
          dependencies: { '@acme/ui': '^1.0.0' },
        }),
      },
    });
    const { report } = await play(named);
    const [finding] = report.findings;
    const project = `${url}/api/v4/projects/512/packages/npm/`;
    expect(finding?.remedy.command).toBe(`npm pkg set "publishConfig[@acme.x:registry]=${project}"`);
    const next = finding && applyRemedy(named, finding);
    expect(JSON.parse(next?.files['package.json'] ?? '').publishConfig).toEqual({
      '@acme.x:registry': project,
    });
  });
});
