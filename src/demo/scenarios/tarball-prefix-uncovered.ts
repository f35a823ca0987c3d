import { acmeScenario, acmeUrl, lockedTo } from '../acme.ts';

/** The lockfile leads straight to the tarball, and the only key is for the prefix of the metadata (measured: clients.md section 4). */
export const tarballPrefixUncovered = acmeScenario({
  name: 'tarball-prefix-uncovered',
  story: 'the lockfile leads to the project prefix, and the only key is for the instance prefix',
  files: {
    ...lockedTo(acmeUrl),
    '.npmrc': '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}\n',
  },
  command: 'verify',
});
