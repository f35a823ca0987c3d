import { win32 } from 'node:path';
import { inputDescriptions } from '../inputs.ts';

/** The names of the variables that `main` put tokens into, for `post`. */
export const tokensState = 'npmrc_preflight_tokens';

type Variables = Readonly<Record<string, string | undefined>>;

/** The file that action.yml names for `post`: it does nothing but to load the program, which knows by it what it is to do. */
export const postEntry = 'post.js';

/**
 * Whether this process is a step of a workflow that `uses` the action, and which phase of it; `null` for every other call, a `run:` step among
 * them. `program` is the file that was started. What the runner starts by `postEntry` is `post`, whatever became of state and inputs. It starts an
 * action without arguments and gives it every input of action.yml by a variable with the dashes of its name, which no shell and no other action
 * gives all of.
 */
export function actionPhase({
  program,
  args,
  env,
}: {
  program: string | undefined;
  args: readonly string[];
  env: Variables;
}): 'main' | 'post' | null {
  if (program !== undefined && win32.basename(program) === postEntry) return 'post';
  const called = args.length === 0 && env.GITHUB_ACTIONS === 'true' && Boolean(env.GITHUB_ACTION);
  return called && givenInputs.every((variable) => env[variable] !== undefined) ? 'main' : null;
}

/** The inputs that have a value in every use, since action.yml gives them one. */
const givenInputs = inputDescriptions
  .filter(({ commands, default: preset }) => commands.includes('run') && preset !== '')
  .map(({ name }) => `INPUT_${name.toUpperCase()}`);

/** The variables without the inputs of an action: those of another one mean nothing to a program that it starts. */
export function withoutActionInputs(env: Variables): Variables {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^INPUT_/i.test(name)));
}
