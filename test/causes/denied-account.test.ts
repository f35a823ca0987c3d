import { describe, expect, it } from 'vitest';
import { accountDenialIn, classifyMessage } from '../../src/providers/gitlab/message-class.ts';
import { inFront } from '../scenarios/passages.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { publishSituation } from '../scenarios/publish-situation.ts';
import { friends, rc, situation } from '../scenarios/situation.ts';

const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;

/** What GitLab says of an account (lib/gitlab/auth/user_access_denied_reason.rb), who ends it, and a word of how. */
const denials: readonly (readonly [string, string, string, string])[] = [
  ['blocked', 'Your account has been blocked.', 'an administrator of gitlab.example.com', 'Unblock'],
  [
    'pending-approval',
    'Your account is pending approval from your administrator and hence blocked.',
    'an administrator of gitlab.example.com',
    'Approve',
  ],
  [
    'deactivated',
    'Your account has been deactivated by your administrator. Please log back in from a web browser to reactivate your account at https://gitlab.example.com',
    'an administrator of gitlab.example.com',
    'Activate',
  ],
  [
    'terms',
    'You (@alice) must accept the Terms of Service in order to perform this action. Please access GitLab from a web browser to accept these terms.',
    'alice',
    'accepts the terms',
  ],
  [
    'unconfirmed',
    'Your primary email address is not confirmed. Please check your inbox for the confirmation instructions. In case the link is expired, you can request a new confirmation email at https://gitlab.example.com/users/confirmation/new',
    'alice',
    'confirmation email',
  ],
  [
    'password-expired',
    'Your password expired. Please access GitLab from a web browser to update your password.',
    'alice',
    'new password',
  ],
  [
    'internal',
    'This action cannot be performed by internal users',
    'whoever maintains this pipeline',
    'internal users',
  ],
];

describe('an account that GitLab refuses', () => {
  it.each(denials)(
    '%s: says whose it is, who ends it, and quotes the server',
    async (denial, words, who, how) => {
      expect(accountDenialIn(`403 Forbidden - ${words}`)).toBe(denial);
      const { report } = await play(
        situation({
          name: denial,
          story: 'the job user is refused',
          gitlab: friends().user('alice', { denied: words }),
          npmrc: `${rc.project}${rc.key}`,
          expected,
        }),
      );
      expect(report.findings.map(findingLine)).toEqual(['NP202 confirmed: @acme/ui@^1.0.0']);
      const [finding] = report.findings;
      expect(finding?.title).toContain('refuses every request of alice: ');
      expect(finding?.seen).toContain(words);
      expect(finding?.remedy.who).toBe(who);
      expect(finding?.remedy.steps.join('\n')).toContain(how);
      expect(finding?.remedy.steps.at(-1)).toContain('start the pipeline as another user');
    },
  );

  it('is the cause of a push that is refused too', async () => {
    const { report } = await play(
      publishSituation({
        name: 'publish',
        story: 'the job user is blocked and publishes',
        gitlab: friends().user('alice', { denied: 'Your account has been blocked.' }),
        expected,
      }),
    );
    expect(report.findings.map(findingLine)).toEqual(['NP202 confirmed: @acme/shop-kit@1.1.0']);
  });

  it.each([
    '403 Forbidden',
    '403 Forbidden - your request was blocked by the policy of this site',
    'Your account has been blocked.',
    '401 Unauthorized - Your account has been blocked.',
    '403 Forbidden - Authentication by CI/CD job token not allowed from shop to ui.',
    'See: 403 Forbidden - Your account has been blocked.',
  ])('is not what other words say: %s', (text) => {
    expect(accountDenialIn(text)).toBeNull();
    expect(classifyMessage(text)).not.toBe('account-denied');
  });

  it('is not what a gateway says in words of its own', async () => {
    const body = JSON.stringify({ message: '403 Forbidden - your account may not use this network' });
    const { report } = await play(
      situation({
        name: 'gateway',
        story: 'a gateway refuses',
        gitlab: friends(),
        npmrc: `${rc.instance}${rc.key}`,
        passage: inFront(() => ({ status: 403, body })),
        expected,
      }),
    );
    expect(report.findings.map(({ code, certainty }) => `${code} ${certainty}`)).toEqual(['NP407 possible']);
  });

  it('says nothing of the package where the client sends no token, and only the questions beside are refused', async () => {
    const { report } = await play(
      situation({
        name: 'no-key',
        story: 'the key is missing, and the job user is blocked',
        gitlab: friends().user('alice', { denied: 'Your account has been blocked.' }),
        npmrc: rc.instance,
        expected,
      }),
    );
    expect(report.findings.map(({ code, certainty }) => `${code} ${certainty}`)).toEqual(['NP102 confirmed']);
    const { remedy } = report.findings[0] ?? {};
    expect(remedy?.summary).toBeTruthy();
  });
});
