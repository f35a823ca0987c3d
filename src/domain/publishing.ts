import type { Role } from './access-state.ts';
import { observedJson } from './observed-json.ts';
import type { Observation } from './probe.ts';
import { recordOf } from './record.ts';

/** A protection rule of a project: packages whose name matches (`*` stands for anything) may be pushed from `least` on. */
export interface ProtectionRule {
  pattern: string;
  least: Role | 'admin';
}

/** What is known of publishing one of the project's own packages. `project` is the id or path that the registry's prefix names. */
export interface Publishing {
  version: string;
  project: string | null;
  /** The registry is the one of the job's own project. */
  own: boolean;
  /** Several packages of this checkout are published: tools that do that pass over versions that are there. */
  several: boolean;
  /** The project that has this version already; `null` for none that is known of. */
  there: string | null;
  /** Whose token publishes. `role` is theirs in the project, `null` while unknown; `none` may be an administrator's. */
  account: { kind: 'job' | 'person' | 'deploy'; login: string | null; role: Role | null };
  /** The token is a workflow's, whose file lets it read packages and no more. */
  readOnly?: true;
  /** The scopes of a person's token; left out while unknown. */
  scopes?: readonly string[];
  /** What keeps the registry's text from being the address of one; left out where nothing does. */
  address?: AddressFault;
  /** The rules that protect packages of the project; `null` when they could not be read. */
  rules: readonly ProtectionRule[] | null;
}

/** What is wrong with the address of a registry, as the end of a sentence, and the address as it has to be; `null` where that can't be told. */
export interface AddressFault {
  what: string;
  corrected: string | null;
}

/** The access levels of GitLab's roles (GitLab docs: members API); `admin` stands above all in protection rules. */
const levels = {
  none: 0,
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
  admin: 60,
} as const satisfies Record<Role | 'admin', number>;

const roles: readonly Role[] = ['owner', 'maintainer', 'developer', 'reporter', 'planner', 'guest'];

/** The highest role that an access level reaches. */
export function roleOfLevel(level: number): Role {
  return roles.find((role) => levels[role] <= level) ?? 'none';
}

/** A word of the API as a role or `admin`; `null` for other words. */
export function roleOfWord(word: unknown): Role | 'admin' | null {
  return typeof word === 'string' && Object.hasOwn(levels, word) ? (word as Role | 'admin') : null;
}

/**
 * The job user's role in the job's own project, by `GET /job/allowed_agents`: it lists every role up to theirs
 * (gitlabhq lib/api/ci/jobs.rb, `roles_in_project`). `null` when it was not answered so.
 */
export function roleOfJobUser(observation: Observation | null | undefined): Role | null {
  const { user } = recordOf(observedJson(observation));
  const { roles_in_project: listed } = recordOf(user);
  if (!Array.isArray(listed)) return null;
  return roles.find((role) => listed.includes(role)) ?? 'none';
}

export type PublishFault =
  | 'already-published'
  | 'token-scope-missing'
  | 'publish-role-missing'
  | 'package-protected';

/**
 * What stands, or may stand, against a push of the package (GitLab model, section 5). A role that is not known, or none at all, proves
 * nothing: administrators need none. Rules that nobody could read are only named while the role is unknown too. A deploy token has no role: whether it
 * is one of this place, with the scope, nothing tells, and what a rule protects it never may push.
 */
export function publishFaults(
  name: string,
  publishing: Publishing,
): Readonly<Partial<Record<PublishFault, 'certain' | 'possible'>>> {
  const { there, account } = publishing;
  if (publishing.project === null) return there === null ? {} : { 'already-published': 'certain' };
  const { role } = account;
  const known = role !== null && role !== 'none';
  const rule = strictestRule(name, publishing);
  const faults: Partial<Record<PublishFault, 'certain' | 'possible'>> = {};
  if (there !== null) faults['already-published'] = 'certain';
  if (account.kind === 'deploy') {
    faults['token-scope-missing'] = 'possible';
    if (rule !== null) faults['package-protected'] = 'certain';
    else if (publishing.rules === null) faults['package-protected'] = 'possible';
    return faults;
  }
  if (lacksPublishScope(publishing)) faults['token-scope-missing'] = 'certain';
  if (!known) faults['publish-role-missing'] = 'possible';
  else if (levels[role] < levels.developer) faults['publish-role-missing'] = 'certain';
  if (rule === null) {
    if (publishing.rules === null && !known) faults['package-protected'] = 'possible';
  } else if (!known) faults['package-protected'] = 'possible';
  else if (levels[role] < levels[rule.least])
    faults['package-protected'] = rule.least === 'admin' ? 'possible' : 'certain';
  return faults;
}

/** Whether the token's scopes are known and none lets it publish: `api` does (GitLab docs: personal access token scopes), `granular` may. */
function lacksPublishScope({ scopes }: Publishing): boolean {
  return scopes !== undefined && !scopes.some((scope) => scope === 'api' || scope === 'granular');
}

/** The matching rule that asks for the highest role; `null` when none matches or the rules are unknown. */
export function strictestRule(name: string, { rules }: Publishing): ProtectionRule | null {
  const matching = (rules ?? []).filter(({ pattern }) => matchesGlob(pattern, name));
  return matching.toSorted((a, b) => levels[b.least] - levels[a.least])[0] ?? null;
}

/** `*` stands for anything, case does not matter (gitlabhq app/models/packages/protection/rule.rb). Linear, whatever the pattern. */
function matchesGlob(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > text.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
