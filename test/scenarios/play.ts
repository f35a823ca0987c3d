import { vi } from 'vitest';
import { preflight } from '../../src/app.ts';
import { causes } from '../../src/causes/list.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import { publicHost } from '../../src/domain/public-registry.ts';
import type { Finding, Report } from '../../src/domain/report.ts';
import { readInputs } from '../../src/inputs.ts';
import type { World } from '../../src/io/world.ts';
import { presentReport } from '../../src/present.ts';
import { type GitHubRequestLog, startGitHub } from '../../src/simulator/github/start-github.ts';
import { type LoggedRequest, startGitLab } from '../../src/simulator/start-gitlab.ts';
import type { TestWorld } from './test-world.ts';

/** What a run left: its report, the printed text with placeholders for ports and times, the world and what GitLab saw. */
export interface Played {
  report: Report;
  text: string;
  json: string;
  exitCode: number;
  world: World;
  requests: readonly LoggedRequest[];
  githubRequests: readonly GitHubRequestLog[];
}

/** Runs the whole app over a world against its own GitLab on loopback. Throws when the run gives no report. */
export async function play(scenario: TestWorld): Promise<Played> {
  const server = await startGitLab(scenario.gitlab, {
    externalUrl: scenario.url,
    publicRegistry: 'https://public-registry.example',
  });
  const github = scenario.github ? await startGitHub(scenario.github) : null;
  const gitlab = new URL(server.url).origin;
  const passage = (await scenario.passage?.(server)) ?? { origin: gitlab };
  const home = new URL(scenario.url).origin;
  const plain = scenarioWorld(
    { ...scenario, env: { ...scenario.env, ...passage.env } },
    '0.0.0-test',
    (origin) =>
      passage.origins?.[origin] ??
      github?.origins.get(origin) ??
      (origin === home && passage.origin !== null ? passage.origin : origin),
  );
  const world: World = {
    ...plain,
    http(limits) {
      const http = plain.http(limits);
      return {
        ...http,
        ask: async (question) => passage.answers?.(question) ?? (await http.ask(question)),
      };
    },
  };
  const reading = readInputs({
    args: new Map(Object.entries(scenario.inputs ?? {}).map(([k, v]) => [k, [v]])),
    env: {},
  });
  if (reading.kind === 'usage') throw new Error(reading.message);
  const broken = causes.find(({ slug }) => slug === scenario.crashing);
  const spy =
    broken &&
    vi.spyOn(broken, 'weigh').mockImplementation(() => {
      throw new TypeError('undefined is not iterable');
    });
  try {
    const result = await preflight(world, {
      command: scenario.command,
      inputs: reading.inputs,
      dryRun: false,
      offline: scenario.offline ?? false,
    });
    if (result.kind !== 'report') throw new Error(JSON.stringify(result));
    const printed = (format: 'text' | 'json') =>
      presentReport(world, result, {
        inputs: { ...reading.inputs, format: { value: format, source: { kind: 'input', name: 'format' } } },
        color: false,
        complaintColor: false,
        width: 110,
        program: 'node dist/index.js',
        verbose: false,
        now: 0,
      });
    const { output, complaint, exitCode } = await printed('text');
    return {
      report: result.report,
      text: settled(`${output}${complaint}`),
      json: (await printed('json')).output,
      exitCode,
      world,
      requests: [...server.requests],
      githubRequests: [...(github?.requests ?? [])],
    };
  } finally {
    spy?.mockRestore();
    await Promise.all([server.close(), github?.close()]);
  }
}

/** A text without what differs from run to run: times, ports of loopback, the form of absolute paths; and without the host of the public npm registry. */
export function settled(text: string): string {
  return text
    .replace(/\b\d+(?:\.\d+)? m?s\b(?=\n|$| ·)/gm, 'TIME')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(publicHost, 'public-registry.example')
    .replace(/[A-Z]:\\/g, '/')
    .replaceAll('\\', '/');
}

/** A finding in one line: `NP301 confirmed: @acme/ui@^1.0.0`, with `warning ` before it and ` | other, causes` behind where there are any. */
export function findingLine({ code, severity, certainty, packages, alternatives }: Finding): string {
  const mild = severity === 'error' ? '' : `${severity} `;
  const what = packages.length === 0 ? '' : `: ${packages.join(', ')}`;
  const others = alternatives.length === 0 ? '' : ` | ${[...alternatives].sort().join(', ')}`;
  return `${mild}${code} ${certainty}${what}${others}`;
}
