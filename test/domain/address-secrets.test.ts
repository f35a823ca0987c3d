import { expect, it } from 'vitest';
import { addressSecrets } from '../../src/domain/address-secrets.ts';
import { reveal } from '../../src/domain/secret.ts';

const token = 'glpat-abcdefghij0123456789';

it.each([
  ['the password of a user', `https://oauth2:${token}@gitlab.example.com/ui.tgz`],
  ['a user that is a token', `https://${token}@gitlab.example.com/ui.tgz`],
  ['the password of a repository', `git+https://ci:${token}@gitlab.example.com/acme/ui.git#0123abc`],
  ['private_token', `https://gitlab.example.com/ui.tgz?private_token=${token}`],
  ['a later entry of the query', `https://gitlab.example.com/ui.tgz?a=b&job_token=${token}#abc`],
  ['_authToken', `https://npm.example/ui.tgz?_authToken=${token}`],
  ['api-key', `https://npm.example/ui.tgz?x-api-key=${token}`],
])('%s is a secret', (_, address) => {
  expect(addressSecrets(address).map(reveal)).toContain(token);
});

it.each([
  ['a scope in the path', 'https://gitlab.example.com/@acme/ui/-/@acme/ui-1.0.0.tgz'],
  ['the user of a repository', 'git+ssh://git@gitlab.example.com/acme/ui.git#0123abc'],
  ['a name', 'https://alice@npm.example/ui.tgz'],
  ['a reference', 'https://oauth2:${NPM_TOKEN}@npm.example/ui.tgz?private_token=${NPM_TOKEN}'],
  ['a reference in percent form', 'https://oauth2:%24%7BNPM_TOKEN%7D@npm.example/ui.tgz'],
  ['another entry of a query', 'https://npm.example/ui.tgz?ref=main&tokens=2&author=alice'],
  ['an entry without a value', 'https://npm.example/ui.tgz?token=&secret'],
  ['a hash', 'https://registry.example/ui/-/ui-1.0.0.tgz#token=0123456789abcdef'],
  ['nothing', ''],
])('%s is none', (_, address) => {
  expect(addressSecrets(address)).toEqual([]);
});
