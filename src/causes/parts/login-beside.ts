import type { Clues } from '../../domain/cause.ts';
import type { Setting } from '../../domain/setting.ts';
import { formatSource } from '../../domain/source.ts';
import { failingRequest } from './failing-request.ts';

/** The token of a request, and the user with a password that stand under the same key and never count beside it. */
export interface LoginBeside {
  token: Setting;
  login: readonly Setting[];
}

/** Fields of a key by which a client takes a user with a password: all of one row have to be there. */
const logins = [['_auth'], ['npmAuthIdent'], ['username', '_password'], ['username', 'password']] as const;

/**
 * What stands beside the token of a case's refused request; `null` where nothing does. Clients send the token where a key has both (run for real: npm 10 to
 * 12, pnpm 9 to 12, Yarn 1, 3 and 4, Bun 1.4.5; pnpm up to 10 sends `_auth`, which is the credential of the request then).
 */
export function loginBeside(clues: Clues): LoginBeside | null {
  const credential = failingRequest(clues)?.credential;
  if (credential?.kind !== 'token' || credential.scheme !== 'Bearer') return null;
  const [, start, field] = /^(.*[:.])(_authToken|npmAuthToken|token)$/s.exec(credential.key) ?? [];
  if (start === undefined || field === undefined) return null;
  const { settings } = clues.run.client;
  const at = (name: string) =>
    settings.find(
      ({ key, inEffect, variables }) =>
        inEffect && key === `${start}${name}` && variables.every(({ state }) => state === 'set'),
    );
  const token = at(field);
  for (const names of logins) {
    const login = names.flatMap((name) => at(name) ?? []);
    if (token && login.length === names.length) return { token, login };
  }
  return null;
}

/** The lines of a user and password, as a sentence names them. */
export function linesOf({ login }: LoginBeside): string {
  return [...new Set(login.map(({ source }) => formatSource(source)))].join(' and ');
}
