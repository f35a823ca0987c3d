import { expect, it } from 'vitest';
import { GitLabs, httpOver } from './direct-http.ts';
import { behind, gateways } from './gateways.ts';
import { statesOf } from './proof-space.ts';
import { seeded } from './proof-state.ts';
import { reportOf, scenarioOf } from './proof-world.ts';
import { chosenBlocks } from './prove.ts';
import { errorsOf, wrongs } from './prove-block.ts';
import { Truth } from './true-causes.ts';

const count = Number(process.env.GATEWAY_STATES ?? 30);
const seed = Number(process.env.PROOF_SEED ?? 20);

const names = Object.keys(gateways) as (keyof typeof gateways)[];

it.each(names)(
  `is right about ${count} states of GitLab where all but its packages lies behind %s`,
  async (name) => {
    const gitlabs = new GitLabs();
    const truth = new Truth(gitlabs);
    const random = seeded(seed + names.indexOf(name));
    const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const blocks = chosenBlocks({ seed: seed + names.indexOf(name), sample: 20_000, only: '' });
    const states = blocks.map((block) => [...statesOf(block)]);
    const wrong: string[] = [];
    for (let index = 0; index < count; index++) {
      const start = { state: one(one(states)), served: false };
      const gitlab = gitlabs.of(start.state);
      const report = await reportOf(scenarioOf(start), () => httpOver(behind(name, gitlab)));
      const works = truth.installs(start);
      const faults =
        works !== (report.verdict === 'pass')
          ? [`verdict ${report.verdict}`]
          : works
            ? []
            : wrongs(errorsOf(report), truth.causes(start));
      wrong.push(...faults.map((fault) => `${fault}: ${Object.values(start.state).join(' ')}`));
    }
    expect(wrong).toEqual([]);
  },
  240_000,
);
