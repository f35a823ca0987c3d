import type { JobCredential } from './environment.ts';
import { hasForm, Secret } from './secret.ts';

type Kind = JobCredential['kind'];

/**
 * The credential in an environment variable, recognised by the value's documented beginning, else by the variable's name or what CI_JOB_TOKEN holds
 * (a job token may also be a JWT of any length, so nothing else is read from its shape).
 */
export function jobCredential(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
  usual: Kind,
): JobCredential {
  const value = env[variable];
  if (value === undefined || value === '') return { variable, secret: null, kind: usual };
  const secret = new Secret(value);
  const otherwise = value === env.CI_JOB_TOKEN ? 'job-token' : usual;
  return { variable, secret, kind: kindOfToken(secret, otherwise) };
}

/** The kind of a token of GitLab by the beginning that GitLab documents for it; `otherwise` where it has none of these. */
export function kindOfToken(secret: Secret, otherwise: Kind): Kind {
  return forms.find(([form]) => hasForm(secret, form))?.[1] ?? otherwise;
}

const forms: readonly (readonly [RegExp, Kind])[] = [
  [/^glcbt-/, 'job-token'],
  [/^glpat-/, 'personal'],
  [/^gldt-/, 'deploy'],
];
