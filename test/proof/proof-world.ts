import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import { jobVariables, manifest, type Scenario } from '../../src/demo/scenario.ts';
import type { Question } from '../../src/domain/probe.ts';
import type { Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import type { Http } from '../../src/io/http.ts';
import { lockfile } from '../scenarios/situation.ts';
import { type DirectGitLab, httpOver, outcomeNumber, outcomeOf } from './direct-http.ts';
import {
  consumerPath,
  gitlabOf,
  jobTokenValue,
  literalTokenValue,
  lockedTarball,
  packageName,
  registryUrl,
  serverUrl,
  storedTokenValue,
} from './proof-gitlab.ts';
import type { ProofState } from './proof-state.ts';
import type { Mended } from './true-causes.ts';

/** The job and the checkout of a state: what the step knows before it asks. */
export function scenarioOf({ state, served }: Mended): Scenario {
  const name = packageName(state);
  const dependencies = { [name]: state.lockfile ? '1.4.0' : '^1.0.0' };
  const pnpm = state.config === 'tarball-key-missing';
  return {
    name: 'proof',
    story: 'one state of the proof',
    url: serverUrl,
    gitlab: gitlabOf(state),
    env: {
      ...jobVariables({
        url: serverUrl,
        version: `${state.version}.1`,
        project: consumerPath(state),
        projectId: 512,
        user: 'alice',
        token: jobTokenValue,
      }),
      ...(state.credential === 'stored' && { NPM_TOKEN: storedTokenValue(state) }),
    },
    files: {
      'package.json': manifest(dependencies),
      '.npmrc': npmrcOf(state, registryUrl(state, served)),
      ...(state.lockfile && {
        'package-lock.json': lockfile(dependencies, {
          [name]: { version: '1.4.0', resolved: lockedTarball(state, served) },
        }),
      }),
      ...(pnpm && { 'pnpm-workspace.yaml': 'packages: []\n' }),
    },
    home: {},
    npm: '10.9.2',
    ...(pnpm && { client: { name: 'pnpm', version: '10.13.1' } }),
    command: 'verify',
  };
}

function npmrcOf({ config, credential, scope }: ProofState, registry: string): string {
  const line = `${scope}:registry=${registry}\n`;
  const key = (value: string, at = '//gitlab.example.com/api/v4/') => `${at}:_authToken=${value}\n`;
  switch (config) {
    case 'line-missing':
      return key('${CI_JOB_TOKEN}');
    case 'key-missing':
      return line;
    case 'key-mismatch':
      return `${line}${key('${CI_JOB_TOKEN}', '//gitlab.example.org/api/v4/')}`;
    case 'variable-unset':
      return `${line}${key('${NPM_TOKEN}')}`;
    case 'literal-token':
      return `${line}${key(literalTokenValue)}`;
    case 'tarball-key-missing':
      return `${line}${key('${CI_JOB_TOKEN}', registry.slice('https:'.length))}`;
    case 'right':
      return `${line}${key(credential === 'stored' ? '${NPM_TOKEN}' : '${CI_JOB_TOKEN}')}`;
  }
}

/** The whole step on a scenario, over an HTTP edge of its own. Throws when it gives no report. */
export async function reportOf(scenario: Scenario, http: () => Http): Promise<Report> {
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind === 'usage') throw new Error(reading.message);
  const world = { ...scenarioWorld(scenario, '0.0.0-test', (origin) => origin), http };
  const result = await preflight(world, {
    command: scenario.command,
    inputs: reading.inputs,
    dryRun: false,
    offline: false,
  });
  if (result.kind !== 'report') throw new Error(JSON.stringify(result));
  return result.report;
}

/** What was asked next, and where each answer led. */
type Node = { question: Question; answers: Map<number, Node> } | { report: Report };

/**
 * Runs the step on states that look alike from outside. The step's report depends on the answers alone, so a state whose answers
 * equal those of a run before, question by question, has that run's report.
 */
export class SharedRuns {
  readonly #roots = new Map<string, Node>();
  runs = 0;

  async reportOf(mended: Mended, gitlab: DirectGitLab): Promise<Report> {
    const scenarioKey = knownKey(mended);
    let node = this.#roots.get(scenarioKey);
    while (node && 'question' in node) node = node.answers.get(outcomeNumber(gitlab, node.question));
    if (node) return node.report;
    return this.#run(mended, gitlab, scenarioKey);
  }

  async #run(mended: Mended, gitlab: DirectGitLab, scenarioKey: string): Promise<Report> {
    const asked: { question: Question; answer: number }[] = [];
    const http = httpOver((question) => {
      asked.push({ question, answer: outcomeNumber(gitlab, question) });
      return outcomeOf(gitlab, question);
    });
    const report = await reportOf(scenarioOf(mended), () => http);
    this.runs += 1;
    let attach = (node: Node): void => void this.#roots.set(scenarioKey, node);
    let known = this.#roots.get(scenarioKey);
    for (const { question, answer } of asked) {
      if (known && !('question' in known && known.question.url === question.url)) {
        throw new Error(`after the same answers another question: ${question.probe}`);
      }
      const node: Extract<Node, { question: Question }> =
        known && 'question' in known ? known : { question, answers: new Map() };
      if (!known) attach(node);
      known = node.answers.get(answer);
      attach = (next) => void node.answers.set(answer, next);
    }
    attach({ report });
    return report;
  }
}

function knownKey({ state, served }: Mended): string {
  const { version, prefix, scope, lockfile: locked, config, credential, consumer } = state;
  return [
    version,
    prefix,
    scope,
    locked,
    config,
    credential === 'stored' ? storedTokenValue(state) : credential,
    consumer,
    registryUrl(state, served),
    lockedTarball(state, served),
  ].join(' ');
}
