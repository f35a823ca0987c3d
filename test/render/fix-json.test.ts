import { describe, expect, it } from 'vitest';
import type { AllowlistEntry, FixReport } from '../../src/domain/fix-report.ts';
import { renderFixJson } from '../../src/render/fix.ts';
import { fullReport } from '../support/full-report.ts';
import { fixFaults } from '../support/report-schema.ts';

const states = {
  needed: null,
  added: null,
  'already-there': null,
  refused: '403: 403 Forbidden',
  'not-sent': 'it is not for the server of this job',
  unknown: 'the connection was closed',
} satisfies Record<AllowlistEntry['state'], string | null>;

function fixReport(): FixReport {
  const entries = Object.entries(states).map(
    ([state, why], index): AllowlistEntry => ({
      project: 324 + index,
      kind: index % 2 ? 'group' : 'project',
      adds: 'flashcake/my-project',
      request: {
        method: 'POST',
        url: 'https://gitlab.example.com/api/v4/projects/324/job_token_scope/allowlist',
        data: { target_project_id: 512 },
      },
      packages: ['@chaptesi/my-library'],
      state: state as AllowlistEntry['state'],
      why,
    }),
  );
  return {
    schema: 1,
    command: 'fix',
    exitCode: 1,
    applied: true,
    entries,
    byHand: ['no group can be added: x'],
    report: fullReport(),
  };
}

describe('the JSON of fix', () => {
  it('keeps to its published schema in every state', () => {
    const text = renderFixJson(fixReport());
    expect(fixFaults(JSON.parse(text))).toEqual([]);
    expect(JSON.parse(text)).toEqual(fixReport());
  });

  it.each([
    ['a stray field', { ...fixReport(), token: 'x' }],
    ['a missing field', { ...fixReport(), byHand: undefined }],
    ['an unknown state', { ...fixReport(), entries: [{ ...fixReport().entries[0], state: 'done' }] }],
    ['a request with a token', { ...fixReport(), entries: [{ ...fixReport().entries[0], token: 'x' }] }],
    ['an exit code that fix does not have', { ...fixReport(), exitCode: 2 }],
    ['a report that breaks its own schema', { ...fixReport(), report: { ...fullReport(), verdict: 'ok' } }],
  ])('its schema refuses %s', (_, fix) => {
    expect(fixFaults(JSON.parse(JSON.stringify(fix)))).not.toEqual([]);
  });
});
