import { authorizationOf } from '../domain/credential.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { tarballQuestion } from './package-questions.ts';

/**
 * The tarball once more, where it is not the one that was locked: what differs from one answer to the next is changed on the way. The digest that GitLab's metadata
 * has (`shasum`) is taken of it too.
 * It tells a tarball that is damaged on its way from one that was published again.
 */
export const tarballAgain: ProbeDefinition = {
  slug: 'tarball-again',
  questions({ case: { target, result } }) {
    const { tarball, dependency } = target;
    const locked = dependency.locked?.integrity;
    if (result.kind !== 'integrity-differs' || !tarball || !locked) return [];
    const authorization = authorizationOf(tarball.credential, tarball.url);
    return [tarballQuestion('tarball-again', tarball.url, authorization, locked, ['sha1'])];
  },
};
