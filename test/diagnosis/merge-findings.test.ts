import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../src/diagnosis/merge-findings.ts';
import type { Finding } from '../../src/domain/report.ts';

function finding(parts: Partial<Finding> = {}): Finding {
  return {
    code: 'NP301',
    cause: 'not-on-allowlist',
    severity: 'error',
    certainty: 'confirmed',
    title: 'acme/shop is not on the list',
    seen: null,
    packages: ['@acme/ui@1.0.0'],
    evidence: [],
    location: { file: 'package.json', line: 3, column: 1 },
    remedy: { who: 'a Maintainer', summary: 'add it', steps: ['add it'] },
    alternatives: [],
    decidedBy: null,
    ...parts,
  };
}

describe('findings of one cause and remedy', () => {
  it('become one with every package, at the first place', () => {
    const second = finding({ packages: ['@acme/theme@2.0.0'], location: null });
    const merged = mergeFindings([finding(), second, finding()]);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.packages).toEqual(['@acme/ui@1.0.0', '@acme/theme@2.0.0']);
    expect(merged[0]?.location?.line).toBe(3);
  });

  it('become one where they come to one request, in the words that say more', () => {
    const request = {
      method: 'POST' as const,
      url: 'https://a.example/allowlist',
      data: { target_project_id: 512 },
    };
    const short = { who: 'a Maintainer', summary: 'add it to project 324', steps: ['add it'], request };
    const long = { ...short, summary: 'add it to acme/ui (project 324)' };
    const merged = mergeFindings([
      finding({ remedy: short }),
      finding({ remedy: long, packages: ['@acme/theme@2.0.0'] }),
    ]);
    expect(merged.map(({ remedy, packages }) => [remedy.summary, packages])).toEqual([
      [long.summary, ['@acme/ui@1.0.0', '@acme/theme@2.0.0']],
    ]);
    const elsewhere = { ...short, request: { ...request, url: 'https://a.example/other' } };
    expect(mergeFindings([finding({ remedy: short }), finding({ remedy: elsewhere })])).toHaveLength(2);
  });

  it('become one where they come to one edit, or where one alone of those about one line knows an edit', () => {
    const edit = { file: '.npmrc', line: 2, before: '@kit:registry=https://a.example/', after: 'another' };
    const plain = {
      who: 'whoever maintains it',
      summary: 'map it to the group',
      steps: ['found for @kit/a'],
    };
    const first = { ...plain, edit };
    const second = { ...plain, steps: ['found for @kit/b'], edit };
    const third = { ...plain, summary: 'map it to wherever its packages are, which nobody knows', steps: [] };
    const all = [third, first, second].map((remedy, index) =>
      finding({
        remedy,
        packages: [`@kit/${index}@1.0.0`],
        location: { file: '.npmrc', line: 2, column: 1 },
      }),
    );
    expect(mergeFindings(all).map(({ remedy, packages }) => [remedy, packages])).toEqual([
      [first, ['@kit/0@1.0.0', '@kit/1@1.0.0', '@kit/2@1.0.0']],
    ]);
    const elsewhere = { ...plain, edit: { ...edit, after: 'a third one' } };
    expect(mergeFindings([...all, finding({ remedy: elsewhere, packages: ['@kit/3@1.0.0'] })])).toHaveLength(
      2,
    );
    const sameLine = { location: { file: '.npmrc', line: 2, column: 1 } };
    expect(mergeFindings([...all, finding({ remedy: elsewhere, ...sameLine })])).toHaveLength(3);
  });

  it('become one where the path of the project is known to one of them, without a request too', () => {
    const short = {
      who: 'a Maintainer of project 324',
      summary: 'give bob a role in project 324',
      steps: [],
    };
    const long = { ...short, summary: 'give bob a role in acme/ui (project 324)' };
    const theme = { remedy: long, packages: ['@acme/theme@2.0.0'] };
    const merged = mergeFindings([finding({ remedy: short }), finding(theme)]);
    expect(merged.map(({ remedy, packages }) => [remedy.summary, packages])).toEqual([
      [long.summary, ['@acme/ui@1.0.0', '@acme/theme@2.0.0']],
    ]);
    const other = { ...long, summary: 'give bob a role in acme/ui (project 325)' };
    expect(mergeFindings([finding({ remedy: short }), finding({ remedy: other })])).toHaveLength(2);
  });

  it('become one where edits of one line differ in the variable alone, with the token that opened a package', () => {
    const remedy = (after: string): Finding['remedy'] => ({
      who: 'whoever maintains it',
      summary: 'add the key',
      steps: [],
      edit: { file: '.npmrc', line: null, before: null, after },
    });
    const evidence = (status: number): Finding['evidence'] => [
      { probe: 'metadata-with-token', url: 'https://a.example/@acme%2fui', status, message: null },
    ];
    const location = { file: '.npmrc', line: 2, column: 1 };
    const refused = finding({
      remedy: remedy('//a.example/npm/:_authToken=${GROUP_TOKEN}'),
      evidence: evidence(403),
      location,
    });
    const opened = finding({
      remedy: remedy('//a.example/npm/:_authToken=${CI_JOB_TOKEN}'),
      evidence: evidence(200),
      packages: ['@acme/theme@2.0.0'],
      location,
    });
    const merged = mergeFindings([refused, opened]);
    expect(merged.map(({ remedy, packages }) => [remedy, packages])).toEqual([
      [opened.remedy, ['@acme/ui@1.0.0', '@acme/theme@2.0.0']],
    ]);
    const otherKey = finding({ ...opened, remedy: remedy('//b.example/npm/:_authToken=${CI_JOB_TOKEN}') });
    expect(mergeFindings([refused, otherKey])).toHaveLength(2);
  });

  it.each<[string, Partial<Finding>]>([
    ['another remedy', { remedy: { who: 'a Maintainer', summary: 'add it elsewhere', steps: ['add it'] } }],
    ['another certainty', { certainty: 'possible' }],
    ['another severity', { severity: 'warning' }],
    ['other alternatives', { alternatives: ['role-missing'] }],
  ])('stay two with %s', (_what, parts) => {
    expect(mergeFindings([finding(), finding(parts)])).toHaveLength(2);
  });

  it('keep each piece of evidence once, and not without end', () => {
    const evidence = (probe: string) => ({ probe, url: 'https://a.example/', status: 404, message: null });
    const many = Array.from({ length: 40 }, (_, index) =>
      finding({ evidence: [evidence('tarball'), evidence(`tarball:${index}`)] }),
    );
    const probes = mergeFindings(many)[0]?.evidence.map(({ probe }) => probe) ?? [];
    expect(new Set(probes).size).toBe(probes.length);
    expect(probes.length).toBeLessThanOrEqual(12);
  });
});

it('puts errors before warnings, certain before possible, then by code', () => {
  const order = mergeFindings([
    finding({ code: 'NP114', severity: 'warning' }),
    finding({ code: 'NP302', certainty: 'possible' }),
    finding({ code: 'NP502' }),
    finding({ code: 'NP301' }),
  ]);
  expect(order.map(({ code }) => code)).toEqual(['NP301', 'NP502', 'NP302', 'NP114']);
});
