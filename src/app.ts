import { checkCrashed, crashStatement } from './causes/check-crashed.ts';
import { causes } from './causes/list.ts';
import { unexplainedAnswer } from './causes/unexplained-answer.ts';
import { type ClientModule, clientModules } from './clients/client-modules.ts';
import type { RunFacts } from './domain/cause.ts';
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
import { probes } from './probes/list.ts';
import { providerKnowledge } from './providers/knowledge.ts';
import { apiTokenOf, watchApiToken } from './steps/api-token.ts';
import { type AppliedPlan, applyPlan } from './steps/apply-plan.ts';
import { buildReport } from './steps/build-report.ts';
import { checkPublish, publishNotices } from './steps/check-publish.ts';
import { severalLockfiles } from './steps/choose-client.ts';
import { type CredentialNeed, credentialNeeds } from './steps/credential-needs.ts';
import { diagnoseCases } from './steps/diagnose-cases.ts';
import { gather } from './steps/gather.ts';
import { knownSecrets } from './steps/known-secrets.ts';
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
    return {
      kind: 'crashed',
      why: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error',
    };
  }
}

async function checkedRun(world: World, options: RunOptions): Promise<RunResult> {
  const { command, inputs } = options;
  const gathered = await gather(world, inputs, {
    planning: command === 'run' && inputs.config.value !== 'none',
  });
  if (gathered.kind !== 'gathered') return gathered;
  const { environment, project } = gathered;
  const module: ClientModule = clientModules[gathered.client.client.name];
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
    const publishing = inputs.publish.value ? await checkPublish(run, { ask, publicRegistry }) : null;
    const findings = await diagnoseCases(run, [...cases, ...(publishing ?? [])], {
      causes,
      probes,
      knowledge: providerKnowledge,
      fallback: {
        unexplained: unexplainedAnswer,
        crashed: (cause, message) => crashStatement(`the check for ${cause.slug}`, message),
        crashedCause: checkCrashed,
      },
      ask,
    });
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
      ...(publishing ? publishNotices(run, publishing) : []),
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
