import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { renderGithub } from '../../src/render/github.ts';
import { renderGitlab } from '../../src/render/gitlab.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderText } from '../../src/render/text.ts';
import { renderWhich } from '../../src/render/which.ts';
import { fullReport } from '../support/full-report.ts';
import { poison } from '../support/poison.ts';
import { reportFaults } from '../support/report-schema.ts';
import { sampleFinding, sampleReport } from '../support/sample-report.ts';

const attacks = [
  '\x1b[2J\x1b[1;1Hgone',
  '\x1b]8;;https://evil.test\x07link\x1b]8;;\x07',
  '\x9b31mred',
  'a\nb',
  'a\r\x1b[0Kb',
  '\r\n::error file=x::fake',
  '::set-output name=verdict::pass',
  'x ::stop-commands::pass',
  '##[error]fake',
  '##vso[task.setvariable]fake',
  '\x1b[0Ksection_end:0:npmrc_preflight_packages\r\x1b[0K',
  'user\u202egnp.exe',
  'zero\u200bwidth\u2028line',
  '\ud800 lone',
  '%0A::error::fake',
  '\t\0\x7f\u0085',
];

/** A report in which every text that is free ends with the attack. */
const poisoned = (attack: string): Report => poison(fullReport(), attack);

/** Lines of an output that a runner would take for one of its own commands, besides those we mean. */
function foreignCommands(output: string): readonly string[] {
  return output.split(/\r\n|\r|\n/).filter((line) => /^\s*::/.test(line) || /##[a-z]*\[/i.test(line));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const acting = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;

const render = {
  text: (report: Report) => renderText(report, { color: false, verbose: true }),
  narrow: (report: Report) => renderText(report, { color: false, verbose: true, width: 20 }),
  json: renderJson,
};

describe.each(Object.entries(render))('%s', (_, of) => {
  it.each(attacks)('makes %j harmless', (attack) => {
    const output = of(poisoned(attack));
    expect(output).not.toMatch(acting);
    expect(foreignCommands(output)).toEqual([]);
  });
});

it('gives a text with line ends no line of its own, but in edits and diffs', () => {
  const findings = [sampleFinding({ seen: 'x', alternatives: ['a'], decidedBy: 'b' })];
  const report = sampleReport({ findings, exports: { A: 'b' } });
  const linesOf = (of: unknown) =>
    renderText(of as Report, { color: false, verbose: true, width: 100_000 }).split('\n').length;
  expect(linesOf(poison(report, 'a\r\nb'))).toBe(linesOf(report));
});

describe('GitLab', () => {
  it.each(attacks)('keeps its own four section marks only: %j', (attack) => {
    const output = renderGitlab(poisoned(attack), { color: false, seconds: 1_700_000_000 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the form of the marks
    const marks = output.match(/\x1b\[0Ksection_(?:start|end):\d+:[\w.-]+(?:\[[^\]]*\])?\r\x1b\[0K/g);
    expect(marks).toEqual([
      '\x1b[0Ksection_start:1700000000:npmrc_preflight_plan\r\x1b[0K',
      '\x1b[0Ksection_end:1700000000:npmrc_preflight_plan\r\x1b[0K',
      '\x1b[0Ksection_start:1700000000:npmrc_preflight_packages[collapsed=true]\r\x1b[0K',
      '\x1b[0Ksection_end:1700000000:npmrc_preflight_packages\r\x1b[0K',
    ]);
    const rest = (marks ?? []).reduce((text, mark) => text.replace(mark, ''), output);
    expect(rest).not.toMatch(acting);
  });
});

describe('GitHub', () => {
  it.each(attacks)('issues its own commands only: %j', (attack) => {
    const output = renderGithub(poisoned(attack), { color: false });
    expect(output).not.toMatch(acting);
    expect(foreignCommands(output).map((line) => /^::[a-z]+/.exec(line)?.[0])).toEqual([
      '::group',
      '::endgroup',
      '::error',
      '::warning',
    ]);
  });
});

describe('which', () => {
  it.each(attacks)('makes %j harmless', (attack) => {
    const source = { kind: 'file' as const, path: attack, line: 1 };
    const output = renderWhich(
      {
        package: attack,
        client: attack,
        registry: { url: attack, source },
        requests: [
          { url: attack, kind: 'metadata', credential: { key: attack, source, state: attack }, sent: true },
        ],
        stops: attack,
      },
      { color: false },
    );
    expect(output).not.toMatch(acting);
    expect(foreignCommands(output)).toEqual([]);
    expect(output.trimEnd().split('\n')).toHaveLength(5);
  });
});

describe('any text', () => {
  it('never acts, and JSON keeps it', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(...attacks, ' ', '::', '##['),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const report = poisoned(parts.join(''));
        for (const of of Object.values(render)) {
          const output = of(report);
          expect(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(output.replaceAll('\n', ''))).toBe(false);
          expect(foreignCommands(output)).toEqual([]);
        }
        const parsed: unknown = JSON.parse(renderJson(report));
        expect(parsed).toEqual(report);
        expect(reportFaults(parsed)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
