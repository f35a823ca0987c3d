import { silence } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const serverSilent = situation({
  name: 'server-silent',
  story: 'the server takes the request and never answers',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: silence,
  inputs: { timeout: '150ms', retries: '0' },
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP405 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'connection-failed': 'connected, but no answer', 'registry-unavailable': 'no answer at all' },
});
