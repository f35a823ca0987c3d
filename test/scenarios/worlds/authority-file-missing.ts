import { friends, rc, situation } from '../situation.ts';

const http = 'http://gitlab.example.com';

export const authorityFileMissing = situation({
  name: 'authority-file-missing',
  story: 'a variable names a file of authorities that is not there, and nothing needs one',
  url: http,
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`.replace('https:', 'http:'),
  variables: { NODE_EXTRA_CA_CERTS: '/no-such-folder/ca.pem' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'tls-untrusted': 'no certificate has to be trusted' },
});
