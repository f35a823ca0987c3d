import { type Cause, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import type { ClientName } from '../domain/client.ts';
import type { LockfileGap } from '../domain/project.ts';

/**
 * package.json was changed and the lockfile was not: an install that may not change the lockfile ends before it asks anything (run for real: npm 10 to 12,
 * pnpm 9 to 12, Yarn 1, 3 and 4, Bun 1.4.5). Which command the job runs is not known, so it is a warning.
 */
export const lockfileOutOfStep: Cause = {
  code: 'NP121',
  slug: 'lockfile-out-of-step',
  title: 'package.json and the lockfile ask for different packages',
  severity: 'warning',
  needs: [],
  example: 'lockfile-out-of-step',
  weigh: () => ruledOut,
  state() {
    throw new Error('this cause only stands on the configuration');
  },
  inspect(run) {
    const { lockfileGaps = [] } = run.project;
    if (lockfileGaps.length === 0) return [];
    return [
      {
        severity: 'warning',
        packages: [...new Set(lockfileGaps.map(labelOf))],
        statement: statementOf(run, lockfileGaps),
      },
    ];
  },
};

const commands: Readonly<Record<ClientName, { keeps: string; writes: string }>> = {
  npm: { keeps: 'npm ci', writes: 'npm install --package-lock-only' },
  pnpm: { keeps: 'pnpm install --frozen-lockfile', writes: 'pnpm install --lockfile-only' },
  yarn: { keeps: 'yarn install --frozen-lockfile', writes: 'yarn install' },
  'yarn-berry': { keeps: 'yarn install --immutable', writes: 'yarn install --mode=update-lockfile' },
  bun: { keeps: 'bun install --frozen-lockfile', writes: 'bun install --lockfile-only' },
};

/** Clients that keep to the lockfile on a CI by themselves. */
const careful: readonly ClientName[] = ['pnpm', 'yarn-berry'];

/** Names that one line still takes. */
const mostNames = 5;

function statementOf({ project, client }: RunFacts, gaps: readonly LockfileGap[]): Statement {
  const { name } = client.client;
  const lockfile = project.lockfile?.path ?? 'the lockfile';
  const [first] = gaps;
  const others = gaps.length - 1;
  const { keeps, writes } = commands[name];
  const what = first === undefined ? 'nothing' : `${first.name}${others > 0 ? ` and ${others} more` : ''}`;
  return {
    title:
      first?.kind === 'removed'
        ? `${lockfile} was made for ${what}, which no package.json of its folder asks for`
        : `${lockfile} has nothing for ${what} as package.json asks for it`,
    seen: [...listed(gaps, 'missing', 'not in the lockfile'), ...listed(gaps, 'removed', 'only there')].join(
      '; ',
    ),
    location: first?.source ?? null,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `bring ${lockfile} in step with package.json`,
      steps: [
        `an install that may not change the lockfile ends there: ${keeps}${careful.includes(name) ? `, which is what ${name === 'pnpm' ? 'pnpm' : 'Yarn'} does on a CI by itself` : ''}`,
        `run the command where the registry line and its key are in force, and commit ${lockfile}`,
      ],
      command: writes,
    },
  };
}

function listed(gaps: readonly LockfileGap[], kind: LockfileGap['kind'], words: string): readonly string[] {
  const labels = [...new Set(gaps.filter((gap) => gap.kind === kind).map(labelOf))];
  if (labels.length === 0) return [];
  const more = labels.length > mostNames ? ` and ${labels.length - mostNames} more` : '';
  return [`${words}: ${labels.slice(0, mostNames).join(', ')}${more}`];
}

function labelOf({ name, requested }: LockfileGap): string {
  return requested === null ? name : `${name}@${requested}`;
}
