import { type ClientModel, registryReach } from '../domain/client.ts';
import { type Dependency, scopeOf } from '../domain/dependency.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import type { Plan } from '../domain/plan.ts';
import { type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import { isSuccess, type Outcome, type Question, statusOf } from '../domain/probe.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import type { Case } from '../domain/target.ts';
import type { Inputs } from '../inputs.ts';
import { metadataQuestion } from '../probes/package-questions.ts';
import { selectDependencies } from '../project/select-dependencies.ts';
import { askedWhereLocked } from './asked-where-locked.ts';
import { addedDependencies } from './followed-dependencies.ts';
import type { Gathered } from './gather.ts';
import { askedAtKeyedDefault } from './keyed-default.ts';
import { overlayFiles } from './overlay-files.ts';
import { onOwnServer } from './own-server.ts';
import { planFiles, planScopes } from './plan-run.ts';
import { isPrivate, privateScopes } from './private-packages.ts';
import { verifyTargets } from './verify-targets.ts';

/** `writes`: the plan is to be carried out, so that it may grow by what verification finds. `ask` is `null` offline. */
export interface Settling {
  gathered: Gathered;
  inputs: Inputs;
  writes: boolean;
  ask: ((question: Question) => Promise<Outcome>) | null;
  /** Resolves when everything that was asked so far is on its way, and nothing is left but to wait for answers. */
  underWay(): Promise<void>;
  /** Told of a plan that no answer can change any more, while the answers about its packages are awaited. */
  onFinal(plan: Plan): void;
  /** Milliseconds since 1970. */
  now: number;
  onProgress?: (done: number, of: number) => void;
}

/** A plan, what the client makes of it, and what an install will meet then. */
export interface Settled {
  plan: Plan;
  client: ClientModel;
  cases: readonly Case[];
}

const mostRounds = 4;

/**
 * Plans and verifies until nothing new turns up: without a lockfile only the metadata of private packages shows which further private
 * scopes an install needs. Nothing is written here, though `onFinal` may.
 */
export async function settlePlan(settling: Settling): Promise<Settled> {
  const { gathered, inputs, writes, ask } = settling;
  const { environment, clientWorld, module } = gathered;
  const selection = { kinds: inputs.include.value, depth: inputs.depth.value };
  const selected = selectDependencies(gathered.project, selection);
  const extended = addedDependencies(gathered.project, gathered.client).map(({ to, added }) => ({
    to,
    added: selectDependencies({ dependencies: added }, selection),
  }));
  const facts = {
    environment,
    project: { ...gathered.project, dependencies: [...selected, ...extended.flatMap(({ added }) => added)] },
    client: gathered.client,
    scopes: inputs.scopes.value === 'auto' ? null : inputs.scopes.value,
    named: inputs.registries.value === 'auto' ? [] : inputs.registries.value.map(({ scope }) => scope),
  };
  const scopes = new Set(privateScopes(facts));
  // the metadata of private packages tells which of them are extended, of others nobody knows whether they are there
  const elsewhere = extended.filter(({ to }) => !isPrivate(facts, scopes, to)).flatMap(({ added }) => added);
  const direct = [...selected, ...elsewhere].filter((dependency) => isPrivate(facts, scopes, dependency));
  const isDirect = new Set(direct);
  // they are asked for as they stand: no plan maps what the default registry has, or the lockfile alone names
  const others = selected.filter((one) => !isDirect.has(one));
  const samples =
    ask === null || facts.scopes !== null
      ? []
      : new Set([
          ...askedAtKeyedDefault(gathered.client, others),
          ...askedWhereLocked(gathered.client, environment, others),
        ]);
  const found: Dependency[] = [];
  for (let round = 1; ; round += 1) {
    const planned = await planScopes({ gathered, inputs, dependencies: [...direct, ...found], ask });
    const plan: Plan = writes
      ? planFiles({ gathered, inputs }, module, planned)
      : { scopes: planned, edits: [], exports: {} };
    const resolved = writes
      ? module.resolve(
          {
            ...clientWorld,
            env: { ...clientWorld.env, ...plan.exports },
            files: overlayFiles(clientWorld.files, plan.edits),
          },
          gathered.client.client,
        )
      : gathered.client;
    const client = onOwnServer(resolved, environment);
    let done = 0;
    const asked = [...direct, ...samples];
    const verifying = verifyTargets(asked.length > 0 ? asked : stoppedAt(client, selected), {
      client,
      ask,
      now: settling.now,
      rewrites: gathered.project,
      publicRegistry: gathered.publicRegistry,
      isPrivate: (dependency) => isPrivate({ ...facts, client }, scopes, dependency),
      isOrdinary: ({ name }) =>
        registryReach(client.registryFor(name)) === 'all' && !scopes.has(scopeOf(name) ?? ''),
      isHeld: (dependency, parent) =>
        ask ? isHeldBeside(dependency, parent, { gathered, client, ask }) : Promise.resolve(false),
      onDone: () => settling.onProgress?.(++done, asked.length),
    });
    // only what no lockfile pins can bring in packages that nobody knows yet
    const isFinal = direct.every(({ locked }) => locked !== null);
    const [cases] = await Promise.all([
      verifying,
      isFinal ? settling.underWay().then(() => settling.onFinal(plan)) : null,
    ]);
    const missed = cases
      .filter(
        ({ result, target: { dependency } }) =>
          result.kind === 'asks-public-registry' && !asked.includes(dependency),
      )
      .map(({ target }) => target.dependency)
      .filter(({ name }) => !scopes.has(scopeOf(name) ?? ''));
    if (!writes || missed.length === 0 || round === mostRounds) return { plan, client, cases };
    for (const dependency of missed) {
      found.push(dependency);
      const scope = scopeOf(dependency.name);
      if (scope !== null) scopes.add(scope);
    }
  }
}

/** A client that ends before it asks anything installs nothing at all: one package stands for all, though none is known to be private. */
function stoppedAt({ stop }: ClientModel, selected: readonly Dependency[]): readonly Dependency[] {
  return stop === null ? [] : selected.filter(({ from }) => from === 'registry').slice(0, 1);
}

/**
 * Whether GitLab itself holds a package that nothing maps: asked where the package that needs it comes from, and at the instance
 * prefix. An answer of its own, not a redirect, means that the name is a private one.
 */
async function isHeldBeside(
  dependency: Dependency,
  parent: string | null,
  {
    gathered: { environment },
    client,
    ask,
  }: { gathered: Gathered; client: ClientModel; ask: (question: Question) => Promise<Outcome> },
): Promise<boolean> {
  const { apiUrl } = environment;
  const beside = parent === null ? null : prefixOf(parent);
  if (apiUrl === null || beside === null || !sameOrigin(apiUrl, beside.apiUrl)) return false;
  const prefixes: readonly Prefix[] =
    beside.kind === 'instance' ? [beside] : [beside, { kind: 'instance', apiUrl }];
  const answers = await Promise.all(
    prefixes.map(async (prefix) => {
      const url = client.metadataUrl(prefixUrl(prefix), dependency.name);
      const authorization = jobAuthorization(environment, url, 'bearer');
      if (!authorization) return false;
      const outcome = await ask(metadataQuestion('metadata', url, authorization));
      const status = statusOf(outcome);
      return (
        (isSuccess(status) || status === 403) &&
        outcome.kind === 'answered' &&
        outcome.hops.every(({ followed }) => followed)
      );
    }),
  );
  return answers.includes(true);
}
