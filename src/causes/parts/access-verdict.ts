import type { AccessFault } from '../../domain/access-state.ts';
import { type Clues, ruledOut, type Verdict } from '../../domain/cause.ts';

/** The probes whose answers part the faults of GitLab's access layer from each other. */
export const accessProbes: readonly string[] = [
  'job',
  'tarball-with-token',
  'metadata-with-token',
  'packages-api',
  'git-refs',
  'dist-tags',
  'as-nobody',
  'holds-package',
  'public-project',
  'project-settings',
  'token-scope',
  'allowlist',
  'groups-allowlist',
  'membership',
  'outbound-scope',
];

/**
 * The verdict that GitLab's rules give for a fault: confirmed when every state that explains the answers has it.
 * `decidedBy` says what would settle it otherwise.
 */
export function accessVerdict(fault: AccessFault, clues: Clues, decidedBy: string): Verdict {
  const because = [...clues.case.observations.keys()];
  switch (clues.access?.faults[fault]) {
    case 'always':
      return { kind: 'confirmed', because };
    case 'sometimes':
      return { kind: 'possible', because, decidedBy };
    default:
      return ruledOut;
  }
}
