import type { RunResult } from '../app.ts';
import { type ApiToken, apiAuthorization } from '../domain/api-token.ts';
import { exemptionRuleOf } from '../domain/exemption-rule.ts';
import type { AllowlistEntry, FixReport } from '../domain/fix-report.ts';
import { createRedactor } from '../domain/redaction.ts';
import type { Report } from '../domain/report.ts';
import type { UsageError } from '../domain/usage.ts';
import type { PostOutcome } from '../io/post.ts';
import type { World } from '../io/world.ts';
import { type Presentation, presentReport } from '../present.ts';
import { renderFix, renderFixJson } from '../render/fix.ts';
import { apiTokenOf } from '../steps/api-token.ts';
import { consumerGroup } from '../steps/consumer-group.ts';
import { type Gathered, gather } from '../steps/gather.ts';
import { neededEntries } from './allowlist-entries.ts';

/** `check` judges the configuration as `verify` does, anew each time. */
export interface FixOptions extends Presentation {
  entry: 'project' | 'group';
  yes: boolean;
  check: () => Promise<RunResult>;
}

type Ending = { exitCode: number; output: string; complaint: string };

/**
 * Shows the allowlist entries that confirmed findings call for. With `yes` it adds exactly those, each once, then checks again. Exit
 * code 0: the check passes. 1: entries are needed, or something still fails. 2: wrong usage. 3: undecided.
 */
export async function fixCommand(world: World, options: FixOptions): Promise<Ending> {
  const { inputs } = options;
  const ready = await makeReady(world, options);
  if (ready.kind !== 'ready') return presentReport(world, ready, options);
  const { gathered, token } = ready;
  const first = await options.check();
  if (first.kind !== 'report') return presentReport(world, first, options);
  const { entries, byHand } = await plannedEntries(world, options, gathered, token, first.report);
  const applied = options.yes && entries.length > 0;
  const done = applied ? await addEntries(world, options, gathered, token, entries) : entries;
  const last = applied ? await options.check() : first;
  if (last.kind !== 'report') return presentReport(world, last, options);
  const missing = applied ? neededEntries(last.report.findings, gathered.environment, null).entries : [];
  const fix: FixReport = {
    schema: 1,
    command: 'fix',
    exitCode: exitCodeOf(done, last.report),
    applied,
    entries: done.map((entry) => contradicted(entry, missing)),
    byHand,
    report: last.report,
  };
  const redact = createRedactor([token.secret, ...first.secrets, ...last.secrets]);
  const notices = [...new Set([...first.notices, ...last.notices])];
  return {
    exitCode: fix.exitCode,
    output: redact(inputs.format.value === 'json' ? renderFixJson(fix) : renderFix(fix, options)),
    complaint: redact(notices.map((notice) => `note: ${notice}\n`).join('')),
  };
}

type Ready = { kind: 'ready'; gathered: Gathered; token: ApiToken };

/** The job and the token to mend with, or what keeps from it. */
async function makeReady(
  world: World,
  { inputs }: FixOptions,
): Promise<Ready | Exclude<RunResult, { kind: 'report' }>> {
  const variable = inputs.apiTokenEnv.value === 'none' ? null : inputs.apiTokenEnv.value;
  const token = apiTokenOf(variable, world.env);
  if (variable === null)
    return wrong(
      "fix needs the token of a Maintainer of the package's project",
      'put it in a masked variable and give its NAME: fix --api-token-env NAME',
    );
  if (token === null)
    return wrong(
      `--api-token-env: ${variable} is unset or empty in this job`,
      'a protected variable is not there on unprotected branches',
    );
  const gathered = await gather(world, inputs);
  if (gathered.kind !== 'gathered') return gathered;
  return gathered.environment.provider === 'gitlab'
    ? { kind: 'ready', gathered, token }
    : wrong('fix works in a job of GitLab', 'elsewhere nothing tells which project has to be let in');
}

function wrong(message: string, hint: string | null): UsageError {
  return { kind: 'usage', message, hint };
}

async function plannedEntries(
  world: World,
  { entry, inputs }: FixOptions,
  { environment, client }: Gathered,
  token: ApiToken,
  { findings }: Report,
) {
  const needed = neededEntries(findings, environment, null);
  if (entry === 'project' || needed.entries.length === 0) return needed;
  const http = world.http({
    timeout: inputs.timeout.value,
    retries: inputs.retries.value,
    concurrency: 1,
    network: client.network,
    exemptions: exemptionRuleOf(client.client.name),
  });
  try {
    const group = await consumerGroup(http.ask, environment, token);
    return group.kind === 'group'
      ? neededEntries(findings, environment, group)
      : {
          entries: [],
          byHand: [...needed.byHand, `no group can be added: ${group.why}; use --entry project`],
        };
  } finally {
    await http.close();
  }
}

async function addEntries(
  world: World,
  { inputs }: FixOptions,
  { environment, client }: Gathered,
  token: ApiToken,
  entries: readonly AllowlistEntry[],
): Promise<readonly AllowlistEntry[]> {
  const poster = world.poster({
    origin: new URL(environment.apiUrl ?? '').origin,
    timeout: inputs.timeout.value,
    network: client.network,
    exemptions: exemptionRuleOf(client.client.name),
  });
  try {
    const done: AllowlistEntry[] = [];
    for (const entry of entries) {
      const { url, data } = entry.request;
      const authorization = apiAuthorization(environment, token, url);
      const outcome: PostOutcome =
        authorization === null
          ? { kind: 'not-sent', why: 'it is not for the server of this job' }
          : await poster.post({ url, authorization, fields: data });
      done.push({ ...entry, ...stateOf(outcome, data) });
    }
    return done;
  } finally {
    await poster.close();
  }
}

/**
 * GitLab answers 201 with the entry (docs: job token scope API), and says 400 with "already in the job token allowlist" (older: "scope") for one that is
 * there. A success without the entry is somebody else's, as a sign-in page is: whether GitLab heard of it nobody knows.
 */
function stateOf(
  outcome: PostOutcome,
  data: AllowlistEntry['request']['data'],
): Pick<AllowlistEntry, 'state' | 'why'> {
  if (outcome.kind !== 'answered') return { state: outcome.kind, why: outcome.why };
  const { status, message, fields } = outcome;
  if (status === 200 || status === 201) {
    if (Object.entries(data).every(([name, value]) => fields[name] === value))
      return { state: 'added', why: null };
    return {
      state: 'unknown',
      why: `the answer is ${status} without the entry, which GitLab repeats: something in front of it may have answered`,
    };
  }
  if (status === 409 || (status === 400 && /\balready\b/i.test(message ?? '')))
    return { state: 'already-there', why: null };
  return { state: 'refused', why: `${status}${message === null ? '' : `: ${message}`}` };
}

/** An entry that is in place by the server's words, and that the check after it still misses, says so: neither of the two is hidden. */
function contradicted(entry: AllowlistEntry, missing: readonly AllowlistEntry[]): AllowlistEntry {
  const there = entry.state === 'added' || entry.state === 'already-there';
  if (!there || !missing.some(({ project }) => project === entry.project)) return entry;
  return {
    ...entry,
    why: `the check after it still finds no entry: look at the list of project ${entry.project}, and run this again in a minute`,
  };
}

function exitCodeOf(entries: readonly AllowlistEntry[], { verdict }: Report): FixReport['exitCode'] {
  const open = entries.some(({ state }) => state === 'needed' || state === 'refused' || state === 'not-sent');
  if (open || verdict === 'fail') return 1;
  return verdict === 'undecided' ? 3 : 0;
}
