import { acmeScenario } from '../acme.ts';

/** The near miss of every other scenario. */
export const healthy = acmeScenario({ name: 'healthy', story: 'everything is as it should be' });
