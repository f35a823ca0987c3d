// Compares the step's verdict with what real package managers do, in random worlds.
// Usage: npm run agree -- [--worlds 100] [--seed 1] [--clients pnpm-12,bun] [--parallel 2] [--show]
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withProgram } from './with-program.mjs';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '' },
    parallel: { type: 'string', default: '2' },
    show: { type: 'boolean', default: false },
  },
});
await withProgram('test/agree/agree.ts', async (program) => {
  const { playWorlds, agreementLines } = await import(pathToFileURL(program).href);
  const first = Number(values.seed);
  const seeds = Array.from({ length: Number(values.worlds) }, (_, index) => first + index);
  const judgements = await playWorlds({
    seeds,
    parallel: Number(values.parallel),
    ...(values.clients ? { clients: values.clients.split(',') } : {}),
    onJudged(seed, { agrees, said, world }) {
      if (!agrees && !values.show) console.log(`seed ${seed} disagrees (${world.client}, ${world.command})`);
      if (!agrees && values.show) console.log(`seed ${seed} disagrees\n${JSON.stringify(world)}\n${said}`);
    },
  });
  console.log(agreementLines(judgements, seeds).join('\n'));
  process.exitCode = judgements.every(({ agrees }) => agrees) ? 0 : 1;
});
