import type { AccessState } from '../../domain/access-state.ts';
import { ownAnswer } from '../../domain/own-answer.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';
import type { Case } from '../../domain/target.ts';
import { classifyMessage } from './message-class.ts';
import { observationsOf, refusalText } from './observed-body.ts';

/**
 * How the server lists packages above projects, which one flag decides for the whole instance: where it looks a project up it says `404 Project Not Found` of what it does
 * not find, and where it lists what the user may pull, `404 Packages Not Found`, whatever the name and the group (GitLab model, section 3, steps 3 and 5). `null` where no
 * answer says, or two contradict each other.
 */
export function lookupVariant({ observations }: Case): AccessState['variant'] | null {
  const told = new Set(
    ['metadata', 'metadata-with-token', 'other-prefixes', 'lookup-variant']
      .flatMap((slug) => observationsOf(observations, slug))
      .flatMap(({ observation }) => variantOf(observation) ?? []),
  );
  const [variant] = told;
  return told.size === 1 && variant !== undefined ? variant : null;
}

function variantOf({ question, outcome }: Observation): AccessState['variant'] | null {
  const prefix = prefixOf(question.url);
  if (prefix === null || prefix.kind === 'project' || statusOf(outcome) !== 404) return null;
  if (ownAnswer(question, outcome).kind !== 'answered') return null;
  switch (classifyMessage(refusalText(outcome) ?? '')) {
    case 'project-not-found':
      return 'V1';
    case 'package-not-found':
      return 'V2';
    default:
      return null;
  }
}
