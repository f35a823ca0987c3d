import type { AccountDenial } from '../../domain/access-state.ts';
import type { Clues, Statement } from '../../domain/cause.ts';
import { isStranger } from './config-lines.ts';
import { orJobToken } from './deploy-token-remedy.ts';
import { failingRequest } from './failing-request.ts';
import { storeAs } from './pass-token.ts';
import { seenLine } from './seen.ts';
import { tokenHolder } from './token-holder.ts';

/**
 * One denial: what is the matter with the account, who ends it, and how. `user` is its name in messages, `signIn` the address for a browser.
 */
interface Cure {
  what: string;
  by: 'administrator' | 'user' | 'nobody';
  summary: (user: string) => string;
  step: (user: string, signIn: string) => string;
}

const cures: Readonly<Record<AccountDenial, Cure>> = {
  blocked: {
    what: 'the account is blocked',
    by: 'administrator',
    summary: (user) => `unblock ${user}`,
    step: (user) =>
      `Admin > Overview > Users > ${user} > Unblock: one that is banned, or that the directory (LDAP) no longer knows, is refused in the same words`,
  },
  'pending-approval': {
    what: 'the account waits for approval',
    by: 'administrator',
    summary: (user) => `approve ${user}`,
    step: (user) => `Admin > Overview > Users > Pending approval > ${user} > Approve`,
  },
  deactivated: {
    what: 'the account is deactivated',
    by: 'administrator',
    summary: (user) => `activate ${user}`,
    step: (user, signIn) =>
      `Admin > Overview > Users > Deactivated > ${user} > Activate; to sign in at ${signIn} in a browser does the same`,
  },
  terms: {
    what: 'the Terms of Service are not accepted',
    by: 'user',
    summary: () => 'accept the Terms of Service',
    step: (user, signIn) => `${user} signs in at ${signIn} in a browser, and accepts the terms that it shows`,
  },
  unconfirmed: {
    what: 'the email address is not confirmed',
    by: 'user',
    summary: () => 'confirm the email address',
    step: (user, signIn) =>
      `${user} opens the link of the confirmation email, or asks for another at ${signIn}; an administrator can confirm the user too`,
  },
  'password-expired': {
    what: 'the password has expired',
    by: 'user',
    summary: () => 'set a new password',
    step: (user, signIn) => `${user} signs in at ${signIn} in a browser, and sets a new password`,
  },
  internal: {
    what: "it is one of GitLab's internal users",
    by: 'nobody',
    summary: () => 'use the token of an ordinary user',
    step: () => "GitLab's internal users (ghost, alert bot, …) make no request, whatever their roles",
  },
};

/** GitLab refuses the account behind the token: what mends it, and how to do without that account. */
export function deniedStatement(clues: Clues, denial: AccountDenial): Statement {
  const request = failingRequest(clues);
  const { serverUrl, apiUrl } = clues.run.environment;
  const origin = new URL(request?.url ?? apiUrl ?? 'https://server.example').origin;
  const { host } = new URL(origin);
  const signIn = serverUrl !== null && !isStranger(clues) ? serverUrl : origin;
  const holder = tokenHolder(clues);
  const { what, by, summary, step } = cures[denial];
  return {
    title: `${host} refuses every request of ${holder.name}: ${what}`,
    seen: seenLine(clues),
    location: request?.credential.kind === 'token' ? request.credential.source : null,
    remedy: {
      who: {
        administrator: `an administrator of ${host}`,
        user: holder.name,
        nobody: 'whoever maintains this pipeline',
      }[by],
      summary: summary(holder.name),
      steps: [
        step(holder.name, signIn),
        ...(holder.kind === 'job-user'
          ? [
              'or start the pipeline as another user: a job token has the rights of the user who pushed, scheduled or clicked',
            ]
          : [`or make a token of another user, and ${storeAs(holder.stored)}`, ...orJobToken(clues)]),
      ],
    },
  };
}
