import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import type { AgeGate } from '../domain/client.ts';
import type { Case } from '../domain/target.ts';

/** The client takes only versions of some age, and the registry's metadata does not say when a version was published (measured: yq1-yq8, n15). */
export const releaseAgeGate: Cause = {
  code: 'NP118',
  slug: 'release-age-gate',
  title: 'the client refuses versions whose age it can not see, or that are too young',
  severity: 'error',
  needs: [],
  example: 'release-age-gate',
  ofPackage: true,
  weigh: ({ case: { result } }) =>
    result.kind === 'held-back' ? { kind: 'confirmed', because: ['configuration', 'metadata'] } : ruledOut,
  state(clues) {
    const { result, target } = clues.case;
    if (result.kind !== 'held-back') throw new Error('nothing is held back');
    const { gate } = result;
    const { client } = clues.run.client;
    return {
      title: `${client.name} ${client.version} takes only versions ${
        gate.looksAt === 'trust'
          ? 'whose time of publishing it can see'
          : `that were published ${minutes(gate.minutes)} ago or earlier`
      }, and ${target.prefix ? "GitLab's metadata has no time of publishing" : `none of ${target.dependency.name} is known to be`}`,
      seen: `${gate.stop.code}: ${gate.stop.message}`,
      location: gate.stop.source.kind === 'file' ? gate.stop.source : target.dependency.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `let the private packages past ${gate.looksAt === 'trust' ? 'the check' : 'the age limit'}`,
        steps: [
          `a version that fits is there, and only its age is unknown or too low: add the lines to ${gate.cure.file}`,
        ],
        edit: {
          file: gate.cure.file,
          line: null,
          before: null,
          after: gate.cure.lines(entriesLike(gate, clues)),
        },
      },
    };
  },
};

/** Whatever the same check holds back goes into one list: a second one in the same file would be no valid file. */
function entriesLike({ cure, looksAt }: AgeGate, { cases }: Clues): readonly string[] {
  const held = heldBack.get(cases) ?? entriesOf(cases);
  heldBack.set(cases, held);
  return [...(held.get(`${looksAt} ${cure.file}`) ?? [cure.entry])];
}

/** The entries of all that is held back, by check and file: gathered once for the cases of a run. */
const heldBack = new WeakMap<readonly Case[], ReadonlyMap<string, ReadonlySet<string>>>();

function entriesOf(cases: readonly Case[]): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = new Map<string, Set<string>>();
  for (const { result } of cases) {
    if (result.kind !== 'held-back') continue;
    const { cure, looksAt } = result.gate;
    const key = `${looksAt} ${cure.file}`;
    entries.set(key, (entries.get(key) ?? new Set()).add(cure.entry));
  }
  return entries;
}

function minutes(count: number): string {
  if (count % 1440 === 0) return count === 1440 ? 'a day' : `${count / 1440} days`;
  return count === 1 ? 'a minute' : `${count} minutes`;
}
