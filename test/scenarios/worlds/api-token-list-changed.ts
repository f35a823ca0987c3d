import { maintained, withApiToken } from '../maintainer.ts';
import { inFront } from '../passages.ts';
import { rc, situation, strangers } from '../situation.ts';

export const apiTokenListChanged = situation({
  name: 'api-token-list-changed',
  story:
    'the list names the consumer by the time it is read: the refusals no longer fit, so nothing is certain',
  gitlab: maintained(strangers({ version: '18.2' }).member('alice', 'reporter', 'acme/ui')),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  passage: inFront((path) =>
    path.includes('/job_token_scope/allowlist?') ? { status: 200, body: '[{"id":324},{"id":512}]' } : null,
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 possible: @acme/ui@^1.0.0'] },
});
