import { expect, it } from 'vitest';
import type { Finding } from '../../src/domain/report.ts';
import { play } from '../scenarios/play.ts';
import { lockfile, situation } from '../scenarios/situation.ts';
import {
  clientToken,
  lockedTarball,
  type Mending,
  packageName,
  registryUrl,
  type SampleState,
  sampleGitLab,
  sampleState,
  sampleToken,
  seeded,
} from './sample-state.ts';
import { installSucceeds, trueCauses } from './true-causes.ts';

const size = Number(process.env.PROOF_SAMPLE ?? 1000);
const seed = Number(process.env.PROOF_SEED ?? 20);

/** What a cause says should be mended; a cause that is not here can't be true in the sample. */
const mendedBy: Readonly<Record<string, readonly Mending[]>> = {
  'token-rejected': ['token'],
  'token-scope-missing': ['scope'],
  'not-on-allowlist': ['allowlist'],
  'fine-grained-permission-missing': ['permission'],
  'role-missing': ['role'],
  'registry-restricted': ['registry'],
  'outbound-limit': ['outbound'],
  'package-not-found': ['publish', 'prefix'],
  'forwarded-to-public': ['publish', 'prefix'],
  'scope-is-not-root-namespace': ['prefix'],
};

function worldOf(state: SampleState) {
  const name = packageName(state);
  const dependencies = { [name]: state.lockfile ? '1.4.0' : '^1.0.0' };
  return situation({
    name: 'sample',
    story: 'one of the sample',
    gitlab: sampleGitLab(state),
    variables: { CI_JOB_TOKEN: sampleToken, NPM_TOKEN: clientToken(state) },
    dependencies,
    npmrc: `${state.scope}:registry=${registryUrl(state)}\n//gitlab.example.com/api/v4/:_authToken=\${${clientToken(state) === sampleToken ? 'CI_JOB_TOKEN' : 'NPM_TOKEN'}}\n`,
    ...(state.lockfile && {
      lock: lockfile(dependencies, { [name]: { version: '1.4.0', resolved: lockedTarball(state) } }),
    }),
    expected: { verdict: 'pass', exitCode: 0, findings: [] },
  });
}

function faultsOf(state: SampleState, verdict: string, findings: readonly Finding[]): readonly string[] {
  const works = installSucceeds(state);
  if (works !== (verdict === 'pass'))
    return [`verdict ${verdict}, but the install ${works ? 'works' : 'fails'}`];
  if (works) return findings.map(({ cause }) => `finding ${cause} where nothing is wrong`);
  const truth = trueCauses(state);
  const fits = (cause: string) => (mendedBy[cause] ?? []).some((mending) => truth.has(mending));
  const errors = findings.filter(({ severity }) => severity === 'error');
  const wrong = errors.filter(({ certainty, cause }) => certainty === 'confirmed' && !fits(cause));
  const named = errors.flatMap(({ cause, alternatives }) => [cause, ...alternatives]);
  return [
    ...wrong.map(({ cause }) => `confirmed ${cause}, true: ${[...truth].join(' ')}`),
    ...(named.some(fits) ? [] : [`named ${named.join(' ')}, true: ${[...truth].join(' ')}`]),
  ];
}

it(`is right about ${size} states of GitLab`, async () => {
  const random = seeded(seed);
  const faults: string[] = [];
  const figures = {
    states: 0,
    pass: 0,
    fail: 0,
    confirmed: 0,
    possible: 0,
    unexplained: 0,
    requests: 0,
    alternatives: 0,
  };
  for (let index = 0; index < size; index++) {
    const state = sampleState(random);
    const { report } = await play(worldOf(state));
    figures.states++;
    figures[report.verdict === 'pass' ? 'pass' : 'fail']++;
    figures.requests += report.requests.count;
    if (report.verdict !== 'pass') {
      const [first] = report.findings;
      figures[first?.certainty ?? 'unexplained']++;
      if (first?.cause === 'unexplained-answer') figures.unexplained++;
      figures.alternatives += first?.alternatives.length ?? 0;
    }
    for (const fault of faultsOf(state, report.verdict, report.findings)) {
      faults.push(`${fault} :: ${Object.values(state).join(' ')}`);
    }
  }
  process.stdout.write(`proof sample: ${JSON.stringify({ ...figures, faults: faults.length })}\n`);
  expect(faults.slice(0, 20)).toEqual([]);
}, 240_000);
