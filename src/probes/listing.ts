import { scopeOf } from '../domain/dependency.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { otherPrefixes } from './other-prefixes.ts';

/**
 * The metadata at the other prefixes while the right to read is in question: a list by membership proves a role and shows the versions, and a
 * root group that the token does not see proves that there is none (GitLab model, section 3). Asked where the client's own requests do not
 * tell it: a lockfile leads past all metadata, a project's prefix has no list, and the instance prefix does not say whether the group of a foreign scope is seen.
 * It tells by what is listed whether the user has a role, and which versions there are.
 */
export const listing: ProbeDefinition = {
  slug: 'listing',
  questions(subject) {
    const { environment } = subject.run;
    const { target, result } = subject.case;
    const scope = scopeOf(target.dependency.name)?.slice(1);
    const root = environment.consumer?.rootNamespace;
    const isForeign = scope !== undefined && scope.toLowerCase() !== root?.toLowerCase();
    const questions = otherPrefixes.questions(subject);
    const above = questions.filter(({ url }) => prefixOf(url)?.kind !== 'project');
    if (target.metadata === null || target.prefix?.kind === 'project') return above;
    if (result.kind !== 'metadata-failed' || target.prefix?.kind !== 'instance' || !isForeign) return [];
    return above.filter(({ url }) => {
      const prefix = prefixOf(url);
      return prefix?.kind === 'group' && prefix.group === scope;
    });
  },
};
