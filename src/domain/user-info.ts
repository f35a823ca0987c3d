import { percentDecoded } from './percent-form.ts';
import { Secret } from './secret.ts';

/**
 * The secrets in an address with user information (`http://user:password@proxy.example:3128`, with or without a scheme): the password, and the pair as
 * basic authentication sends it, each as written and without percent-encoding. None where there is no password.
 */
export function userInfoSecrets(address: string): readonly Secret[] {
  const written = /^(?:[a-z][\w+.-]*:\/\/)?([^/?#\s]*)@/i.exec(address.trim())?.[1] ?? '';
  const split = written.indexOf(':');
  if (split === -1 || split === written.length - 1) return [];
  const [user, password] = [written.slice(0, split), written.slice(split + 1)];
  const plain = [percentDecoded(user), percentDecoded(password)] as const;
  return [password, written, plain[1], plain.join(':')].map((text) => new Secret(text));
}
