import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutBlocks } from '../../src/clients/marked-block.ts';
import { npmModule } from '../../src/clients/npm/npm-module.ts';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import { type Prefix, prefixUrl } from '../../src/domain/prefix.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, npm, worldOf } from './client-world.ts';

const apiUrl = 'https://gitlab.example.com/api/v4';
const versions = ['6.14.18', '7.24.2', '8.19.4', '9.9.4', '10.9.9', '11.21.2', '12.2.0'];
const instance = planFor('@acme', { kind: 'instance', apiUrl });

function planFor(scope: string | null, prefix: Prefix, tokenVariable = 'CI_JOB_TOKEN'): ScopePlan {
  return { scope, registry: prefixUrl(prefix), prefix, tokenVariable, why: 'test' };
}

function plan(before: string | null, scopes: readonly ScopePlan[] = [instance], version = '10.9.9') {
  const world = worldOf(before === null ? {} : { '~/.npmrc': before });
  const planned = npmModule.planConfig({
    scopes,
    client: npm(version),
    world,
    where: 'user',
    userFolder: null,
  });
  return planned.files[0]?.after ?? '';
}

describe('the block for npm', () => {
  it('has a registry line, its exact key and the key above all projects', () => {
    expect(plan(null)).toBe(
      [
        '# >>> npmrc-preflight: rewritten by each run, taken away by restore',
        '@acme:registry=https://gitlab.example.com/api/v4/packages/npm/',
        '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}',
        '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}',
        '# <<< npmrc-preflight',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['instance', '12.0.0', instance, true],
    ['group', '12.2.0', planFor('@acme', { kind: 'group', apiUrl, group: 'acme/sub' }), true],
    ['project', '12.2.0', planFor('@acme', { kind: 'project', apiUrl, project: '7' }), false],
    ['instance', '11.21.2', instance, false],
    ['instance', '6.14.18', instance, false],
  ])('opens remote tarballs only where npm refuses them: %s on %s', (_, version, scope, opens) => {
    expect(plan('', [scope], version).includes('\nallow-remote=all\n')).toBe(opens);
  });

  it('keeps the root, the port and the encoded path of the URL in every key', () => {
    const group: Prefix = {
      kind: 'group',
      apiUrl: 'http://git.example:8080/gitlab/api/v4',
      group: 'acme/sub',
    };
    const text = plan('', [planFor('@acme', group)]);
    expect(text).toContain(
      '@acme:registry=http://git.example:8080/gitlab/api/v4/groups/acme%2Fsub/-/packages/npm/\n',
    );
    expect(text).toContain('//git.example:8080/gitlab/api/v4/groups/acme%2Fsub/-/packages/npm/:_authToken=');
    expect(text).toContain('//git.example:8080/gitlab/api/v4/projects/:_authToken=');
  });

  it('maps unscoped packages, needs no GitLab, and writes no key without a variable', () => {
    const other = {
      scope: null,
      registry: 'https://npm.example/x',
      prefix: null,
      tokenVariable: null,
      why: '',
    };
    const lines = plan('', [other]).split('\n').slice(1, -2);
    expect(lines).toEqual(['registry=https://npm.example/x/']);
  });

  it('leaves the key above all projects out when two credentials would claim it', () => {
    const text = plan('', [instance, planFor('@b', { kind: 'group', apiUrl, group: '7' }, 'OTHER_TOKEN')]);
    expect(text).not.toContain('/projects/:_authToken');
    const model = resolveNpm(
      worldOf({ '.npmrc': text }, { CI_JOB_TOKEN: 'one', OTHER_TOKEN: 'two' }),
      npm('10.0.0'),
    );
    const tarball = `${apiUrl}/projects/1/packages/npm/@b/x/-/x.tgz`;
    expect(model.credentialFor(tarball, model.registryFor('@b/x').url)).toMatchObject({
      variable: 'OTHER_TOKEN',
    });
  });

  it.each([
    ['a line end in the scope', { scope: '@a\nregistry=https://evil.example/' }],
    ['a separator in the scope', { scope: '@a:registry=https://evil.example/;' }],
    ['a line end in the URL', { registry: 'https://gitlab.example.com/\nregistry=https://evil.example/' }],
    ['another protocol', { registry: 'file:///etc/passwd' }],
    ['no URL', { registry: 'gitlab.example.com/api' }],
  ])('cannot be injected into: %s leaves nothing', (_, part) => {
    expect(plan('a=b\n', [{ ...instance, ...part }])).toBe('a=b\n');
  });

  it.each([
    ['a line end in the variable', 'X}\nregistry=https://evil.example/\n#'],
    ['braces in the variable', 'X}${HOME'],
    ['a token for a variable', 'glpat-abc def'],
  ])('cannot be injected into: %s writes no key', (_, tokenVariable) => {
    const text = plan('', [{ ...instance, tokenVariable }]);
    expect(text.split('\n').slice(1, -2)).toEqual([`@acme:registry=${apiUrl}/packages/npm/`]);
  });

  it('drops user, query and fragment of a URL and encodes what the grammar would cut', () => {
    const registry = 'https://u:p@gitlab.example.com/a;b=c/d$e?x=1#y';
    expect(plan('', [{ ...instance, registry, prefix: null }])).toContain(
      '@acme:registry=https://gitlab.example.com/a%3Bb%3Dc/d%24e/\n',
    );
  });
});

describe('the file around the block', () => {
  it.each([
    ['nothing', ''],
    ['a final line end', 'a=b\n'],
    ['no final line end', 'a=b'],
    ['CRLF', 'a=b\r\n; c\r\n'],
    ['CRLF without a final one', 'a=b\r\nc=d'],
    ['lone carriage returns', 'a=b\rc=d'],
    ['a byte order mark', '\uFEFFa=b\n'],
    ['only a byte order mark', '\uFEFF'],
    ['a section', 'a=b\n[x]\nc=d\n'],
    ['a section at the start', '[x]\nc=d'],
    ['an opening mark alone', 'a=b\n# >>> npmrc-preflight\nc=d\n'],
    ['a closing mark alone', '# <<< npmrc-preflight\na=b'],
    ['a look-alike', '# >>> npmrc-preflights\na=b\n# <<< npmrc-preflight'],
  ])('stays byte for byte: %s', (_, text) => {
    const planned = plan(text);
    expect(planned).not.toBe(text);
    expect(withoutBlocks(planned)).toBe(text);
    expect(plan(planned)).toBe(planned);
  });

  it('keeps lines that stand before and after an older block, and replaces the block', () => {
    const old = plan('a=b\n', [planFor('@old', { kind: 'project', apiUrl, project: '1' })]);
    const edited = `${old}later=1\n`;
    const planned = plan(edited);
    expect(planned.startsWith('a=b\nlater=1\n# >>>')).toBe(true);
    expect(planned).not.toContain('@old');
    expect(withoutBlocks(planned)).toBe('a=b\nlater=1\n');
  });

  it('takes the line end of the file', () => {
    expect(plan('a=b\r\n').replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('is taken back whole when there is nothing to plan', () => {
    expect(plan(plan('a=b'), [])).toBe('a=b');
  });
});

const pieces = fc.constantFrom(
  'a=b',
  '; comment',
  '@acme:registry=https://old.example/',
  '"@acme:registry" = "https://old.example/"',
  '//gitlab.example.com/api/v4/packages/npm/:_authToken=old',
  '//gitlab.example.com/api/v4/projects/:_authToken=old',
  '//gitlab.example.com/:_authToken=${OLD}',
  'allow-remote=none',
  'registry=https://old.example/',
  '[section]',
  '# >>> npmrc-preflight',
  '# <<< npmrc-preflight',
  '\uFEFF',
  ' ',
  'always-auth=true',
);
const fileText = fc
  .array(fc.oneof(pieces, fc.constantFrom('\n', '\r\n', '\r'), fc.string({ maxLength: 6 })), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));
const scopes = fc.subarray(
  [
    instance,
    planFor('@b', { kind: 'group', apiUrl, group: 'acme/b' }),
    planFor('@c', { kind: 'project', apiUrl, project: '42' }),
    planFor('@d', { kind: 'instance', apiUrl: 'http://git.example:8080/gitlab/api/v4' }, 'OTHER_TOKEN'),
  ],
  { minLength: 1 },
);

describe('for any file', () => {
  it('planning is taken back exactly, and twice is once', () => {
    fc.assert(
      fc.property(fileText, scopes, fc.constantFrom(...versions), (text, planned, version) => {
        const before = withoutBlocks(text);
        const after = plan(text, planned, version);
        expect(withoutBlocks(after)).toBe(before);
        expect(plan(after, planned, version)).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('npm of every major version then finds each registry and credential', () => {
    const lines = fc
      .array(fc.oneof(pieces, fc.constant('')), { maxLength: 12 })
      .chain((parts) => fc.constantFrom('\n', '\r\n').map((eol) => parts.join(eol)));
    fc.assert(
      fc.property(lines, scopes, fc.constantFrom(...versions), (text, planned, version) => {
        const env = { CI_JOB_TOKEN: 'job-token', OTHER_TOKEN: 'other-token', OLD: 'old' };
        const model = resolveNpm(worldOf({ '~/.npmrc': plan(text, planned, version) }, env), npm(version));
        expect(model.stop).toBeNull();
        for (const { scope, registry, prefix, tokenVariable } of planned) {
          const name = `${scope}/lib`;
          const project = prefix?.kind === 'project' ? prefix.project : '9';
          const tarball = `${prefix?.apiUrl}/projects/${project}/packages/npm/${name}/-/lib-1.0.0.tgz`;
          expect(model.registryFor(name).url).toBe(registry);
          const refusal = model.refusal(
            tarball,
            registry,
            dependency(name, { kind: 'transitive', dependents: [] }),
          );
          const refusedByUser = version === '11.21.2' && text.includes('allow-remote=none');
          if (!refusedByUser) expect(refusal).toBeNull();
          for (const url of [model.metadataUrl(registry, name), tarball]) {
            const credential = model.credentialFor(url, registry);
            expect(credential).toMatchObject({ kind: 'token', scheme: 'Bearer', variable: tokenVariable });
            if (credential.kind === 'token')
              expect(reveal(credential.secret)).toMatch(/^(?:job|other)-token$/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
