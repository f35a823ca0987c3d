import { describe, expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { findingLine } from '../scenarios/play.ts';
import { remedyText } from '../user-cases/mended.ts';
import { type State, worldOf } from './generic-state.ts';
import { reportOf } from './judge-state.ts';

const usual: State = {
  product: 'verdaccio',
  isOpen: false,
  versions: 'there',
  tarballs: 'own',
  token: 'good',
  key: 'right',
  line: 'right',
  lock: 'none',
  client: 'npm 10.9.2',
  job: 'gitlab',
  covered: false,
  named: false,
};

async function told(part: Partial<State>) {
  const { report, asked } = await reportOf({ ...usual, ...part });
  return {
    verdict: report.verdict,
    findings: report.findings.map(findingLine),
    words: remedyText(report.findings),
    titles: report.findings.map(({ title }) => title),
    asked: asked.map(({ probe }) => probe),
  };
}

const locked = '@corp/ui@1.4.0';
const ranged = '@corp/ui@^1.0.0';

describe('a lockfile that leads to another host than the registry', () => {
  it('is not to blame where the registry itself has its tarballs there', async () => {
    const { findings, words } = await told({ product: 'cloudsmith', lock: 'right' });
    expect(findings).toEqual([`NP103 possible: ${locked}`]);
    expect(words).toContain('//dl.cloudsmith.test/:_authToken=');
  });

  it('is to blame where the registry has them elsewhere', async () => {
    const { findings } = await told({ lock: 'old host' });
    expect(findings).toEqual([`NP111 confirmed: ${locked}`]);
  });

  it('may be to blame where the registry does not say', async () => {
    const { findings } = await told({ product: 'cloudsmith', lock: 'right', token: 'dead' });
    expect(findings).toEqual([`NP103 possible: ${locked} | lockfile-pins-other-registry, package-not-found`]);
  });

  it('is not to blame for what Yarn 4 sends there, and this check does not', async () => {
    const { verdict, titles } = await told({
      product: 'cloudsmith',
      lock: 'right',
      client: 'yarn-berry 4.18.1',
    });
    expect(verdict).toBe('undecided');
    expect(titles).toEqual([expect.stringMatching(/^whether dl\.cloudsmith\.test gives @corp\/ui to yarn/)]);
  });

  it('is not to blame where pnpm drops the file with the line, for want of a value', async () => {
    const dropped = { token: 'unset', lock: 'right', client: 'pnpm 9.15.9' } as const;
    expect((await told(dropped)).findings).toEqual([`NP105 confirmed: ${locked}`]);
  });

  it('asks the registry nothing more where all is there', async () => {
    expect(await told({ lock: 'right' })).toMatchObject({
      verdict: 'pass',
      findings: [],
      asked: ['tarball'],
    });
  });
});

describe('many packages that a lockfile has at another address', () => {
  const names = Array.from({ length: 5 }, (_, index) => `@corp/part-${index}`);
  const dependencies = Object.fromEntries(names.map((name) => [name, '^1.0.0']));
  const held = 'https://npm.corp.test/new/';

  it.each([
    [
      'of another host',
      'https://npm-old.corp.test/new/',
      "'https://npm-old.corp.test/','https://npm.corp.test/'",
    ],
    ['of the same host', 'https://npm.corp.test/old/', `'https://npm.corp.test/old/','${held}'`],
  ])('%s are one finding, with one command', async (_, before, replaced) => {
    const resolved = (name: string, at: string) => `${at}${name}/-/${name.split('/')[1]}-1.4.0.tgz`;
    const packages = Object.fromEntries(
      names.map((name) => [`node_modules/${name}`, { version: '1.4.0', resolved: resolved(name, before) }]),
    );
    const usualWorld = worldOf(usual);
    const world = {
      ...usualWorld,
      files: {
        'package.json': manifest(dependencies),
        '.npmrc': `@corp:registry=${held}\n//npm.corp.test/:_authToken=\${CORP_TOKEN}\n`,
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: { '': { dependencies }, ...packages },
        }),
      },
    };
    const { report } = await reportOf(usual, world, ({ href }) => {
      const name = decodeURIComponent(href.slice(held.length));
      if (!href.startsWith(held) || href.endsWith('.tgz')) return { status: 404, headers: {}, body: '{}' };
      const versions = { '1.4.0': { name, version: '1.4.0', dist: { tarball: resolved(name, held) } } };
      return { status: 200, headers: {}, body: JSON.stringify({ name, 'dist-tags': {}, versions }) };
    });
    expect(report.findings.map(findingLine)).toEqual([
      `NP111 confirmed: ${names.map((name) => `${name}@1.4.0`).join(', ')}`,
    ]);
    expect(remedyText(report.findings)).toContain(`replaceAll(${replaced})`);
  });
});

describe('a lockfile that leads to a host for which there is a key, and no line', () => {
  it.each(['npm 10.9.2', 'pnpm 10.13.1'] as const)('is asked by %s with the token there', async (client) => {
    const state = { line: 'none', lock: 'right', token: 'dead', client } as const;
    expect(await told(state)).toMatchObject({ verdict: 'fail', findings: [`NP202 possible: ${locked}`] });
    expect(await told({ ...state, token: 'good' })).toMatchObject({ verdict: 'pass', findings: [] });
  });
});

describe('a version that the lockfile names and the registry has no longer', () => {
  it('is told from a package that is not there', async () => {
    const { findings, words } = await told({ product: 'nexus', versions: 'older', lock: 'right' });
    expect(findings).toEqual([`NP502 confirmed: ${locked}`]);
    expect(words).toContain('versions that exist: 0.9.0');
    const absent = await told({ product: 'nexus', versions: 'absent', lock: 'right' });
    expect(absent.findings).toEqual([`NP501 possible: ${locked}`]);
  });

  it('is not told by a registry that does not know the token', async () => {
    const { findings } = await told({ versions: 'older', lock: 'right', token: 'dead' });
    expect(findings).toEqual([`NP202 possible: ${locked}`]);
  });
});

describe('a token that may not read the package', () => {
  it.each(['verdaccio', 'nexus', 'artifactory', 'azure', 'codeartifact'] as const)(
    'is told by the 403 of %s',
    async (product) => {
      const { findings, titles, words } = await told({ product, token: 'narrow', job: 'shell' });
      expect(findings).toEqual([`NP202 possible: ${ranged}`]);
      expect(titles[0]).toContain('does not give @corp/ui to the token in CORP_TOKEN');
      expect(words).toContain('give the owner of the token in CORP_TOKEN the right to read @corp/ui');
    },
  );

  it('may be why a registry says 404', async () => {
    const { findings, words } = await told({ product: 'artifactory that hides', token: 'narrow' });
    expect(findings).toEqual([`NP501 possible: ${ranged}`]);
    expect(words).toContain('look whether the owner of the one in CORP_TOKEN may read @corp/ui');
  });

  it('is not spoken of where none is sent', async () => {
    const { words } = await told({ versions: 'absent', isOpen: true, key: 'none' });
    expect(words).not.toContain('hides it');
  });
});

describe('a variable without a value', () => {
  it('may not be why a registry that is open to anyone says 404', async () => {
    const { findings } = await told({
      token: 'unset',
      isOpen: true,
      versions: 'absent',
      client: 'pnpm 11.0.0',
    });
    expect(findings).toEqual([expect.stringMatching(/possible: @corp\/ui@\^1\.0\.0 \| /)]);
  });

  it('is why one says 401', async () => {
    const { findings } = await told({ token: 'unset' });
    expect(findings).toEqual([`NP105 confirmed: ${ranged}`]);
  });
});

describe('a scope that is said to be private, and a default registry of others', () => {
  const named = { named: true, line: 'default' } as const;

  it.each([
    ['a key for it, and a dead token', { token: 'dead' }],
    ['a key for it, and no such package', { versions: 'absent' }],
    ['none, and it asks for one', { key: 'none' }],
    ['one that is meant for it', { key: 'other path', isOpen: true, versions: 'absent', product: 'nexus' }],
  ] as const)('may be there: %s', async (_, part) => {
    const { findings } = await told({ ...named, ...part });
    expect(findings.filter((one) => one.includes('confirmed'))).toEqual([]);
    expect(findings.join()).toMatch(/NP101|scope-not-mapped/);
  });

  it('is not in a mirror that is asked without a key, and has no such package', async () => {
    const { findings } = await told({ ...named, key: 'none', isOpen: true, versions: 'absent' });
    expect(findings).toEqual([`NP101 confirmed: ${ranged}`]);
  });
});

describe('a registry line in a file that npm 12 passes over', () => {
  it('is why it refuses the tarball of the lockfile, and is written as it stands there', async () => {
    const { findings, words } = await told({
      line: 'ignored file',
      lock: 'right',
      client: 'npm 12.2.0',
      job: 'github',
      named: true,
    });
    expect(findings).toEqual([`NP107 confirmed: ${locked}`]);
    expect(words).toContain('@corp:registry=https://npm.corp.test/');
  });

  it('is not, where the file is read and the lockfile leads elsewhere', async () => {
    const { findings, words } = await told({ lock: 'old host', client: 'npm 12.2.0' });
    expect(findings).toEqual([`NP117 confirmed: ${locked}`]);
    expect(words).toContain('npm install @corp/ui@1.4.0 --package-lock-only');
    const { words: own } = await told({ tarballs: 'other path', lock: 'right', client: 'npm 12.2.0' });
    expect(own).not.toContain('lock it again');
  });
});
