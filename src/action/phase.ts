import { inputDescriptions } from '../inputs.ts';

/** The names of the variables that `main` put tokens into, for `post`. */
export const tokensState = 'npmrc_preflight_tokens';

type Variables = Readonly<Record<string, string | undefined>>;

/** Saved before anything else by `main`, so that `post` knows itself. */
export const began = { name: 'npmrc_preflight_phase', value: 'began' } as const;

/**
 * Whether this process is a step of a workflow that `uses` the action, and which phase of it; `null` for every other call, a `run:` step among
 * them. The runner starts an action without arguments and gives it every input of action.yml by a variable with the dashes of its
 * name, which no shell and no other action gives all of.
 */
export function actionPhase({
  args,
  env,
}: {
  args: readonly string[];
  env: Variables;
}): 'main' | 'post' | null {
  const called =
    args.length === 0 &&
    env.GITHUB_ACTIONS === 'true' &&
    Boolean(env.GITHUB_ACTION) &&
    Boolean(env.GITHUB_STATE);
  if (!called || !givenInputs.every((variable) => env[variable] !== undefined)) return null;
  return env[`STATE_${began.name}`] === began.value ? 'post' : 'main';
}

/** The inputs that have a value in every use, since action.yml gives them one. */
const givenInputs = inputDescriptions
  .filter(({ commands, default: preset }) => commands.includes('run') && preset !== '')
  .map(({ name }) => `INPUT_${name.toUpperCase()}`);

/** The variables without the inputs of an action: those of another one mean nothing to a program that it starts. */
export function withoutActionInputs(env: Variables): Variables {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^INPUT_/i.test(name)));
}
