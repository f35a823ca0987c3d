import { friends, situation, url } from '../situation.ts';

const alias = 'https://git.example.com';

export const tarballOnAnotherHost = situation({
  name: 'tarball-on-another-host',
  story:
    'the registry line has another name of the server, whose metadata names the tarball at its first one',
  gitlab: friends(),
  npmrc: `@acme:registry=${alias}/api/v4/packages/npm/\n//git.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
  passage: async (gitlab) => {
    const { origin } = new URL(gitlab.url);
    return { origin, origins: { [alias]: origin, [url]: origin } };
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: { 'auth-key-mismatch': 'the key belongs to the registry, and the metadata rests on it' },
});
