import type { AccessState } from '../../domain/access-state.ts';
import type { ReadSettings } from '../../domain/read-settings.ts';
import { isAtLeast } from './access-predicates.ts';

const reporter = 20;

/**
 * Whether a state is one that the settings leave possible. The lists and the role count only where GitLab looks at them: for the
 * running token of another project's job. A user who is not listed may still be an administrator, or a member by an invited group.
 */
export function settingsAgree(state: AccessState, settings: ReadSettings): boolean {
  const { project, visibility, registry, allowlist, jobUser, outbound } = settings;
  if (project !== null && !state.exists) return false;
  if (visibility !== null && state.visibility !== visibility) return false;
  if (registry !== null && !registry.includes(state.registry)) return false;
  if (state.token !== 'running') return true;
  if (jobUser !== null && !roleAgrees(state, jobUser)) return false;
  if (state.ownProject) return true;
  if (outbound === 'off' && state.outboundLimited) return false;
  switch (allowlist) {
    case null:
      return true;
    case 'entry':
      return state.allowlist !== 'off' && state.allowlist !== 'no-entry';
    default:
      return state.allowlist === allowlist;
  }
}

function roleAgrees({ role }: AccessState, jobUser: NonNullable<ReadSettings['jobUser']>): boolean {
  if (jobUser === 'not-listed') return role === 'none' || isAtLeast(role, 'reporter');
  return jobUser.level >= reporter ? isAtLeast(role, 'reporter') : true;
}
