import { describe, expect, it } from 'vitest';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import type { ConfigProblem } from '../../src/domain/client.ts';
import { npm, worldOf } from './client-world.ts';

const url = 'https://gitlab.example.com/api/v4/packages/npm/';
const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken';

function problemsOf(text: string, version = '11.21.2', env: Record<string, string> = { CI_JOB_TOKEN: 't' }) {
  return resolveNpm(worldOf({ '.npmrc': text }, env), npm(version)).problems;
}

function malformed(problems: readonly ConfigProblem[]) {
  return problems.filter((problem) => problem.kind === 'malformed-line');
}

describe('malformed lines', () => {
  it.each([
    ['no = behind a scope', `@acme:registry ${url}`, `@acme:registry=${url}`],
    ['a colon as in YAML', `registry: ${url}`, `registry=${url}`],
    ['no = behind a key', `${key} \${CI_JOB_TOKEN}`, `${key}=\${CI_JOB_TOKEN}`],
    ['a scheme in the key', `https:${key}=\${CI_JOB_TOKEN}`, `${key}=\${CI_JOB_TOKEN}`],
    ['a scheme behind the slashes', `//https:${key}=\${CI_JOB_TOKEN}`, `${key}=\${CI_JOB_TOKEN}`],
    [
      'no slashes',
      `gitlab.example.com/:_authToken=\${CI_JOB_TOKEN}`,
      `//gitlab.example.com/:_authToken=\${CI_JOB_TOKEN}`,
    ],
    [
      'no field',
      `//gitlab.example.com/api/v4/=\${CI_JOB_TOKEN}`,
      `//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}`,
    ],
    [
      'no colon',
      `//gitlab.example.com/api/_authToken=\${CI_JOB_TOKEN}`,
      `//gitlab.example.com/api/:_authToken=\${CI_JOB_TOKEN}`,
    ],
    [
      'a field in lower case',
      `//gitlab.example.com/:_authtoken=\${CI_JOB_TOKEN}`,
      `//gitlab.example.com/:_authToken=\${CI_JOB_TOKEN}`,
    ],
    ['a scope without @', `acme:registry=${url}`, `@acme:registry=${url}`],
    ['a package for a scope', `@acme/lib:registry=${url}`, `@acme:registry=${url}`],
    ['a package for the key', `@acme/lib = "${url}"`, `@acme:registry="${url}"`],
    ['a slash for the colon', `@acme/registry=${url}`, `@acme:registry=${url}`],
    [
      'a line break in letters',
      `@acme:registry=${url}\\n${key}=\${CI_JOB_TOKEN}`,
      `@acme:registry=${url}\n${key}=\${CI_JOB_TOKEN}`,
    ],
    [
      'line breaks in letters, the key first, a token written out',
      `"${key}=glpat-SecretSecret123\\n@acme:registry=${url}\\n"`,
      `${key}=…\n@acme:registry=${url}`,
    ],
    [
      'line breaks in letters behind another setting',
      `always-auth = true \\n@acme:registry = "${url}" \\nstrict-ssl = false`,
      `always-auth = true\n@acme:registry = "${url}"\nstrict-ssl = false`,
    ],
    ['a line break in letters at the end', `${key}=\${CI_JOB_TOKEN}\\n`, `${key}=\${CI_JOB_TOKEN}`],
    ['an option of echo', `-e @acme:registry=${url}`, `@acme:registry=${url}`],
    ['an option of echo before the key', `-e ${key}=\${CI_JOB_TOKEN}`, `${key}=\${CI_JOB_TOKEN}`],
    [
      'two settings in one',
      `@acme:registry=${url}${key}=\${CI_JOB_TOKEN}`,
      `@acme:registry=${url}\n${key}=\${CI_JOB_TOKEN}`,
    ],
    [
      'a registry without protocol',
      '@acme:registry=gitlab.example.com/api/v4/packages/npm/',
      `@acme:registry=${url}`,
    ],
    [
      'a path with an open slash',
      '@acme:registry=https://gitlab.example.com/api/v4/projects/acme/libs/ui/packages/npm/',
      '@acme:registry=https://gitlab.example.com/api/v4/projects/acme%2Flibs%2Fui/packages/npm/',
    ],
    [
      'a path with an open slash behind a reference',
      '@acme:registry=${CI_API_V4_URL}/groups/acme/libs/-/packages/npm/',
      '@acme:registry=${CI_API_V4_URL}/groups/acme%2Flibs/-/packages/npm/',
    ],
    [
      'a reference to a path',
      '@acme:registry=${CI_API_V4_URL}/projects/${CI_PROJECT_PATH}/packages/npm/',
      '@acme:registry=${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/npm/',
    ],
    [
      'a group without /-/',
      '@acme:registry=https://gitlab.example.com/api/v4/groups/70/packages/npm/',
      '@acme:registry=https://gitlab.example.com/api/v4/groups/70/-/packages/npm/',
    ],
    [
      'a project with /-/',
      '@acme:registry=https://gitlab.example.com/api/v4/projects/324/-/packages/npm/',
      '@acme:registry=https://gitlab.example.com/api/v4/projects/324/packages/npm/',
    ],
    [
      'the API itself',
      '@acme:registry=https://gitlab.example.com/gitlab/api/v4/',
      '@acme:registry=https://gitlab.example.com/gitlab/api/v4/packages/npm/',
    ],
    [
      'a project without its route',
      '@acme:registry=https://gitlab.example.com/api/v4/projects/324',
      '@acme:registry=https://gitlab.example.com/api/v4/projects/324/packages/npm/',
    ],
    [
      'a project whose route is cut off',
      '@acme:registry=${CI_API_V4_URL}/projects/acme/ui/packages/',
      '@acme:registry=${CI_API_V4_URL}/projects/acme%2Fui/packages/npm/',
    ],
    [
      'a group whose route is cut off',
      'registry=https://gitlab.example.com/api/v4/groups/acme/-/packages',
      'registry=https://gitlab.example.com/api/v4/groups/acme/-/packages/npm/',
    ],
    [
      'an API that is gone',
      '@acme:registry=https://gitlab.example.com/api/v3/packages/npm/',
      '@acme:registry=https://gitlab.example.com/api/v4/packages/npm/',
    ],
    ['Bearer in the value', `${key}=Bearer \${CI_JOB_TOKEN}`, `${key}=\${CI_JOB_TOKEN}`],
    ['a shell reference', `${key}=$CI_JOB_TOKEN`, `${key}=\${CI_JOB_TOKEN}`],
    ['a fallback', `${key}=\${CI_JOB_TOKEN:-}`, `${key}=\${CI_JOB_TOKEN}`],
    ['quotes around the line', `"${key}=\${CI_JOB_TOKEN}"`, `${key}=\${CI_JOB_TOKEN}`],
    ['a section', `[gitlab]\n${key}=\${CI_JOB_TOKEN}`, null],
    ['no value', `${key}=`, null],
  ])('are reported: %s', (_, text, corrected) => {
    const found = malformed(problemsOf(text));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      corrected,
      source: { kind: 'file', path: '.npmrc', line: 1, column: 1 },
    });
  });

  it.each([
    ['plain lines', `@acme:registry=${url}\n${key}=\${CI_JOB_TOKEN}`],
    ['quotes and spaces', `'@acme:registry' = "${url}"\n'${key}'="\${CI_JOB_TOKEN}"`],
    ['a comment behind the value', `${key}=\${CI_JOB_TOKEN} # of the job`],
    ['a key without the last slash', `//gitlab.example.com/api/v4:_authToken=\${CI_JOB_TOKEN}`],
    ['a port', `//gitlab.example.com:8080/:_authToken=\${CI_JOB_TOKEN}`],
    ['a reference in the registry', '@acme:registry=${CI_API_V4_URL}/packages/npm/'],
    ['an encoded path', '@acme:registry=https://gitlab.example.com/api/v4/projects/acme%2Fui/packages/npm/'],
    ['a group', '@acme:registry=https://gitlab.example.com/gitlab/api/v4/groups/70/-/packages/npm/'],
    [
      'another API',
      '@acme:registry=https://gitlab.example.com/api/v4x/\n@b:registry=https://npm.example.com/api/',
    ],
    ['the same words elsewhere', '@acme:registry=https://npm.example.com/projects/acme/ui/packages/npm/'],
    ['an optional reference', `${key}=\${CI_JOB_TOKEN?}`],
    ['a folder whose name begins with n', 'cafile=C:\\new\\ca.pem\ncache=D:\\n'],
    ['a scope alone, which maps nothing', `@acme=${url}`],
    ['a scope that is set to no address', '@acme=true\n@acme/lib=1.0.0'],
    ['switches', 'always-auth\nengine-strict=true\nsave-exact'],
    ['comments', `; @acme:registry ${url}\n# ${key} x\n[empty]`],
    ['certificates', '//gitlab.example.com/:certfile=a\n//gitlab.example.com/:keyfile=b'],
  ])('near misses stay silent: %s', (_, text) => {
    expect(malformed(problemsOf(text))).toEqual([]);
  });

  it('depend on the version', () => {
    const noSlash = `//gitlab.example.com/api/v4/packages/npm:_authToken=x`;
    expect(malformed(problemsOf(noSlash, '6.14.18'))[0]).toMatchObject({ corrected: `${key}=…` });
    expect(malformed(problemsOf(noSlash, '7.0.0'))).toEqual([]);
    const optional = `${key}=\${CI_JOB_TOKEN?}`;
    expect(malformed(problemsOf(optional, '11.5.0'))).toHaveLength(1);
    expect(malformed(problemsOf(optional, '11.6.0'))).toEqual([]);
  });
});

describe('other problems', () => {
  it('name unset and empty variables of credentials and registries, not of other settings', () => {
    const text = `${key}=\${GONE}\n@acme:registry=\${NOWHERE}/\neditor=\${EDITOR_X}\n//b.example/:_authToken=\${EMPTY}`;
    const found = problemsOf(text, '10.0.0', { EMPTY: '' }).filter(({ kind }) => kind === 'unset-variable');
    expect(found).toMatchObject([{ variable: 'GONE' }, { variable: 'NOWHERE' }, { variable: 'EMPTY' }]);
    expect(problemsOf(`${key}=\${CI_JOB_TOKEN}`)).toEqual([]);
  });

  it('name tokens written out in the checkout, not those outside it', () => {
    const text = `${key}=glpat-SecretSecret123`;
    expect(problemsOf(text)).toMatchObject([{ kind: 'literal-token', setting: { key, written: '…' } }]);
    const outside = resolveNpm(worldOf({ '~/.npmrc': text }), npm('10.0.0'));
    expect(outside.problems).toEqual([]);
    expect(problemsOf(`${key}=\${CI_JOB_TOKEN}`)).toEqual([]);
  });

  it('name both places of a shadowed setting, unless they say the same', () => {
    const files = (project: string, user: string) => ({ '.npmrc': project, '~/.npmrc': user });
    const of = (project: string, user: string) =>
      resolveNpm(worldOf(files(project, user)), npm('10.0.0')).problems.filter(
        ({ kind }) => kind === 'shadowed',
      );
    expect(of('@acme:registry=https://a.example/', `@acme:registry=${url}`)).toMatchObject([
      {
        winner: { source: { path: '.npmrc', line: 1 } },
        loser: { source: { path: '/home/ci/.npmrc', line: 1 } },
      },
    ]);
    expect(of(`@acme:registry=${url}`, `@acme:registry=${url}`)).toEqual([]);
    const twice = problemsOf(`@acme:registry=https://a.example/\n@acme:registry=${url}`);
    expect(twice).toMatchObject([
      { kind: 'shadowed', winner: { source: { line: 2 } }, loser: { source: { line: 1 } } },
    ]);
  });

  it('name the rc files of workspace folders, which npm passes over', () => {
    const files = { '.npmrc': '', 'apps/web/.npmrc': `@acme:registry=${url}` };
    const folders = { workspaceFolders: ['/checkout/apps/web', '/checkout/apps/api'] };
    const model = resolveNpm(worldOf(files, {}, folders), npm('10.0.0'));
    expect(model.problems).toMatchObject([
      { kind: 'ignored-file', file: { path: '/checkout/apps/web/.npmrc', state: 'not-read-by-client' } },
    ]);
    expect(resolveNpm(worldOf({ '.npmrc': '' }, {}, folders), npm('10.0.0')).problems).toEqual([]);
  });
});
