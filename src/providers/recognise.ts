import type { Environment } from '../domain/environment.ts';
import { readGenericEnvironment } from './generic/environment.ts';
import { readGitHubEnvironment } from './github/environment.ts';
import { readGitLabEnvironment } from './gitlab/environment.ts';

/** The environment variables of a process, as data. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What the CI's variables say about this job. `tokenVariable` is the input `token-env`: it replaces the CI's own credential.
 * `actionVariable` holds the input `token` of the action, which is for GitHub's own registry.
 * The first provider that recognises its variables answers; off any CI it is the generic one.
 */
export function recogniseEnvironment(
  env: Variables,
  tokenVariable: string | null,
  actionVariable: string | null = null,
): Environment {
  return (
    readGitLabEnvironment(env, tokenVariable) ??
    readGitHubEnvironment(env, tokenVariable, actionVariable) ??
    readGenericEnvironment(env, tokenVariable)
  );
}
