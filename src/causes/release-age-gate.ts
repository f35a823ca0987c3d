import { type Cause, ruledOut } from '../domain/cause.ts';

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
        edit: { file: gate.cure.file, line: null, before: null, after: gate.cure.text },
      },
    };
  },
};

function minutes(count: number): string {
  if (count % 1440 === 0) return count === 1440 ? 'a day' : `${count / 1440} days`;
  return count === 1 ? 'a minute' : `${count} minutes`;
}
