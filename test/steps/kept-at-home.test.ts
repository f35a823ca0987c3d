import { expect, it } from 'vitest';
import { checksums, packTarball } from '../../src/simulator/tarball.ts';
import { serve } from '../io/support/servers.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, situation } from '../scenarios/situation.ts';

const proxy = 'https://proxy.other.example';
const store = 'https://store.other.example';
const rc = `@widgets:registry=${proxy}/npm/\n//proxy.other.example/npm/:_auth=\${PROXY_AUTH}\nalways-auth=true\n`;
const login = 'YWxpY2U6c2VjcmV0cGFzcw==';

/** Yarn 1 at a registry that names its tarball on another host; both take the same login. */
async function played(key: string) {
  const seen: string[] = [];
  const server = await serve((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const { authorization } = request.headers;
    seen.push(`${path} ${authorization ?? 'none'}`);
    if (authorization !== `Basic ${login}`) return void response.writeHead(401).end('{}');
    const tarball = packTarball({ name: '@widgets/core', version: '1.0.0' });
    if (path.endsWith('.tgz')) return void response.end(tarball);
    const dist = { tarball: `${store}/npm/@widgets/core/-/core-1.0.0.tgz`, ...checksums(tarball) };
    const versions = { '1.0.0': { name: '@widgets/core', version: '1.0.0', dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: '@widgets/core', 'dist-tags': { latest: '1.0.0' }, versions }));
  });
  const { report, exitCode } = await play(
    situation({
      name: 'kept-at-home',
      story: '',
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      gitlab: friends(),
      client: { name: 'yarn', version: '1.22.22' },
      npmrc: rc + key,
      dependencies: { '@widgets/core': '^1.0.0' },
      variables: { PROXY_AUTH: login, NPM_TOKEN: 'token-of-the-store' },
      passage: async (gitlab) => ({
        origin: new URL(gitlab.url).origin,
        origins: { [proxy]: server.url, [store]: server.url },
      }),
    }),
  );
  const ofTarball = seen.filter((one) => one.includes('.tgz')).map((one) => one.slice(one.indexOf(' ') + 1));
  return { report, findings: report.findings.map(findingLine), exitCode, ofTarball };
}

it('does not know what a host makes of a credential that it is not sent here, and blames no token', async () => {
  const { report, findings, exitCode, ofTarball } = await played(
    '//store.other.example/:_authToken=${NPM_TOKEN}\n',
  );
  expect(findings).toEqual(['NP902 possible: @widgets/core@1.0.0']);
  expect(report.packages.map(({ status }) => status)).toEqual(['undecided']);
  expect(exitCode).toBe(3);
  expect(report.findings[0]?.remedy.steps.join()).toContain(
    '//store.other.example/:_authToken=${PROXY_AUTH}',
  );
  expect(ofTarball).toEqual(['none']);
});

it('sends it where the key of that host holds the same', async () => {
  const { findings, exitCode, ofTarball } = await played('//store.other.example/:_authToken=${PROXY_AUTH}\n');
  expect({ findings, exitCode }).toEqual({ findings: [], exitCode: 0 });
  expect(ofTarball).toEqual([`Basic ${login}`]);
});

it('lacks a key where there is none for that host, and passes with the one that is proposed', async () => {
  const { report, findings } = await played('');
  expect(findings).toEqual(['NP103 possible: @widgets/core@1.0.0']);
  const [remedy] = report.findings.map((finding) => finding.remedy);
  expect(remedy?.steps.join()).toContain('the credential of proxy.other.example');
  const mended = await played(`${remedy?.edit?.after}\n`);
  expect(mended).toMatchObject({ findings: [], exitCode: 0, ofTarball: [`Basic ${login}`] });
});
