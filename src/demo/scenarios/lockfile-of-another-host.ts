import { acmeScenario, lockedTo } from '../acme.ts';

/** The client follows the lockfile, whatever the configuration says (measured: clients.md l06). */
export const lockfileOfAnotherHost = acmeScenario({
  name: 'lockfile-of-another-host',
  story: 'the lockfile was made against the old address of the server',
  files: lockedTo('https://git.old.example'),
});
