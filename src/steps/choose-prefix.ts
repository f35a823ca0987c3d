import { routeName } from '../domain/own-project.ts';
import { formatSource } from '../domain/source.ts';
import { prefixByAnswers } from './prefix-by-answers.ts';
import { holdingProjects, ownPrefix } from './prefix-candidates.ts';
import type { PrefixDecision, PrefixFacts } from './prefix-facts.ts';
import { allOf, type ScopeNeed } from './scope-needs.ts';

/**
 * The prefix that serves every private package of a scope. A wish decides; else, where the lockfile names every tarball, what it
 * shows; else the answers: of the user's own mapping, the instance, the groups and the projects, the first at which every package
 * is found (GitLab model, section 3: the instance prefix serves only the root namespace). Where none finds a package the user's own mapping stays, unless it denies
 * to have any: a project hides behind 404 what the instance refuses with 403.
 */
export async function choosePrefix(need: ScopeNeed, facts: PrefixFacts): Promise<PrefixDecision> {
  const wished = wishedPrefix(facts);
  if (wished) return wished;
  const unasked = need.packages.filter((dependency) => !facts.client.asks(dependency).metadata);
  const fromLock = unasked.length === need.packages.length ? prefixByLockfile(need, facts) : null;
  if (fromLock) return fromLock;
  // no prefix has to serve what is given by URL
  const byName = need.packages.filter(({ from }) => from !== 'url');
  return prefixByAnswers(byName.length === 0 ? need : { ...need, packages: byName }, facts);
}

function wishedPrefix({ environment: { apiUrl, consumer }, wishes }: PrefixFacts): PrefixDecision | null {
  switch (wishes.prefix) {
    case 'auto':
      return null;
    case 'instance':
      return { prefix: { kind: 'instance', apiUrl }, why: 'asked for by the input prefix' };
    case 'group': {
      const group = wishes.groupId ?? consumer?.path.split('/').slice(0, -1).join('/');
      return group
        ? { prefix: { kind: 'group', apiUrl, group }, why: 'asked for by the input prefix' }
        : null;
    }
    case 'project': {
      const project = wishes.projectId ?? (consumer && routeName(consumer));
      return project
        ? { prefix: { kind: 'project', apiUrl, project }, why: 'asked for by the input prefix' }
        : null;
    }
  }
}

function prefixByLockfile(
  { scope, packages, mapped }: ScopeNeed,
  { environment }: PrefixFacts,
): PrefixDecision | null {
  const { apiUrl, consumer } = environment;
  const own = ownPrefix(mapped, apiUrl);
  const given = packages.some(({ locked }) => locked === null)
    ? 'every tarball is given by URL or lockfile'
    : 'the lockfile names every tarball';
  if (own) {
    return {
      prefix: own,
      why: `${formatSource(mapped.source)} maps it there, and ${given}`,
    };
  }
  if (scope !== null && scope.slice(1).toLowerCase() === consumer?.rootNamespace.toLowerCase()) {
    return {
      prefix: { kind: 'instance', apiUrl },
      why: `${scope} is the root namespace, and ${given}`,
    };
  }
  const holders = holdingProjects(packages);
  const [only] = holders;
  return holders.length === 1 && only
    ? {
        prefix: { kind: 'project', apiUrl, project: only },
        why: `the lockfile takes ${allOf(packages.length)} from project ${only}`,
      }
    : null;
}
