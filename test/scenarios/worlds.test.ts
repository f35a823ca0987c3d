import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/domain/redaction.ts';
import { Secret } from '../../src/domain/secret.ts';
import { assertValidReport } from '../support/report-schema.ts';
import { allWorlds } from './all-worlds.ts';
import { findingLine, play } from './play.ts';

const worlds = await allWorlds();

describe.each(worlds.map((world) => ({ name: world.name, world })))('$name', ({ name, world }) => {
  it('comes to exactly what is written down', async () => {
    const { report, exitCode, text, json } = await play(world);
    expect({
      verdict: report.verdict,
      exitCode,
      findings: report.findings.map(findingLine).sort(),
    }).toEqual({ ...world.expected, findings: [...world.expected.findings].sort() });
    assertValidReport(json);
    for (const { title, remedy } of report.findings) {
      expect(title).toMatch(/^(?![A-Z][a-z]+ [a-z])[^\n]{10,200}[^.\s]$/);
      expect(remedy.steps.length, 'something to do').toBeGreaterThan(0);
    }
    const secrets = Object.entries(world.env)
      .filter(([key]) => /TOKEN|AUTH/.test(key))
      .map(([, value]) => new Secret(value));
    expect(createRedactor(secrets)(text + json), 'no output holds a secret').toBe(text + json);
    await expect(text).toMatchFileSnapshot(`texts/${name}.txt`);
  });
});
