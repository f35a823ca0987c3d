import { yarnModule } from '../../src/clients/yarn/yarn-module.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import { reveal } from '../../src/domain/secret.ts';
import { worldOf } from './client-world.ts';

export const registry = 'https://git.example/api/v4/packages/npm/';
export const key = '//git.example/api/v4/packages/npm/:_authToken=secret-a';
export const metadata = `${registry}@acme%2fui`;

/** What Yarn 1 makes of files in memory. */
export function yarnOf(
  files: Readonly<Record<string, string>>,
  env: ClientWorld['env'] = {},
  more: Partial<ClientWorld> = {},
  version = '1.22.22',
) {
  return yarnModule.resolve(worldOf(files, env, more), { name: 'yarn', version, known: 'given' });
}

/** The header of a request, without its name; `null` for none. */
export function sent(
  model: ReturnType<typeof yarnOf>,
  url: string,
  from: string | null = registry,
): string | null {
  const credential = model.credentialFor(url, from);
  return credential.kind === 'token' ? `${credential.scheme} ${reveal(credential.secret)}` : null;
}
