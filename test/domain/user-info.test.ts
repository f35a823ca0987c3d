import { expect, it } from 'vitest';
import { reveal } from '../../src/domain/secret.ts';
import { userInfoSecrets } from '../../src/domain/user-info.ts';

it.each([
  ['http://alice:pa%40ss@proxy.test:3128', ['pa%40ss', 'alice:pa%40ss', 'pa@ss', 'alice:pa@ss']],
  ['alice:secret@proxy.test', ['secret', 'alice:secret', 'secret', 'alice:secret']],
  ['http://:secret@proxy.test/', ['secret', ':secret', 'secret', ':secret']],
  ['http://a:b@c:d@proxy.test', ['b@c:d', 'a:b@c:d', 'b@c:d', 'a:b@c:d']],
  ['http://a:%@proxy.test', ['%', 'a:%', '%', 'a:%']],
  ['http://alice@proxy.test', []],
  ['http://alice:@proxy.test', []],
  ['http://proxy.test:3128/@acme:x', []],
  ['localhost,.example.test:8080', []],
  ['', []],
])('%j holds %j', (address, secrets) => {
  expect(userInfoSecrets(address).map(reveal)).toEqual(secrets);
});
