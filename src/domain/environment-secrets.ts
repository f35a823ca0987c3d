import { Secret } from './secret.ts';
import { userInfoSecrets } from './user-info.ts';

/**
 * The values of all variables that are named like credentials, tokens of GitLab and GitHub under any name, and the passwords of proxies: what an output
 * must not show before more is known of the run.
 */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): readonly Secret[] {
  const named = Object.entries(env).flatMap(([name, value]) =>
    value &&
    (/token|secret|passw|key|auth/i.test(name) || /^(?:gl[a-z]{2,8}-|gh[a-z]_|github_pat_)/.test(value))
      ? [new Secret(value)]
      : [],
  );
  return [...named, ...proxySecrets(env)];
}

/** The passwords of the proxies that the environment names for any program. */
export function proxySecrets(env: Readonly<Record<string, string | undefined>>): readonly Secret[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value && /proxy$/i.test(name) ? userInfoSecrets(value) : [],
  );
}
