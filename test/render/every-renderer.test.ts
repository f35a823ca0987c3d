import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { restoreCommand } from '../../src/commands/restore.ts';
import type { FixReport } from '../../src/domain/fix-report.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import type { ProblemReport } from '../../src/domain/problem-report.ts';
import type { Report } from '../../src/domain/report.ts';
import type { World } from '../../src/io/world.ts';
import { renderFix, renderFixJson } from '../../src/render/fix.ts';
import { annotations, renderGithub } from '../../src/render/github.ts';
import { githubProblem, problemSummary } from '../../src/render/github-problem.ts';
import { renderGitlab } from '../../src/render/gitlab.ts';
import { renderJson } from '../../src/render/json.ts';
import { reportFiles } from '../../src/render/report-files.ts';
import { renderSummary } from '../../src/render/summary.ts';
import { renderText } from '../../src/render/text.ts';
import { renderInputProblem, renderUsageError } from '../../src/render/usage.ts';
import { renderWhich } from '../../src/render/which.ts';
import { clientModules } from '../support/client-modules.ts';
import { fullReport } from '../support/full-report.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { poison as poisonTexts } from '../support/poison.ts';
import { gitlabContext } from '../support/report-context.ts';

/** What acts on a reader of one of the forms of output. Each is put into every text that comes from outside. */
const attacks = [
  '\x1b[2J\x1b[1;1Hgone',
  '\x1b]8;;https://evil.test\x07link\x1b]8;;\x07',
  '\x9b31mred',
  'user\u202egnp.exe',
  'zero\u200bwidth\u2028line\u0085',
  '\ud800 lone',
  '\r\n::error file=x::fake',
  'x ::stop-commands::pass',
  '%0A::set-output name=verdict::pass',
  '##[error]fake',
  '##vso[task.setvariable]fake',
  '\x1b[0Ksection_end:0:npmrc_preflight_packages\r\x1b[0K',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg/onload=alert(1)>',
  '<!-- --> <![CDATA[ ]]> <?x ?>',
  ']]></failure></testcase><testcase name="fake"/>',
  '&lt;script&gt; &#60;b&#62; &amp;',
  'javascript:alert(1)',
  '[click](https://evil.test) ![x](https://evil.test/x.png)',
  '<https://evil.test> https://evil.test @everyone #1',
  '\n# heading\n- item\n> quote\n***\n',
  '`` ` ``` ```` code',
  '\n```\n\n## out of the fence\n```sh',
  '| cell | cell |\n|---|---|',
  '</details><details open>',
  '**bold** __bold__ ~~gone~~ $x$ \\',
  '\nkey: value\n- item\n&a !!js *a |\n',
  '"\nFAKE=1\n',
  '{{ x }} ${{ secrets.X }} $(id) `id`',
];

/** The same length, words, lines and signs of a diff, without anything that could act. */
const harmless = (attack: string) => attack.replace(/[^ \n+-]/g, 'x');

/** A copy in which every text from outside begins and ends with `by`. */
function poison<T>(data: T, by: string): T {
  return poisonTexts(data, by, { kept: ['state', 'kind'] });
}

const problem: ProblemReport = { message: 'this is no JSON', hint: 'mend it', file: 'package.json', line: 3 };

function fixReport(report: Report): FixReport {
  const request = {
    method: 'POST',
    url: 'https://gitlab.example/api',
    data: { target_project_id: 5 },
  } as const;
  const entry = { project: 3, kind: 'project', adds: 'acme/shop', request, packages: ['@acme/ui'] } as const;
  const entries = [{ ...entry, state: 'refused', why: '403 Forbidden' }] as const;
  return { schema: 1, command: 'fix', exitCode: 1, applied: true, entries, byHand: ['look'], report };
}

type Form = 'log' | 'json' | 'html' | 'xml' | 'markdown' | 'dotenv';
interface Row {
  form: Form;
  /** What is printed when `by` stands in every text from outside. */
  of(by: string): string;
}

const forms: Readonly<Record<string, Form>> = { html: 'html', xml: 'xml', json: 'json', env: 'dotenv' };
const wide = { color: false, verbose: true, width: 100_000 } as const;
const source = (path: string) => ({ kind: 'file', path, line: 1 }) as const;

/** Every way in which something is said, by the file of src/render that says it. */
const renderers: Readonly<Record<string, readonly Row[]>> = {
  'text.ts': [{ form: 'log', of: (by) => renderText(poison(fullReport(), by), wide) }],
  'gitlab.ts': [
    {
      form: 'log',
      // its own marks are counted in hostile-text.test.ts
      of: (by) =>
        renderGitlab(poison(fullReport(), by), { ...wide, seconds: 1 }).replace(
          // biome-ignore lint/suspicious/noControlCharactersInRegex: the form of the marks
          /\x1b\[0Ksection_(?:start|end):1:npmrc_preflight_\w+(?:\[collapsed=true\])?\r\x1b\[0K/g,
          '',
        ),
    },
  ],
  'github.ts': [
    {
      form: 'log',
      of: (by) => {
        const own = new Set(annotations(poison(fullReport(), by), ''));
        return renderGithub(poison(fullReport(), by), wide)
          .split('\n')
          .filter(
            (line) => !own.has(line) && !/^::(?:group::Private packages \(\d+\)|endgroup::)$/.test(line),
          )
          .join('\n');
      },
    },
  ],
  'json.ts': [{ form: 'json', of: (by) => renderJson(poison(fullReport(), by)) }],
  'fix.ts': [
    { form: 'log', of: (by) => renderFix(poison(fixReport(fullReport()), by), wide) },
    { form: 'json', of: (by) => renderFixJson(poison(fixReport(fullReport()), by)) },
  ],
  'which.ts': [
    {
      form: 'log',
      of: (by) =>
        renderWhich(
          {
            package: by,
            client: by,
            registry: { url: by, source: source(by) },
            requests: [
              {
                url: by,
                kind: 'metadata',
                credential: { key: by, source: source(by), state: by },
                sent: true,
              },
            ],
            stops: by,
          },
          { color: false },
        ),
    },
  ],
  'usage.ts': [
    { form: 'log', of: (by) => renderUsageError({ kind: 'usage', message: by, hint: by }, { color: false }) },
    {
      form: 'log',
      of: (by) =>
        renderInputProblem({ file: by, line: 1, column: 1, message: by, hint: by }, { color: false }),
    },
  ],
  'github-problem.ts': [
    { form: 'markdown', of: (by) => problemSummary(poison(problem, by), { heading: by }) },
    {
      form: 'log',
      // all of it is one command of the runner
      of: (by) =>
        githubProblem({ ...poison(problem, by), file: null }, '').replace(
          /^::error title=npmrc-preflight::/,
          '',
        ),
    },
  ],
  'summary.ts': [
    {
      form: 'markdown',
      of: (by) =>
        renderSummary(poison(fullReport(), by), {
          heading: by,
          page: (code) => `https://pages.example/${code}`,
        }),
    },
  ],
  'report-files.ts': reportFiles.flatMap(({ name, ofReport, ofProblem }): readonly Row[] => {
    const form = forms[name.split('.').at(-1) ?? ''] ?? 'log';
    const ofPoisonedProblem: Row = {
      form,
      of: (by) => ofProblem?.(poison(problem, by), gitlabContext) ?? '',
    };
    return [
      { form, of: (by) => ofReport(poison(fullReport(), by), gitlabContext) },
      ...(ofProblem === null ? [] : [ofPoisonedProblem]),
    ];
  }),
};

/** Files that say nothing by themselves, or only what this program itself holds. */
const silent = [
  'action-metadata.ts completion.ts count-words.ts diff.ts explain.ts finding-text.ts palette.ts plan-lines.ts printable-report.ts',
  'readme-tables.ts report-context.ts request-command.ts shown-place.ts summary-markdown.ts verdict-line.ts web-link.ts',
  'with-texts.ts workflow-command.ts wrap-text.ts',
]
  .join(' ')
  .split(' ');

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
const acting = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;

function expectSafe(form: Form, output: string, plain: string): void {
  expect(output).not.toMatch(/[\x80-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
  switch (form) {
    case 'log':
      expect(output).not.toMatch(acting);
      expect(output).not.toContain('\t');
      expect(output.split('\n').filter((line) => /^\s*::/.test(line) || /##[a-z]*\[/i.test(line))).toEqual(
        [],
      );
      expect(output.split('\n')).toHaveLength(plain.split('\n').length);
      return;
    case 'json':
      expect(output).not.toMatch(acting);
      expect(keysOf(JSON.parse(output))).toEqual(keysOf(JSON.parse(plain)));
      return;
    case 'html':
    case 'xml':
      expect(output).not.toMatch(acting);
      expect(tagsOf(output)).toEqual(tagsOf(plain));
      expect(linksOf(output)).toEqual(linksOf(plain));
      expect(output.replace(/&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);/gi, '')).not.toMatch(
        form === 'xml' ? /&/ : /&(?:#|lt|gt|amp|quot)/i,
      );
      return;
    case 'markdown':
      expect(output).not.toMatch(acting);
      expect(marksOf(output)).toEqual(marksOf(plain));
      return;
    case 'dotenv':
      expect(output).toMatch(/^(?:[A-Z_]+=[\w,-]+\n)+$/);
      expect(output).toBe(plain);
  }
}

/** The shape of JSON: its keys, and the kinds of what they hold. */
function keysOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.values(value).map(keysOf);
}

/** A link whose text is the address, of the same server as it leads to, is as good as its text. */
function withoutOpenLinks(text: string): string {
  const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);
  return text.replace(
    /<a href="(https?:[^"]*)" rel="noreferrer">(https?:[^<]*)<\/a>/g,
    (whole, to: string, label: string) => (originOf(to) === originOf(label) ? label : whole),
  );
}

/** Tags with the names of their attributes, as a parser of HTML or XML finds them; comments and the like count as tags. */
function tagsOf(text: string): readonly string[] {
  const tags = withoutOpenLinks(text).match(/<(?:[a-z/!?][^>"']*(?:"[^"]*"|'[^']*'|[^>"'])*)>?/gi) ?? [];
  return tags.map((tag) => tag.replace(/"[^"]*"|'[^']*'/g, '""'));
}

/** Where a reader can be led. */
function linksOf(text: string): readonly string[] {
  const links = withoutOpenLinks(text).matchAll(/\s(?:href|src|action|formaction|style)="([^"]*)"/g);
  return [...links].map(([, target = '']) => /^[a-z]+:(?:\/\/[^/]*)?/i.exec(target)?.[0] ?? '');
}

/** What Markdown takes for marks: everything outside fences that is no word, blank, entity, web link or mark of a sentence; of fences their lines and languages. */
function marksOf(text: string): readonly string[] {
  const marks: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const [, ticks, language = ''] = /^(`{3,})(\w*)$/.exec(line) ?? [];
    if (fence !== null) {
      if (ticks !== undefined && language === '' && ticks.length >= fence.length) {
        fence = null;
        marks.push('end of fence');
      }
    } else if (ticks !== undefined) {
      fence = ticks;
      marks.push(`fence ${language}`);
    } else {
      marks.push(
        line
          .replace(/\[[^\]]*\]\(<https?:[^<>]*>\)|&#\d+;|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}/g, '')
          .replace(/[\p{L}\p{N}\p{So}\s…→·✓✗,;?/%'":.-]|\ufe0f/gu, ''),
      );
    }
  }
  return [...marks.filter((mark) => mark !== ''), fence === null ? 'closed' : 'open'];
}

test('every file of src/render is looked at here', () => {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'render');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const ofFiles = readFileSync(join(folder, 'report-files.ts'), 'utf8');
  const behind = files.filter((name) => ofFiles.includes(`'./${name}'`));
  expect(
    files.filter((name) => !(name in renderers) && !behind.includes(name) && !silent.includes(name)),
  ).toEqual([]);
});

describe.each(
  Object.entries(renderers).flatMap(([file, rows]) =>
    rows.map((row, at) => [`${file} ${at + 1}`, row] as const),
  ),
)('%s', (_, { form, of }) => {
  test.each(attacks)(`as ${form} makes %j harmless`, (attack) => {
    expectSafe(form, of(attack), of(harmless(attack)));
  });
});

test.each(attacks)('restore tells of a path with %j', (attack) => {
  const restored = (path: string) => [{ path, result: 'failed', why: path }] as const;
  const told = (path: string) => restoreCommand({ restore: () => restored(path) } as unknown as World).output;
  expectSafe('log', told(attack), told(harmless(attack)));
});

describe.each(Object.values(clientModules).map((module) => [module.name, module] as const))(
  'the configuration for %s',
  (_, module) => {
    test.each(attacks)('has no line of its own for a scope with %j', (attack) => {
      const written = (by: string): readonly string[] => {
        const scope: ScopePlan = {
          scope: `@a${by}`,
          registry: 'https://gitlab.example/api/v4/packages/npm/',
          prefix: { kind: 'instance', apiUrl: 'https://gitlab.example/api/v4' },
          tokenVariable: 'CI_JOB_TOKEN',
          why: by,
        };
        const world = {
          projectDirectory: '/w',
          workspaceRoot: '/w',
          home: '/h',
          env: {},
          platform: 'posix',
          files: memoryFiles({}),
          globalConfig: null,
        } as const;
        const client = { name: module.name, version: module.strictest, known: 'given' } as const;
        const plan = { scopes: [scope], client, world, where: 'user', userFolder: null } as const;
        return module
          .planConfig(plan)
          .files.flatMap(({ after: text }) => text.split(/\r\n|\r|\n|\u2028|\u0085/));
      };
      // most are no scope to any client, and nothing is written for them
      expect(written(attack).length).toBeLessThanOrEqual(written('x').length);
      expect(written(attack).join('')).not.toMatch(acting);
    });
  },
);
