import { scopeOf } from '../domain/dependency.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { serverMessage, statusOf } from '../domain/probe.ts';
import type { Case } from '../domain/target.ts';

/**
 * Failing cases by what they share: cases of one project that failed in the same way with the same kind of credential need
 * their questions asked only once. Where the project is unknown, the refusal's own words stand for it, else the package's name.
 */
export function alikeCases(cases: readonly Case[]): readonly (readonly Case[])[] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const key = signatureOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function signatureOf({ target, result, observations }: Case, anywhere = false): string {
  const asked = ['metadata', 'tarball'].map((probe) => {
    const outcome = observations.get(probe)?.outcome;
    return outcome?.kind === 'unreachable' ? outcome.code : statusOf(outcome);
  });
  return JSON.stringify([
    result.kind,
    asked,
    anywhere ? '' : placeOf({ target, observations }).text,
    scopeOf(target.dependency.name),
    target.registry.url,
    credentialKind(target.metadata),
    credentialKind(target.tarball),
  ]);
}

/** By what the place of a failing case is known: the project in its URL, the words of the refusal, or nothing but the package itself. */
export interface CasePlace {
  kind: 'project' | 'message' | 'address' | 'package';
  text: string;
}

export function placeOf({ target, observations }: Pick<Case, 'target' | 'observations'>): CasePlace {
  const url = target.tarball?.url ?? target.registry.url ?? '';
  const prefix = prefixOf(url);
  if (prefix?.kind === 'project')
    return {
      kind: 'project',
      text: prefixUrl({ kind: 'project', apiUrl: prefix.apiUrl, project: prefix.project }),
    };
  const outcome = observations.get('metadata')?.outcome;
  if (outcome?.kind === 'unreachable') return { kind: 'address', text: url };
  const message = target.prefix && outcome && serverMessage(outcome);
  return message && /\bto \S+|in project \S+/i.test(message)
    ? { kind: 'message', text: message }
    : { kind: 'package', text: target.dependency.name };
}

function credentialKind(asked: Case['target']['metadata']): string {
  if (!asked) return 'not asked';
  const { credential } = asked;
  return credential.kind === 'none'
    ? `none ${credential.nearest[0]?.differs ?? ''}`
    : `${credential.kind} ${credential.key}`;
}

/** Groups that differ only in the package, which stands for an unknown project. */
export function sameFailure(one: Case): string {
  return signatureOf(one, true);
}
