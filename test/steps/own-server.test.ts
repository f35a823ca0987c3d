import { expect, it } from 'vitest';
import type { ClientModel } from '../../src/domain/client.ts';
import { authorizationOf, type Credential } from '../../src/domain/credential.ts';
import { Secret } from '../../src/domain/secret.ts';
import { onOwnServer } from '../../src/steps/own-server.ts';

const apiUrl = 'https://gitlab.example.com/api/v4';
const own = { variable: 'CI_JOB_TOKEN', secret: new Secret('glcbt-own'), kind: 'job-token' } as const;
const tarball = `${apiUrl}/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz`;

/** A client that sends the credential of the public registry's line wherever a lockfile leads. */
function lending(token: string): ClientModel {
  const credential: Credential = {
    kind: 'token',
    scheme: 'Bearer',
    secret: new Secret(token),
    key: 'npmScopes.acme.npmAuthToken',
    source: { kind: 'default', why: 'a test' },
    variable: null,
    home: 'https://registry.example/',
  };
  return { credentialFor: () => credential } as unknown as ClientModel;
}

it.each([
  ['to its own server', 'glcbt-own', tarball, 'bearer'],
  ['nowhere else', 'glcbt-own', tarball.replace('gitlab.example.com', 'gitlab.example.org'), 'none'],
  ['not to another port', 'glcbt-own', tarball.replace('.com/', '.com:8443/'), 'none'],
  ["and another token not even there: it is not this server's", 'npm_other', tarball, 'none'],
])("the job's token goes %s", (_, token, url, sent) => {
  const client = onOwnServer(lending(token), { apiUrl, credential: own });
  expect(authorizationOf(client.credentialFor(url, null), url).kind).toBe(sent);
});

it.each([
  ['no server of the job is known', null, own],
  ['the job has no token', apiUrl, { ...own, secret: null }],
])('leaves the client as it is where %s', (_, api, credential) => {
  const client = onOwnServer(lending('glcbt-own'), { apiUrl: api, credential });
  expect(authorizationOf(client.credentialFor(tarball, null), tarball).kind).toBe('none');
});
