import type { RunFacts } from './domain/cause.ts';
import { crashText } from './domain/crash-text.ts';
import { exemptionRuleOf } from './domain/exemption-rule.ts';
import type { Plan } from './domain/plan.ts';
import type { InputProblem } from './domain/project.ts';
import { printable } from './domain/redaction.ts';
import type { Report } from './domain/report.ts';
import type { Secret } from './domain/secret.ts';
import type { UsageError } from './domain/usage.ts';
import type { Inputs } from './inputs.ts';
import type { TlsProblem } from './io/tls-settings.ts';
import type { World } from './io/world.ts';
import { apiTokenOf, watchApiToken } from './steps/api-token.ts';
import { type AppliedPlan, applyPlan } from './steps/apply-plan.ts';
import { buildReport } from './steps/build-report.ts';
import { severalLockfiles } from './steps/choose-client.ts';
import { type CredentialNeed, credentialNeeds } from './steps/credential-needs.ts';
import { gather } from './steps/gather.ts';
import { knownSecrets } from './steps/known-secrets.ts';
import { needsDiagnosis } from './steps/needs-diagnosis.ts';
import { describeConfigFile } from './steps/plan-run.ts';
import { settlePlan } from './steps/settle-plan.ts';

/**
 * How a run ends. `secrets` is everything that no output may show, `needs` what later steps must have of this one's variables. `crashed` is a defect of
 * this program, `why` the error's own words.
 */
export type RunResult =
  | {
      kind: 'report';
      report: Report;
      secrets: readonly Secret[];
      notices: readonly string[];
      needs: readonly CredentialNeed[];
    }
  | { kind: 'unreadable'; problem: InputProblem }
  | { kind: 'not-written'; path: string; why: string; secrets: readonly Secret[] }
  | { kind: 'crashed'; why: string }
  | UsageError;

export interface RunOptions {
  command: 'run' | 'verify';
  inputs: Inputs;
  dryRun: boolean;
  offline: boolean;
  onProgress?: (done: number, of: number) => void;
}

/** One run: read, plan, write, verify, diagnose, report. The only effects are those of `world`. Never rejects. */
export async function preflight(world: World, options: RunOptions): Promise<RunResult> {
  try {
    return await checkedRun(world, options);
  } catch (error) {
    return { kind: 'crashed', why: crashText(error) };
  }
}

async function checkedRun(world: World, options: RunOptions): Promise<RunResult> {
  const { command, inputs } = options;
  const gathered = await gather(world, inputs, {
    planning: command === 'run' && inputs.config.value !== 'none',
  });
  if (gathered.kind !== 'gathered') return gathered;
  const { environment, project, module } = gathered;
  const http = world.http({
    timeout: inputs.timeout.value,
    retries: inputs.retries.value,
    concurrency: inputs.concurrency.value === 'auto' ? null : inputs.concurrency.value,
    network: gathered.client.network,
    exemptions: exemptionRuleOf(gathered.client.client.name),
  });
  try {
    const apiVariable = inputs.apiTokenEnv.value === 'none' ? null : inputs.apiTokenEnv.value;
    const apiToken = apiTokenOf(apiVariable, world.env);
    const { ask, usable, notice } = watchApiToken(options.offline ? null : http.ask, {
      variable: apiVariable,
      token: apiToken,
      environment,
    });
    const writes = command === 'run';
    let carriedOut: AppliedPlan | null = null;
    const carryOut = (plan: Plan) => (carriedOut ??= applyPlan(world, plan, { dryRun: options.dryRun }));
    const { plan, client, cases } = await settlePlan({
      gathered,
      inputs,
      writes,
      ask,
      underWay: http.underWay,
      onFinal: carryOut,
      now: world.now(),
      ...progress(options),
    });
    const secrets = knownSecrets(gathered, plan.scopes, world.env, apiToken);
    const applied = carryOut(plan);
    if (applied.kind === 'failed')
      return { kind: 'not-written', path: applied.path, why: applied.why, secrets };
    const run: RunFacts = {
      command,
      offline: options.offline,
      environment,
      variables: Object.keys(world.env).filter((name) => world.env[name]),
      project,
      client,
      plan,
      configFile: describeConfigFile(gathered, inputs.config.value, command, module),
      ...(usable ? { apiToken: usable } : {}),
    };
    const { publicRegistry } = gathered;
    const publish = inputs.publish.value ? await import('./steps/check-publish.ts') : null;
    const publishing = publish && (await publish.checkPublish(run, { ask, publicRegistry }));
    const judged = [...cases, ...(publishing ?? [])];
    const findings = needsDiagnosis(run, judged)
      ? await (await import('./diagnose.ts')).diagnose(run, judged, ask)
      : [];
    const report = buildReport({
      run,
      cases,
      ...(publishing ? { publishing } : {}),
      findings,
      files: applied.files,
      failOn: inputs.failOn.value,
      requests: http.stats(),
    });
    const said = notice();
    const notices = [
      ...http.tlsProblems.map(tlsNotice),
      ...(said === null ? [] : [said]),
      ...severalLockfiles(inputs, project),
      ...(publish && publishing ? publish.publishNotices(run, publishing) : []),
    ];
    return { kind: 'report', report, secrets, notices, needs: credentialNeeds(plan, cases) };
  } finally {
    await http.close();
  }
}

function progress({ onProgress }: RunOptions): Pick<RunOptions, 'onProgress'> {
  return onProgress ? { onProgress } : {};
}

function tlsNotice({ setting, path, why }: TlsProblem): string {
  return `${setting}${path === null ? '' : ` ${printable(path)}`} ${printable(why)}`;
}
