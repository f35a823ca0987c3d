import { expect, it } from 'vitest';
import { causes } from '../../src/causes/list.ts';
import { readInputs } from '../../src/inputs.ts';
import { renderDotenv } from '../../src/render/dotenv.ts';
import { allowlistReport, sampleFinding, sampleReport } from '../support/sample-report.ts';

it('hands verdict, count and codes to later jobs', () => {
  expect(renderDotenv(allowlistReport())).toBe(
    'NPMRC_PREFLIGHT_VERDICT=fail\nNPMRC_PREFLIGHT_FINDINGS=2\nNPMRC_PREFLIGHT_CODES=NP301,NP501\n',
  );
  expect(renderDotenv(sampleReport())).toBe(
    'NPMRC_PREFLIGHT_VERDICT=pass\nNPMRC_PREFLIGHT_FINDINGS=0\nNPMRC_PREFLIGHT_CODES=none\n',
  );
  expect(renderDotenv(null)).toBe(
    'NPMRC_PREFLIGHT_VERDICT=error\nNPMRC_PREFLIGHT_FINDINGS=0\nNPMRC_PREFLIGHT_CODES=none\n',
  );
});

it('is what GitLab takes: at most 5 KB, plain names, no blank line, no empty value, no quotes', () => {
  const findings = causes.flatMap(({ code }) => [sampleFinding({ code }), sampleFinding({ code })]);
  const text = renderDotenv(sampleReport({ findings }));
  expect(Buffer.byteLength(text)).toBeLessThan(5000);
  expect(text).toMatch(/^(?:[A-Za-z0-9_]+=[\w,]+\n)+$/);
});

it('gives later runs no variable that they take for a misspelt input', () => {
  const env = Object.fromEntries(
    renderDotenv(allowlistReport())
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  );
  const reading = readInputs({ args: new Map(), env });
  expect(reading.kind === 'inputs' && reading.notices).toEqual([]);
  const near = readInputs({ args: new Map(), env: { NPMRC_PREFLIGHT_SCOPE: '@a' } });
  expect(near.kind === 'inputs' && near.notices).toHaveLength(1);
});
