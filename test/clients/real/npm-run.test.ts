import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLeaks } from '../../support/leak-scan.ts';
import { openWorkshop, type Workshop } from './configured-job.ts';
import { token } from './gitlab-job.ts';
import { configurationsFor } from './npm-configurations.ts';

/** Of configurations that are wrong at first, those that `run` makes right by what it adds to the user's own file. */
const mended = [
  'no file at all',
  'only the registry line',
  'only the key, no registry line',
  'the same without allow-remote',
  'the key of the group prefix',
  'a key without the port',
  'a key with its protocol',
  'a section above the lines',
  'a registry line without its final slash',
  'a lockfile, and the registry line without a key',
  'a lockfile that leaves the addresses out',
];

describe('npm 12 after run, where there was', () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop(12);
  });
  afterAll(() => workshop.close());

  it.concurrent.each(configurationsFor(12))('$name: npm does what run says', async (configuration) => {
    const { job, install } = await workshop.lay(configuration);
    try {
      const run = await job.preflight('run');
      const npm = await job.npm(install);
      const why = `${run.stdout}\n${npm.stderr}`;
      expect(run.stderr).toBe('');
      expect(findLeaks(token, { printed: run.stdout })).toEqual([]);
      expect([0, 1], why).toContain(run.code);
      expect(npm.code, why).toBe(run.code);
      if (configuration.end === 'installs' || mended.includes(configuration.name)) {
        expect(run.code, why).toBe(0);
      }
    } finally {
      job.remove();
    }
  });
});
