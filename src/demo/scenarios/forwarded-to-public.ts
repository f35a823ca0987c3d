import { acmeScenario } from '../acme.ts';
import { manifest } from '../scenario.ts';

/** Whoever owns the name there would be installed. */
export const forwardedToPublic = acmeScenario({
  name: 'forwarded-to-public',
  story: 'a private name that nobody published: GitLab sends the client to the public npm registry',
  files: { 'package.json': manifest({ '@acme/ui': '^1.0.0', '@acme/buton': '^1.0.0' }) },
});
