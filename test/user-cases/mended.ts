import type { Finding } from '../../src/domain/report.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { type Played, play } from '../scenarios/play.ts';
import type { TestWorld } from '../scenarios/test-world.ts';

const mostSteps = 3;

/** The run after the remedies: the words' where `carryOut` does them, else each finding's edit or request, its alternatives' included. */
export async function mended(
  world: TestWorld,
  before: Played,
  carryOut: ((world: TestWorld) => TestWorld) | undefined,
): Promise<Played> {
  if (carryOut) return play(carryOut(world));
  let now = world;
  let last = before;
  for (let step = 0; step < mostSteps && last.report.findings.length > 0; step += 1) {
    for (const finding of last.report.findings)
      for (const cause of [finding.cause, ...(finding.certainty === 'possible' ? finding.alternatives : [])])
        now = applyRemedy(now, { ...finding, cause }) ?? now;
    last = await play(now);
  }
  return last;
}

/** Everything that the remedies of findings say. */
export function remedyText(findings: readonly Finding[]): string {
  return findings
    .map(({ remedy: { who, summary, steps, edit, command, request, url } }) =>
      [who, summary, ...steps, edit?.after, command, request && JSON.stringify(request), url].join('\n'),
    )
    .join('\n');
}
