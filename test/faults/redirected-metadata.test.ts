import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type OddScene, type OddServer, startOddServer } from './odd-server.ts';
import { all, but, type OddRow, playOddRows, usual, verify } from './play-odd-rows.ts';

let open: OddServer;
let closed: OddServer;
beforeAll(async () => {
  open = await startOddServer('metadata', usual);
  closed = await startOddServer('metadata', (scene) => scene.answer({ status: 401, body: '{}' }));
});
afterAll(async () => {
  await Promise.all([open.close(), closed.close()]);
  // tarballs alone are asked for with the credential of the server that the metadata names
  const heard = [...open.heard, ...closed.heard].filter((head) => !head.includes('.tgz'));
  expect(heard.filter((head) => /^authorization:/im.test(head))).toEqual([]);
});

const sent = (scene: OddScene, to: string, status = 302) =>
  scene.answer({ status, headers: [`location: ${to}/@acme%2fui`], body: '' });
const at = (host: string, { port }: OddServer) => `http://${host}:${port}`;

const rows: readonly OddRow[] = [
  ...[301, 302, 303, 307, 308].map(
    (status): OddRow => ({
      name: `metadata that is redirected by ${status} to a server that gives it to anybody`,
      kinds: ['metadata'],
      answer: (scene) => sent(scene, at('127.0.0.1', open), status),
      installs: all,
    }),
  ),
  {
    name: 'metadata that is redirected to another host, which wants a credential',
    kinds: ['metadata'],
    answer: (scene) => sent(scene, `${at('localhost', closed)}/npm`),
    installs: [],
  },
  {
    name: 'metadata that is redirected to a page',
    kinds: ['metadata'],
    answer: (scene) =>
      scene.target.includes('sign-in')
        ? scene.answer({ headers: ['content-type: text/html'], body: '<html>who are you</html>' })
        : scene.answer({ status: 302, headers: [`location: ${scene.target}?sign-in`], body: '' }),
    installs: [],
  },
];
playOddRows(rows);

describe('where another port wants a credential', () => {
  // run for real: npm and Yarn 1 take it along, which this check never does
  test.each(all)(
    'the redirect of %s is a certain cause only where no credential goes along',
    async (client) => {
      const server = await startOddServer('metadata', (scene) =>
        sent(scene, `${at('127.0.0.1', closed)}/npm`),
      );
      onTestFinished(server.close);
      // a server of others may lead whoever has no right to a sign-in
      const { findings } = await verify(client, server.port, 0, '/api/v4/packages/npm/');
      const certain = but('npm 10', 'npm 11', 'npm 12', 'yarn 1').includes(client);
      expect(findings.filter(({ code }) => code === 'NP407')).toMatchObject([
        { certainty: certain ? 'confirmed' : 'possible' },
      ]);
    },
  );
});
