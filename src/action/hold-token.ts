import { githubRegistries, registryHolding, shopOf } from '../domain/github-registry.ts';
import { Secret } from '../domain/secret.ts';
import type { UsageError } from '../domain/usage.ts';
import type { Inputs } from '../inputs.ts';
import { withoutActionInputs } from './phase.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Inputs and variables of a run that know the action's input `token` by the name of a variable, as they know every other token. */
export interface HeldToken {
  kind: 'held';
  inputs: Inputs;
  env: Variables;
  /** `null` without a token. */
  variable: string | null;
  /** Whether the workflow gave a token of another shop than GitHub. */
  stranger: boolean;
}

const base = 'NPMRC_PREFLIGHT_TOKEN';

/**
 * Puts the token into a variable of this run: the one in which an earlier use in the job put the same token, else a free one. It goes to the lines of
 * `registries` without `token=` that it may be for: GitHub's to GitHub's own registry, another shop's anywhere else. When those lie on
 * several servers, nobody can tell whose it is, and it is refused. Beside `token-env` it does not count.
 */
export function holdToken(env: Variables, inputs: Inputs): HeldToken | UsageError {
  const token = env.INPUT_TOKEN?.trim() ?? '';
  const rest = withoutActionInputs(env);
  if (token === '' || inputs.tokenEnv.value !== null)
    return { kind: 'held', inputs: marked(inputs), env: rest, variable: null, stranger: false };
  const variable = variableFor(env, token);
  const shop = shopOf(token);
  const own = githubRegistries(env.GITHUB_SERVER_URL ?? null);
  const isFor = (url: string) =>
    shop === 'unknown' || (shop === 'github') === (registryHolding(own, url) !== null);
  const lines = inputs.registries.value === 'auto' ? [] : inputs.registries.value;
  const takers = lines.filter(({ url, tokenVariable }) => tokenVariable === null && isFor(url));
  if (new Set(takers.map(({ url }) => new URL(url).origin)).size > 1) {
    return {
      kind: 'usage',
      message: 'token is for one server, and registries names several without token=',
      hint: 'put each token into env and name its variable in its line: @scope=URL token=NAME',
    };
  }
  const given = lines.map((line) => (takers.includes(line) ? { ...line, tokenVariable: variable } : line));
  return {
    kind: 'held',
    inputs: {
      ...inputs,
      token: { value: new Secret(token), source: { kind: 'env', name: variable } },
      registries: lines.length === 0 ? inputs.registries : { ...inputs.registries, value: given },
    },
    env: { ...rest, [variable]: token },
    variable,
    stranger: shop !== 'github',
  };
}

/** An empty input is not given, and yet tells that this is the action. */
function marked(inputs: Inputs): Inputs {
  return inputs.token.source.kind === 'default'
    ? { ...inputs, token: { value: null, source: { kind: 'input', name: 'token' } } }
    : inputs;
}

function variableFor(env: Variables, token: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!env[name] || env[name] === token) return name;
  }
}
