import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { findLeaks } from '../../support/leak-scan.ts';
import { openWorkshop, type Workshop } from './configured-job.ts';
import { token } from './gitlab-job.ts';
import { configurationsFor, endFor } from './npm-configurations.ts';

describe.each([10, 11, 12] as const)('npm %i with', (major) => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop(major);
  });
  afterAll(() => workshop.close());

  it.concurrent.each(configurationsFor(major))('$name: verify says what npm does', async (configuration) => {
    const { job, install } = await workshop.lay(configuration);
    try {
      const [verify, npm] = await Promise.all([
        job.preflight('verify', '--format', 'json'),
        job.npm(install),
      ]);
      expect(verify.stderr).toBe('');
      expect(findLeaks(token, { printed: verify.stdout })).toEqual([]);
      const report = JSON.parse(verify.stdout) as Report;
      const said = { verify: verify.code, npm: npm.code };
      const why = `${report.findings.map(({ code, title }) => `${code}: ${title}`).join('\n')}\n${npm.stderr}`;
      const end = endFor(configuration, major);
      if (end === 'installs') {
        expect(said, why).toEqual({ verify: 0, npm: 0 });
        expect(report.verdict).toBe('pass');
      } else {
        expect(said, why).toEqual({ verify: 1, npm: 1 });
        expect(report.findings.map(({ code }) => code)).toContain(end.code);
        expect(npm.stderr).toMatch(end.npm);
      }
    } finally {
      job.remove();
    }
  });
});
