import { Secret } from './secret.ts';
import { userInfoSecrets } from './user-info.ts';

/** Names under which a query hands a credential on (GitLab docs: `private_token`, `job_token`, `access_token`). */
const secretName = /^_?auth(?:_?token)?$|^(?:\w*[_-])?(?:token|secret|password|api[_-]?key)$/i;
/** A user without a password is a name, unless it is as long as a token. */
const shortestToken = 20;

/**
 * The literal secrets in the address of a package: the password or token before its host, and the values of a query under names of credentials. None where
 * references to variables stand there, which no lockfile expands.
 */
export function addressSecrets(address: string): readonly Secret[] {
  if (!/[@?]/.test(address)) return [];
  const user = /^[a-z][\w+.-]*:\/\/([^/?#\s]*)@/i.exec(address)?.[1] ?? '';
  const query = /\?([^#]*)/.exec(address)?.[1] ?? '';
  const alone = user.length >= shortestToken && !user.includes(':') ? [user] : [];
  const values = [...alone, ...query.split('&').flatMap(secretValue)].filter(isLiteral);
  return [
    ...(isLiteral(user.slice(user.indexOf(':') + 1)) ? userInfoSecrets(address) : []),
    ...values.map((value) => new Secret(value)),
  ];
}

function secretValue(entry: string): readonly string[] {
  const split = entry.indexOf('=');
  return split > 0 && secretName.test(entry.slice(0, split)) ? [entry.slice(split + 1)] : [];
}

function isLiteral(text: string): boolean {
  return text !== '' && !/^(?:\$|%24|\u2026)/.test(text);
}
