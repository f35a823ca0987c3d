import { isKeptAtHome } from '../domain/credential.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { metadataQuestion, tarballStartQuestion } from './package-questions.ts';

/**
 * The refused request once more without its credential, at the servers of others: a GitLab says 401 of a dead token itself, and GitHub's registry gives
 * nobody anything.
 * It tells a registry that is open to anyone, and refuses only whoever sends this credential.
 */
export const withoutCredential: ProbeDefinition = {
  slug: 'without-credential',
  questions({ run, case: { target, result } }) {
    const kind =
      result.kind === 'metadata-failed' ? 'metadata' : result.kind === 'tarball-failed' ? 'tarball' : null;
    const asked = kind && target[kind];
    if (asked?.credential.kind !== 'token' || isKeptAtHome(asked.credential, asked.url)) return [];
    const { apiUrl, serverUrl } = run.environment;
    const isOwn = [apiUrl, serverUrl].some((own) => own !== null && sameOrigin(own, asked.url));
    if (isOwn || prefixOf(asked.url) !== null || githubRegistryOf(asked.url, run.environment) !== null)
      return [];
    const question = kind === 'metadata' ? metadataQuestion : tarballStartQuestion;
    return [question('without-credential', asked.url, { kind: 'none' })];
  },
};
