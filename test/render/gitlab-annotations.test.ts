import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { annotationsOfProblem, renderAnnotations } from '../../src/render/gitlab-annotations.ts';
import { gitlabContext } from '../support/report-context.ts';
import { allowlistReport, sampleFinding, sampleReport } from '../support/sample-report.ts';

/** The form and the limits that GitLab sets (ci_job_annotation_data.json, ci_job_external_link_data.json). */
const valid = new Ajv2020({ strict: true }).compile({
  type: 'object',
  maxProperties: 20,
  additionalProperties: {
    type: 'array',
    maxItems: 1000,
    items: {
      type: 'object',
      required: ['external_link'],
      additionalProperties: false,
      properties: {
        external_link: {
          type: 'object',
          required: ['label', 'url'],
          additionalProperties: false,
          properties: {
            label: { type: 'string', minLength: 1 },
            url: { type: 'string', pattern: '^https?://' },
          },
        },
      },
    },
  },
});

function sectionsOf(text: string): Record<string, string[]> {
  const data: unknown = JSON.parse(text);
  if (!valid(data)) throw new Error(JSON.stringify(valid.errors));
  expect(Buffer.byteLength(text)).toBeLessThan(80_000);
  const sections = data as Record<string, { external_link: { label: string; url: string } }[]>;
  return Object.fromEntries(
    Object.entries(sections).map(([name, links]) => [
      name,
      links.map(({ external_link: { label, url } }) => `${label} -> ${url}`),
    ]),
  );
}

const page = 'https://gitlab.example.com/chaptesi/my-library/-/settings/ci_cd#js-token-access';
const withPage = (url: string) => sampleFinding({ remedy: { who: '', summary: 'add it', steps: [], url } });

describe('renderAnnotations', () => {
  it('leads to the report, to the settings of each finding and to the help of this GitLab', () => {
    const report = { ...allowlistReport(), findings: [withPage(page)] };
    expect(sectionsOf(renderAnnotations(report, gitlabContext))).toEqual({
      'npmrc-preflight': [`Report with every cure (fail) -> ${gitlabContext.pageUrl}`],
      'Where to mend it': [
        `NP301: flashcake/my-project is not on the job token allowlist of project 324 -> ${page}`,
      ],
      'Read on': ['GitLab help: CI/CD job token -> https://gitlab.example.com/help/ci/jobs/ci_job_token.md'],
    });
  });

  it('links to the report of a clean run only', () => {
    expect(sectionsOf(renderAnnotations(sampleReport(), gitlabContext))).toEqual({
      'npmrc-preflight': [`Report (pass) -> ${gitlabContext.pageUrl}`],
    });
  });

  it('is an empty object where there is nothing to link to', () => {
    const nowhere = { ...gitlabContext, pageUrl: null, helpUrl: null };
    expect(renderAnnotations(sampleReport({ findings: [sampleFinding()] }), nowhere)).toBe('{}\n');
    expect(annotationsOfProblem(nowhere)).toBe('{}\n');
    expect(sectionsOf(annotationsOfProblem(gitlabContext))['npmrc-preflight']).toHaveLength(1);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'https:evil.test',
    '//evil.test/x',
    'https://user:pass@gitlab.example.com/x',
    'https://',
    ' https://gitlab.example.com/x',
    'java\nscript:alert(1)',
  ])('leaves %j out', (url) => {
    const nowhere = { ...gitlabContext, pageUrl: null, helpUrl: null };
    expect(renderAnnotations(sampleReport({ findings: [withPage(url)] }), nowhere)).toBe('{}\n');
  });

  it('names each page once', () => {
    const report = sampleReport({ findings: [withPage(page), withPage(page)] });
    expect(sectionsOf(renderAnnotations(report, gitlabContext))['Where to mend it']).toHaveLength(1);
  });

  it('keeps below the limits of GitLab, whatever there is', () => {
    const findings = Array.from({ length: 3000 }, (_, index) =>
      withPage(`https://gitlab.example.com/${'p'.repeat(index % 1100)}/${index}`),
    ).map((finding) => ({ ...finding, title: '…\u202e"'.repeat(4000) }));
    const sections = sectionsOf(renderAnnotations(sampleReport({ findings }), gitlabContext));
    expect(sections['Where to mend it']?.length).toBeGreaterThan(20);
  });
});
