import type { ApiToken } from '../domain/api-token.ts';
import type { Environment } from '../domain/environment.ts';
import { type Outcome, type Question, serverMessage } from '../domain/probe.ts';
import { Secret, sameSecret } from '../domain/secret.ts';

type Ask = (question: Question) => Promise<Outcome>;

/** The token in the variable that `api-token-env` names; `null` when none is named or the variable is unset or empty. */
export function apiTokenOf(
  variable: string | null,
  env: Readonly<Record<string, string | undefined>>,
): ApiToken | null {
  const value = variable === null ? undefined : env[variable]?.trim();
  return variable === null || !value ? null : { variable, secret: new Secret(value) };
}

/**
 * Asks as `ask` does, and keeps what became of the API token. `usable` is the token where it can be asked with at all; `notice` is the one
 * thing that a user must know of it, once everything is asked: why findings rest on the job token alone.
 */
export interface WatchedToken {
  ask: Ask | null;
  usable: ApiToken | null;
  notice(): string | null;
}

/** Watches an API token over a run. `token` is `null` when the variable holds nothing. */
export function watchApiToken(
  ask: Ask | null,
  {
    variable,
    token,
    environment,
  }: { variable: string | null; token: ApiToken | null; environment: Environment },
): WatchedToken {
  const said = unusable(variable, token, environment);
  if (token === null || ask === null || said !== null) return { ask, usable: null, notice: () => said };
  const refusals = new Map<'rejected' | 'scope' | 'role', string>();
  return {
    usable: token,
    async ask(question) {
      const outcome = await ask(question);
      const { authorization, probe } = question;
      if (authorization.kind === 'private-token-header' && authorization.secret === token.secret) {
        const refusal = refusalOf(probe, outcome);
        if (refusal !== null && !refusals.has(refusal)) refusals.set(refusal, projectOf(probe));
      }
      return outcome;
    },
    notice() {
      const project = refusals.get('role');
      if (refusals.has('rejected')) return notice(`GitLab does not accept the token in ${token.variable}`);
      if (refusals.has('scope'))
        return notice(`the token in ${token.variable} lacks the scope api (read_api to look only)`);
      return project === undefined
        ? null
        : notice(
            `the token in ${token.variable} may not read the settings of project ${project}, which takes a Maintainer`,
          );
    },
  };
}

function unusable(variable: string | null, token: ApiToken | null, environment: Environment): string | null {
  if (variable === null) return null;
  if (token === null) return notice(`${variable} is unset or empty in this job`);
  if (environment.provider !== 'gitlab') return notice(`${variable} is used in jobs of GitLab only`);
  const { kind, secret } = environment.credential;
  return kind === 'job-token' && secret !== null && sameSecret(secret, token.secret)
    ? notice(`${variable} holds the job token, which reads no settings`)
    : null;
}

const consequence = 'findings rest on what the job token sees';

function notice(why: string): string {
  return `api-token-env: ${why}; ${consequence}`;
}

/** The consumer's own settings are a plus: a token without rights there is no weak one. */
function refusalOf(probe: string, outcome: Outcome): 'rejected' | 'scope' | 'role' | null {
  if (outcome.kind !== 'answered') return null;
  if (outcome.status === 401) return 'rejected';
  if (outcome.status === 403 && serverMessage(outcome) === 'insufficient_scope') return 'scope';
  const needed = probe.startsWith('token-scope:') || probe.startsWith('project-settings:');
  return needed && (outcome.status === 403 || outcome.status === 404) ? 'role' : null;
}

function projectOf(probe: string): string {
  return probe.slice(probe.indexOf(':') + 1);
}
