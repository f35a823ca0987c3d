import { preflight } from '../../src/app.ts';
import { fixCommand } from '../../src/commands/fix.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import type { FixReport } from '../../src/domain/fix-report.ts';
import { readInputs } from '../../src/inputs.ts';
import type { PostOutcome } from '../../src/io/post.ts';
import type { World } from '../../src/io/world.ts';
import type { GitLabBuilder } from '../../src/simulator/gitlab.ts';
import { type LoggedRequest, type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import { withApiToken } from '../scenarios/maintainer.ts';
import { rc, situation, url } from '../scenarios/situation.ts';
import { fixFaults } from '../support/report-schema.ts';

/** A job of acme/shop whose GitLab keeps running, so that `fix` can be called again. */
export interface FixJob {
  server: RunningGitLab;
  /** What another server, known as `https://elsewhere.example`, was asked. */
  elsewhere: readonly LoggedRequest[];
  fix(options?: FixCall): Promise<Fixed>;
  close(): Promise<void>;
}

export interface FixCall {
  yes?: boolean;
  entry?: 'project' | 'group';
  format?: 'text' | 'json';
  /** Happens right before a request that changes something. */
  before?: (server: RunningGitLab) => void;
  /** What answers in place of GitLab, which never hears of the request. */
  instead?: PostOutcome;
  /** The answers to requests that change something are lost on the way. */
  losing?: boolean;
  inputs?: Readonly<Record<string, string>>;
}

export interface Fixed {
  exitCode: number;
  output: string;
  complaint: string;
  /** The requests that could change something, in order. */
  changes: readonly LoggedRequest[];
  requests: readonly LoggedRequest[];
  json(): FixReport;
}

export async function fixJob(
  gitlab: GitLabBuilder,
  parts: Partial<Parameters<typeof situation>[0]> = {},
): Promise<FixJob> {
  const scenario = situation({
    name: 'fix',
    story: '',
    gitlab,
    npmrc: `${rc.project}${rc.key}`,
    ...withApiToken,
    expected: { verdict: 'pass', exitCode: 0, findings: [] },
    ...parts,
  });
  const server = await startGitLab(gitlab, {
    externalUrl: scenario.url,
    publicRegistry: 'https://public-registry.example',
  });
  const other = await startGitLab(gitlab, { externalUrl: 'https://elsewhere.example' });
  const world = scenarioWorld(scenario, '0.0.0-test', (origin) => {
    if (origin === new URL(url).origin) return new URL(server.url).origin;
    return origin === 'https://elsewhere.example' ? new URL(other.url).origin : origin;
  });
  return {
    server,
    elsewhere: other.requests,
    async fix({
      yes = false,
      entry = 'project',
      format = 'text',
      before,
      instead,
      losing = false,
      inputs = {},
    } = {}) {
      const args = { ...scenario.inputs, format, ...inputs };
      const reading = readInputs({
        args: new Map(Object.entries(args).map(([name, value]) => [name, [value]])),
        env: {},
      });
      if (reading.kind === 'usage') throw new Error(reading.message);
      const asked = server.requests.length;
      const watched: World = {
        ...world,
        poster(limits) {
          const poster = world.poster(limits);
          return {
            ...poster,
            async post(request) {
              if (instead) return instead;
              before?.(server);
              const outcome = await poster.post(request);
              return losing ? { kind: 'unknown', why: 'no complete answer in time' } : outcome;
            },
          };
        },
      };
      const ending = await fixCommand(watched, {
        inputs: reading.inputs,
        entry,
        yes,
        color: false,
        complaintColor: false,
        width: 110,
        program: 'node dist/index.js',
        verbose: true,
        now: 0,
        check: () =>
          preflight(world, {
            command: 'verify',
            inputs: reading.inputs,
            dryRun: false,
            offline: false,
          }),
      });
      const requests = server.requests.slice(asked);
      return {
        ...ending,
        requests,
        changes: requests.filter(({ method }) => method !== 'GET'),
        json() {
          const fix = JSON.parse(ending.output) as FixReport;
          const faults = fixFaults(fix);
          if (faults.length > 0) throw new Error(`it breaks its schema:\n${faults.join('\n')}`);
          return fix;
        },
      };
    },
    close: async () => void (await Promise.all([server.close(), other.close()])),
  };
}
