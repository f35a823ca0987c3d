import { acmeGitlab, acmeScenario } from '../acme.ts';

/** A job token dies with its job, and is then refused even where nobody needs one. */
export const finishedToken = acmeScenario({
  name: 'finished-token',
  story: 'the token of an earlier job, kept in a variable',
  gitlab: acmeGitlab({ job: 'finished' }),
});
