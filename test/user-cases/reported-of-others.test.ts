import { describe, expect, it } from 'vitest';
import { manifest } from '../../src/demo/scenario.ts';
import { genericReply } from '../generic/generic-server.ts';
import { type State, type StateWorld, serverOf, tokens, variablesOf } from '../generic/generic-state.ts';
import { reportOf } from '../generic/judge-state.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { findingLine } from '../scenarios/play.ts';
import type { Answers } from '../support/outcome-of.ts';
import { remedyText } from './mended.ts';

/** A failure at a registry that is neither GitLab's nor GitHub's which somebody reported, with what mended it there. */
interface Report {
  story: string;
  server?: Partial<State>;
  answers?: Answers;
  client?: StateWorld['client'];
  files?: Readonly<Record<string, string>>;
  home?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  findings: readonly string[];
  remedy?: readonly string[];
  without?: readonly string[];
  /** Mends it where no edit does; `null`: nothing here can. */
  carryOut?: ((world: StateWorld) => StateWorld) | null;
}

const usual: State = {
  product: 'artifactory',
  isOpen: false,
  versions: 'there',
  tarballs: 'own',
  token: 'good',
  key: 'right',
  line: 'right',
  lock: 'none',
  client: 'npm 10.9.2',
  job: 'github',
  covered: false,
  named: false,
};
const ui = '@corp/ui@^1.0.0';
const locked = '@corp/ui@1.4.0';
const npm = (version: string) => ({ name: 'npm', version }) as const;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const stateOf = ({ server }: Report): State => ({ ...usual, ...server });

function worldOf(report: Report): StateWorld {
  const { client = npm('10.9.2'), files = {}, home = {}, env = {} } = report;
  const packageManager = `${client.name === 'yarn-berry' ? 'yarn' : client.name}@${client.version}`;
  return {
    env: { ...variablesOf(stateOf(report)), CORP_TOKEN: tokens.good, ...env },
    files: { 'package.json': manifest({ '@corp/ui': '^1.0.0' }, { packageManager }), ...files },
    home,
    npm: client.version,
    client,
  };
}

const answersOf = (report: Report): Answers =>
  report.answers ?? ((url, authorization) => genericReply(serverOf(stateOf(report)), url, authorization));

function tell(cases: readonly Report[]): void {
  it.each(cases.map((one) => [one.story, one] as const))('%s', async (_, one) => {
    const world = worldOf(one);
    const { report } = await reportOf(stateOf(one), world, answersOf(one));
    expect(report.findings.map(findingLine)).toEqual(one.findings);
    const words = remedyText(report.findings);
    for (const part of one.remedy ?? []) expect(words).toContain(part);
    for (const part of one.without ?? []) expect(words).not.toContain(part);
    if (one.carryOut === null) return;
    let mended: StateWorld = world;
    for (const finding of report.findings)
      mended = one.carryOut
        ? one.carryOut(mended)
        : { ...mended, ...pick(applyRemedy({ ...mended } as never, finding)) };
    const after = await reportOf(stateOf(one), mended, answersOf(one));
    expect(after.report).toMatchObject({ verdict: 'pass', findings: [] });
  });
}

const pick = (world: unknown) => {
  const { files, home } = world as StateWorld;
  return { files, home };
};

const artifactory = '//corp.jfrog.test/artifactory/api/npm/npm-local/';
const mapped = `@corp:registry=https:${artifactory}\n`;
const withFile =
  (name: string, text: string) =>
  (world: StateWorld): StateWorld => ({ ...world, files: { ...world.files, [name]: text } });
const withEnv =
  (name: string, text: string) =>
  (world: StateWorld): StateWorld => ({ ...world, env: { ...world.env, [name]: text } });
const lockAt = (tarball: string) =>
  `${JSON.stringify({ name: 'my-project', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'my-project', version: '1.0.0', dependencies: { '@corp/ui': '^1.0.0' } }, 'node_modules/@corp/ui': { version: '1.4.0', resolved: tarball } } }, null, 2)}\n`;
const azure = '//pkgs.azure.test/corp/_packaging/feed/npm/registry/';
const azured = `@corp:registry=https:${azure}\n`;

const codeartifact = '//corp-1111.d.codeartifact.test/npm/private/';
const key = (at: string, field = '_authToken', name = 'CORP_TOKEN') => `${at}:${field}=\${${name}}\n`;
const of = (product: State['product'], part: Partial<State> = {}) => serverOf({ ...usual, product, ...part });
const live = withEnv('CORP_TOKEN', tokens.good);
const unscoped = (packageManager: string) => manifest({ 'corp-ui': '^1.0.0' }, { packageManager });
const nexus = '//nexus.corp.test/repository/npm-private/';
/** Has left-pad, and no package of a scope. */
const mirror: Answers = (url, sent) => {
  const file = new URL(`https:${nexus}@corp/ui/-/ui-1.4.0.tgz`);
  if (url.pathname.endsWith('.tgz')) return genericReply(of('nexus'), file, sent);
  if (!url.pathname.endsWith('/left-pad'))
    return genericReply(of('nexus', { versions: 'absent' }), url, sent);
  const dist = { tarball: `https:${nexus}left-pad/-/left-pad-1.3.0.tgz` };
  const versions = { '1.3.0': { name: 'left-pad', version: '1.3.0', dist } };
  const body = JSON.stringify({ name: 'left-pad', 'dist-tags': { latest: '1.3.0' }, versions });
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
};
const berry = { name: 'yarn-berry', version: '4.9.1' } as const;

const credentials: readonly Report[] = [
  {
    story: 'the line of _auth that Artifactory shows, with npm 11',
    client: npm('11.6.2'),
    files: {
      '.npmrc': `registry=https:${artifactory}\n_auth=\${CORP_TOKEN}\nemail=ci@corp.test\nalways-auth=true\n`,
    },
    env: { CORP_TOKEN: base64(`bob:${tokens.good}`) },
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['a credential needs the registry it belongs to in its key'],
    carryOut: withFile('.npmrc', `registry=https:${artifactory}\n${key(artifactory, '_auth')}`),
  },
  {
    story: 'a script wrote the first line alone of a password in base64',
    server: { product: 'azure' },
    files: {
      '.npmrc': `${azured}${azure}:username=bob\n${azure}:_password=${base64(tokens.good).slice(0, 20)}\n${base64(tokens.good).slice(20)}\n`,
    },
    findings: [`NP202 possible: ${ui} | token-kind-unsupported`, 'warning NP115 confirmed'],
    carryOut: null,
  },
  {
    story: 'the key has a protocol behind its slashes',
    files: { '.npmrc': `${mapped}${key(`//https:${artifactory}`)}` },
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`${artifactory}:_authToken=\${CORP_TOKEN}`],
  },
  {
    story: 'a colon stands between key and token',
    files: { '.npmrc': `${mapped}${artifactory}:_authToken:\${CORP_TOKEN}\n` },
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`${artifactory}:_authToken=\${CORP_TOKEN}`],
  },
  {
    story: 'Bun 1.4.3 takes no key of a shorter path',
    client: { name: 'bun', version: '1.4.3' },
    files: { '.npmrc': `${mapped}${key('//corp.jfrog.test/artifactory/')}` },
    findings: [`NP104 possible: ${ui}`],
    remedy: [`${artifactory}:_authToken=\${CORP_TOKEN}`],
  },
  {
    story: 'nor does npmRegistries of Yarn 4',
    client: berry,
    files: {
      '.yarnrc.yml': `npmScopes:\n  corp:\n    npmRegistryServer: "https:${artifactory}"\nnpmRegistries:\n  "https://corp.jfrog.test/artifactory":\n    npmAuthToken: "\${CORP_TOKEN}"\n`,
    },
    findings: [`NP104 possible: ${ui}`],
    remedy: ["add the key of the registry's own address"],
  },
  {
    story: 'npmScopes of Yarn 4 names the scope with its @, and holds the token',
    client: berry,
    files: {
      '.yarnrc.yml': `npmScopes:\n  "@corp":\n    npmRegistryServer: "https:${artifactory}"\n    npmAuthToken: "\${CORP_TOKEN}"\n`,
    },
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['corp:'],
  },
  {
    story: 'bunfig.toml has pass where Bun knows password',
    client: { name: 'bun', version: '1.2.21' },
    files: {
      'bunfig.toml': `[install.scopes]\n"@corp" = { url = "https:${artifactory}", username = "bob", pass = "$CORP_TOKEN" }\n`,
    },
    findings: [`NP102 confirmed: ${ui}`],
    carryOut: withFile(
      'bunfig.toml',
      `[install.scopes]\n"@corp" = { url = "https:${artifactory}", username = "bob", password = "$CORP_TOKEN" }\n`,
    ),
  },
  {
    story: 'the server lies below a path of its own, which the key alone has',
    server: { product: 'gitea' },
    files: {
      '.npmrc': `@corp:registry=https://git.corp.test/api/packages/corp/npm/\n${key('//git.corp.test/git/api/packages/corp/npm/')}`,
    },
    findings: [`NP102 confirmed: ${ui}`],
    remedy: ['//git.corp.test/api/packages/corp/npm/:_authToken=${CORP_TOKEN}'],
  },
  {
    story: 'the key is for another repository of the domain',
    server: { product: 'codeartifact' },
    files: {
      '.npmrc': `@corp:registry=https:${codeartifact}\n${key(codeartifact.replace('private', 'shared'))}`,
    },
    findings: [`NP102 confirmed: ${ui}`],
    remedy: [`${codeartifact}:_authToken=\${CORP_TOKEN}`],
  },
  {
    story: 'the key is for the domain of another account',
    server: { product: 'codeartifact' },
    files: {
      '.npmrc': `@corp:registry=https:${codeartifact}\n${key(codeartifact.replace('1111', '2222'))}`,
    },
    findings: [`NP104 possible: ${ui}`],
    remedy: [`${codeartifact}:_authToken=`],
    carryOut: withFile('.npmrc', `@corp:registry=https:${codeartifact}\n${key(codeartifact)}`),
  },
  {
    story: 'the login wrote the file at home, and setup-node made another one that of the user',
    server: { product: 'codeartifact' },
    files: { '.npmrc': `@corp:registry=https:${codeartifact}\n` },
    home: { '.npmrc': `${codeartifact}:_authToken=${tokens.good}\n` },
    env: { NPM_CONFIG_USERCONFIG: '/home/runner/work/_temp/.npmrc' },
    findings: [`NP107 confirmed: ${ui}`],
    remedy: ['npm takes /home/runner/work/_temp/.npmrc for the file of the user'],
    carryOut: withEnv('NPM_CONFIG_USERCONFIG', '/home/runner/.npmrc'),
  },
  {
    story: 'setup-node left its placeholder in the key of a feed that all packages come from',
    server: { product: 'azure' },
    home: { 'work/_temp/.npmrc': `registry=https:${azure}\n${key(azure, '_authToken', 'NODE_AUTH_TOKEN')}` },
    env: {
      NPM_CONFIG_USERCONFIG: '/home/runner/work/_temp/.npmrc',
      NODE_AUTH_TOKEN: 'XXXXX-XXXXX-XXXXX-XXXXX',
    },
    findings: [`NP105 confirmed: ${ui}`],
    carryOut: withEnv('NODE_AUTH_TOKEN', tokens.good),
  },
  {
    story: 'Yarn 4 sends the login of the default registry for no package without a scope',
    client: berry,
    server: { product: 'verdaccio' },
    files: {
      '.yarnrc.yml': 'npmRegistryServer: "https://npm.corp.test"\nnpmAuthIdent: "bob:${CORP_TOKEN}"\n',
      'package.json': unscoped('yarn@4.9.1'),
    },
    findings: ['NP102 confirmed: corp-ui@^1.0.0'],
    remedy: ['npmAlwaysAuth: true'],
    without: ['NPM_TOKEN'],
    carryOut: null,
  },
];

const refusals: readonly Report[] = [
  {
    story: 'a feed answers a token that has run out with its sign-in page',
    server: { product: 'azure' },
    files: { '.npmrc': `${azured}${key(azure)}` },
    env: { CORP_TOKEN: 'dead' },
    answers: (url, sent) =>
      sent === 'Bearer dead'
        ? {
            status: 203,
            headers: { 'content-type': 'text/html' },
            body: '<!DOCTYPE html><html>Sign in</html>',
          }
        : genericReply(of('azure'), url, sent),
    findings: [`NP202 possible: ${ui} | not-a-registry`],
    remedy: ['put a live token into CORP_TOKEN'],
    carryOut: live,
  },
  {
    story: 'the same by leading to it',
    server: { product: 'azure' },
    files: { '.npmrc': `${azured}${key(azure)}` },
    env: { CORP_TOKEN: 'dead' },
    answers: (url, sent) =>
      sent === 'Bearer dead'
        ? { status: 302, headers: { location: 'https://login.azure.test/_signin?realm=pkgs' }, body: '' }
        : genericReply(of('azure'), url, sent),
    findings: [`NP202 possible: ${ui} | not-a-registry`],
    carryOut: live,
  },
  {
    story: 'the token of a login is twelve hours old, which this registry says by 403',
    server: { product: 'codeartifact' },
    files: { '.npmrc': `@corp:registry=https:${codeartifact}\n${key(codeartifact)}` },
    env: { CORP_TOKEN: 'token-of-yesterday' },
    findings: [`NP202 possible: ${ui}`],
    remedy: ['expired'],
    carryOut: live,
  },
  {
    story: 'the variable is one of the type File',
    server: { job: 'gitlab' },
    files: { '.npmrc': `${mapped}${key(artifactory)}` },
    env: { CORP_TOKEN: '/builds/acme/shop.tmp/CORP_TOKEN' },
    findings: [`NP202 possible: ${ui} | token-kind-unsupported`],
    remedy: ['it has to be of the type Variable'],
    carryOut: live,
  },
  {
    story: 'the line names the pages of the registry',
    files: {
      '.npmrc': `@corp:registry=https://corp.jfrog.test/ui/native/npm-local/\n${key('//corp.jfrog.test/')}`,
    },
    answers: (url, sent) =>
      url.pathname.startsWith('/ui/')
        ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html></html>' }
        : genericReply(of('artifactory'), url, sent),
    findings: [`NP407 confirmed: ${ui}`],
    remedy: ['Artifactory …/api/npm/NAME/'],
    without: ['CI_API_V4_URL'],
    carryOut: withFile('.npmrc', `${mapped}${key('//corp.jfrog.test/')}`),
  },
  {
    story: 'a mirror of public packages lacks the repository of the private ones',
    server: { product: 'nexus', job: 'gitlab' },
    files: {
      '.npmrc': `registry=https:${nexus}\n${key(nexus)}`,
      'package.json': manifest(
        { '@corp/ui': '^1.0.0', 'left-pad': '^1.3.0' },
        { packageManager: 'npm@10.9.2' },
      ),
    },
    answers: mirror,
    findings: [`NP501 possible: ${ui} | default-registry-replaced`],
    carryOut: null,
  },
  {
    story: 'the line lacks a part of the path',
    files: {
      '.npmrc': `@corp:registry=https://corp.jfrog.test/artifactory/npm-local/\n${key('//corp.jfrog.test/')}`,
    },
    findings: [`NP501 possible: ${ui}`],
    remedy: ['or the line names no registry', 'Artifactory …/api/npm/NAME/'],
    carryOut: withFile('.npmrc', `${mapped}${key('//corp.jfrog.test/')}`),
  },
];

const lockfiles: readonly Report[] = [
  {
    story: 'the repository was renamed, and the lockfile has its old name',
    files: {
      '.npmrc': `${mapped}${key('//corp.jfrog.test/')}`,
      'package-lock.json': lockAt(
        `https:${artifactory.replace('local', 'old')}@corp/ui/-/@corp/ui-1.4.0.tgz`,
      ),
    },
    findings: [`NP111 confirmed: ${locked}`],
    remedy: ['npm-old/', `https:${artifactory}`],
    carryOut: withFile('package-lock.json', lockAt(`https:${artifactory}@corp/ui/-/@corp/ui-1.4.0.tgz`)),
  },
  {
    story: 'the lockfile was made at a registry on the machine of somebody',
    server: { product: 'verdaccio' },
    files: {
      '.npmrc': `@corp:registry=https://npm.corp.test/\n${key('//npm.corp.test/')}`,
      'package-lock.json': lockAt('http://localhost:4873/@corp/ui/-/ui-1.4.0.tgz'),
    },
    findings: [`NP111 confirmed: ${locked}`],
    remedy: ["replaceAll('http://localhost:4873/','https://npm.corp.test/')"],
    carryOut: withFile('package-lock.json', lockAt('https://npm.corp.test/@corp/ui/-/ui-1.4.0.tgz')),
  },
  {
    story: 'the feed has another address than when the lockfile was made',
    server: { product: 'azure' },
    files: {
      '.npmrc': `${azured}${key(azure)}`,
      'package-lock.json': lockAt(
        'https://corp.old-azure.test/_packaging/feed/npm/registry/@corp/ui/-/ui-1.4.0.tgz',
      ),
    },
    findings: [`NP111 confirmed: ${locked}`],
    carryOut: withFile('package-lock.json', lockAt(`https:${azure}@corp/ui/-/ui-1.4.0.tgz`)),
  },
  {
    story: 'an image is built without the file that maps the scope',
    server: { job: 'shell' },
    files: { 'package-lock.json': lockAt(`https:${artifactory}@corp/ui/-/@corp/ui-1.4.0.tgz`) },
    findings: [`NP111 confirmed: ${locked}`],
    remedy: ['give this job the registry line and the credential key'],
    carryOut: withFile('.npmrc', `${mapped}${key(artifactory)}`),
  },
  {
    story: 'the registry has its files on a host for which there is no key',
    server: { product: 'cloudsmith' },
    client: { name: 'pnpm', version: '9.15.9' },
    files: {
      '.npmrc': `@corp:registry=https://npm.cloudsmith.test/corp/private/\n${key('//npm.cloudsmith.test/corp/private/')}`,
    },
    findings: [`NP103 possible: ${locked} | package-not-found`],
    remedy: ['//dl.cloudsmith.test/'],
    carryOut: withFile(
      '.npmrc',
      `@corp:registry=https://npm.cloudsmith.test/corp/private/\n${key('//npm.cloudsmith.test/corp/private/')}${key('//dl.cloudsmith.test/')}`,
    ),
  },
];

describe.each([
  ['credentials', credentials],
  ['refusals', refusals],
  ['lockfiles', lockfiles],
] as const)('%s', (_, cases) => tell(cases));

describe('what looks like them stays silent', () => {
  const passing: readonly Report[] = [
    {
      story: 'the line of _auth with npm 8',
      client: npm('8.19.4'),
      files: { '.npmrc': `registry=https:${artifactory}\n_auth=\${CORP_TOKEN}\nalways-auth=true\n` },
      env: { CORP_TOKEN: base64(`bob:${tokens.good}`) },
      findings: [],
    },
    {
      story: 'the file of Yarn 1 with the registry, and a key for it with the final slash',
      client: { name: 'yarn', version: '1.22.22' },
      files: {
        '.yarnrc': `registry "https:${artifactory.slice(0, -1)}"\n`,
        '.npmrc': `${key(artifactory)}always-auth=true\n`,
      },
      findings: [],
    },
    {
      story: 'a password in base64 over two lines of one variable',
      server: { product: 'azure' },
      files: { '.npmrc': `${azured}${azure}:username=bob\n${key(azure, '_password')}` },
      env: { CORP_TOKEN: `${base64(tokens.good).slice(0, 20)}\n${base64(tokens.good).slice(20)}` },
      findings: [],
    },
    {
      story: 'a lockfile that spells the address in another way',
      server: { product: 'gitea' },
      files: {
        '.npmrc': `@corp:registry=https://git.corp.test/api/packages/corp/npm/\n${key('//git.corp.test/')}`,
        'package-lock.json': lockAt(
          'https://git.corp.test/api/packages/corp/npm/@corp/ui/-/1.4.0/ui-1.4.0.tgz',
        ),
      },
      findings: [],
    },
  ];
  tell(passing);
});
