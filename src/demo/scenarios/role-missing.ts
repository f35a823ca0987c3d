import { acmeGitlab, acmeScenario } from '../acme.ts';

/** A job token never has more rights than its user. */
export const roleMissing = acmeScenario({
  name: 'role-missing',
  story: 'the consumer is on the list, the user who started the pipeline is no member',
  gitlab: acmeGitlab({ role: 'none' }),
});
