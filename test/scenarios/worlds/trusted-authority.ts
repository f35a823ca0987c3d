import { trustedCertificate } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const trustedAuthority = situation({
  name: 'trusted-authority',
  story: 'a private authority that npm is told to trust',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: trustedCertificate,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'tls-untrusted': 'cafile names the authority' },
});
