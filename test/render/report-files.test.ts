import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reportFiles } from '../../src/render/report-files.ts';
import { fullReport } from '../support/full-report.ts';
import { gitlabContext } from '../support/report-context.ts';
import { sampleReport } from '../support/sample-report.ts';

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');

describe('the report files', () => {
  it('each have a row and a section in docs/reports.md, and nothing else has', () => {
    const names = reportFiles.map(({ name }) => name);
    expect([...page.matchAll(/^## (\S+\.\w+)$/gm)].map(([, name]) => name)).toEqual(names);
    expect([...page.matchAll(/^\| \[`([^`]+)`\]/gm)].map(([, name]) => name)).toEqual(names);
  });

  it.each(reportFiles.map((file) => [file.name, file] as const))('%s ends with a line end', (_, file) => {
    const problem = { message: 'no JSON', hint: null, file: 'package.json', line: 1 };
    for (const text of [
      file.ofReport(fullReport(), gitlabContext),
      file.ofReport(sampleReport(), gitlabContext),
      file.ofProblem?.(problem, gitlabContext) ?? '\n',
    ]) {
      expect(text).toMatch(/[^\n]\n$|^\n$/);
      expect(text).not.toContain('\ufeff');
    }
  });
});
