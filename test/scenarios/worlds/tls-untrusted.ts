import { foreignCertificate } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const tlsUntrusted = situation({
  name: 'tls-untrusted',
  story: 'a certificate of an authority that nobody knows',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: foreignCertificate(),
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP403 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'connection-failed': 'somebody answers, under a name that can not be proven' },
});
