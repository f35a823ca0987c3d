import type { Clues } from '../../domain/cause.ts';
import { describeProject } from '../../domain/package-project.ts';
import { type PublishFault, type Publishing, publishFaults } from '../../domain/publishing.ts';
import { jobUserName } from './people.ts';

/** What is known of publishing the package of a case, once nothing but the right to publish is in question; `null` otherwise. */
export function publishedCase({ case: { publishing, result } }: Clues): Publishing | null {
  const open = result.kind === 'publish-refused' || result.kind === 'publish-doubtful';
  return open && publishing ? publishing : null;
}

/** How a fault of publishing fits the case. */
export function publishFault(clues: Clues, fault: PublishFault): 'certain' | 'possible' | null {
  const publishing = publishedCase(clues);
  if (!publishing) return null;
  return publishFaults(clues.case.target.dependency.name, publishing)[fault] ?? null;
}

/** Whose token publishes, as messages name them. */
export function publisherName({ run, case: { publishing } }: Clues): string {
  const { kind, login } = publishing?.account ?? { kind: 'job', login: null };
  if (kind === 'job') return jobUserName(run);
  return login ?? (kind === 'deploy' ? 'the deploy token' : 'the owner of the token');
}

/** What was read of role, rules and version, in one line: `tarball of 1.1.0 404, the token is alice's, role reporter`. */
export function publishSeen(clues: Clues): string | null {
  const publishing = publishedCase(clues);
  if (!publishing || publishing.project === null) return null;
  const { there, account, rules, version } = publishing;
  const place = describeProject(clues.packageProject);
  return [
    there === null ? `${version} is not there yet and ${place} can be read` : `${version} is there`,
    account.kind === 'deploy'
      ? 'a deploy token has no role'
      : account.role === null
        ? 'the role is not known'
        : account.role === 'none'
          ? `${publisherName(clues)} is no member of ${place}`
          : `${publisherName(clues)} is ${account.role} there`,
    ...(rules === null
      ? []
      : [`${rules.length === 0 ? 'no' : rules.length} protection rule${rules.length === 1 ? '' : 's'}`]),
  ].join(', ');
}

/** Whether a package is to be published to a registry that can take it, for which the client has no key at all. */
export function publishesWithout(clues: Clues): boolean {
  const { prefix, metadata } = clues.case.target;
  if (publishedCase(clues) === null || (prefix !== null && prefix.kind !== 'project')) return false;
  return metadata?.credential.kind === 'none';
}

/** The least role that the case needs in the package project: reading takes Reporter, publishing Developer (GitLab model, section 5). */
export function leastRole({ case: { publishing } }: Clues): { name: string; level: number } {
  return publishing ? { name: 'Developer', level: 30 } : { name: 'Reporter', level: 20 };
}
