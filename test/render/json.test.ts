import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/render/json.ts';
import { fullReport } from '../support/full-report.ts';
import { assertValidReport, reportFaults, reportSchema } from '../support/report-schema.ts';
import { allowlistReport, sampleReport } from '../support/sample-report.ts';

type Node = {
  $ref?: string;
  anyOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  required?: string[];
  additionalProperties?: unknown;
  description?: string;
};

describe('renderJson', () => {
  it('is the report, in the order of the schema, with a line end', () => {
    const text = renderJson(fullReport());
    expect(JSON.parse(text)).toEqual(fullReport());
    expect(text).toMatch(/\}\n$/);
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(reportSchema().properties as object));
  });

  it('is the same text whatever order the fields were made in', () => {
    const { schema, verdict, ...rest } = fullReport();
    const shuffled = {
      ...Object.fromEntries(Object.entries(rest).reverse()),
      verdict,
      schema,
    } as typeof rest & { schema: 1; verdict: 'fail' };
    expect(renderJson(shuffled)).toBe(renderJson(fullReport()));
  });

  it('leaves out what the schema does not know', () => {
    const stray = {
      ...sampleReport(),
      token: 'x',
      environment: { ...sampleReport().environment, env: { A: 'x' } },
    };
    expect(renderJson(stray)).toBe(renderJson(sampleReport()));
  });
});

describe('the published schema', () => {
  it.each([
    ['a full report', fullReport()],
    ['a passing one', sampleReport()],
    ['a failing one', allowlistReport()],
    ['an empty one', sampleReport({ packages: [], scopes: [] })],
  ])('takes %s', (_, report) => {
    expect(reportFaults(report)).toEqual([]);
    assertValidReport(report);
    assertValidReport(renderJson(report));
  });

  it.each([
    ['another schema number', { ...sampleReport(), schema: 2 }],
    ['a stray field', { ...sampleReport(), token: 'x' }],
    ['a missing field', { ...sampleReport(), requests: undefined }],
    ['an unknown verdict', { ...sampleReport(), verdict: 'ok' }],
    ['a package without status', { ...sampleReport(), packages: [{ name: 'x' }] }],
    [
      'a code of another form',
      { ...sampleReport(), findings: [{ ...fullReport().findings[0], code: 'NP1' }] },
    ],
  ])('refuses %s', (_, report) => {
    expect(reportFaults(JSON.parse(JSON.stringify(report)))).not.toEqual([]);
    expect(() => assertValidReport(report)).toThrow('breaks its schema');
  });

  it('is closed, described, and knows exactly the fields of a full report', () => {
    const schema = reportSchema() as Node & { $defs: Record<string, Node> };
    const seen = new Set<string>();
    const walk = (node: Node, data: unknown[], path: string): void => {
      const target = node.$ref === undefined ? node : schema.$defs[node.$ref.replace('#/$defs/', '')];
      const inner = target?.anyOf?.[0];
      if (inner) {
        walk(
          inner,
          data.filter((item) => item !== null),
          path,
        );
        return;
      }
      if (target?.items) {
        walk(target.items, data.flat(), `${path}[]`);
        return;
      }
      if (!target?.properties) return;
      seen.add(path);
      expect(target.additionalProperties, path).toBe(false);
      const objects = data as Record<string, unknown>[];
      const present = new Set(objects.flatMap((item) => Object.keys(item)));
      expect([...present].sort(), path).toEqual(Object.keys(target.properties).sort());
      expect(target.required, path).toEqual(
        Object.keys(target.properties).filter((key) => objects.every((item) => key in item)),
      );
      for (const [key, property] of Object.entries(target.properties)) {
        expect(property.description ?? property.$ref, `${path}.${key}`).toBeTruthy();
        walk(
          property,
          objects.filter((item) => item[key] !== undefined).map((item) => item[key]),
          `${path}.${key}`,
        );
      }
    };
    // The second file, finding and report leave out what is optional, so that `required` can be told from the data.
    const full = fullReport();
    walk(
      schema,
      [
        { ...full, files: [...full.files, { path: 'x', action: 'unchanged', managed: true }] },
        sampleReport(),
      ],
      'report',
    );
    expect([...seen]).toContain('report.findings[].remedy.request');
    expect(seen.size).toBeGreaterThanOrEqual(12);
  });

  it('stands in the file that the package ships', () => {
    expect(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8')).toMatch(
      /^\{\n/,
    );
  });
});
