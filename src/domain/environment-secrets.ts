import { Secret } from './secret.ts';

/** The values of all variables that are named like credentials, and tokens of GitLab and GitHub under any name: what an output must not show before more is known of the run. */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): readonly Secret[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value &&
    (/token|secret|passw|key|auth/i.test(name) || /^(?:gl[a-z]{2,8}-|gh[a-z]_|github_pat_)/.test(value))
      ? [new Secret(value)]
      : [],
  );
}
