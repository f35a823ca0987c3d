import type { JobCredential } from './environment.ts';
import { Secret } from './secret.ts';

/**
 * The credential in an environment variable, recognised by the variable's name and the value's documented prefix
 * (`glpat-`, `gldt-`, `glcbt-`; a job token may also be a JWT of any length, so nothing else is read from its shape).
 */
export function jobCredential(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
  usual: JobCredential['kind'],
): JobCredential {
  const value = env[variable];
  if (value === undefined || value === '') return { variable, secret: null, kind: usual };
  return { variable, secret: new Secret(value), kind: kindOf(value, env, usual) };
}

function kindOf(
  value: string,
  env: Readonly<Record<string, string | undefined>>,
  usual: JobCredential['kind'],
): JobCredential['kind'] {
  if (value === env.CI_JOB_TOKEN) return 'job-token';
  if (value.startsWith('glcbt-')) return 'job-token';
  if (value.startsWith('glpat-')) return 'personal';
  if (value.startsWith('gldt-')) return 'deploy';
  return usual;
}
