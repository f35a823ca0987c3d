import { describe, expect, it } from 'vitest';
import { commands, exitCodes, flagDescriptions } from '../../src/command-line/descriptions.ts';
import type { CommandName } from '../../src/domain/usage.ts';
import { inputDescriptions } from '../../src/inputs.ts';
import { renderCauseList, renderCausePage } from '../../src/render/explain.ts';
import { wantsColor } from '../../src/render/palette.ts';
import {
  causesTable,
  commandsTable,
  exitCodesTable,
  fillMarkers,
  inputsTable,
} from '../../src/render/readme-tables.ts';
import { renderHelp, renderInputProblem, renderUsageError } from '../../src/render/usage.ts';
import { renderWhich } from '../../src/render/which.ts';

const source = { commands, inputs: inputDescriptions, flags: flagDescriptions, exitCodes };
const causes = [
  {
    code: 'NP301',
    slug: 'not-on-allowlist',
    title: 'the allowlist does not name the consumer',
    severity: 'error' as const,
  },
  {
    code: 'NP101',
    slug: 'scope-not-mapped',
    title: 'no registry line for a private | scope',
    severity: 'error' as const,
  },
  {
    code: 'NP102',
    slug: 'auth-key-missing',
    title: 'registry mapped, no credential key',
    severity: 'error' as const,
  },
];

function help(command: CommandName | null): readonly string[] {
  return renderHelp(source, { command, color: false }).trimEnd().split('\n');
}

describe('help', () => {
  it('fits a screen: 24 lines of 80 characters', () => {
    expect(help(null).length).toBeLessThanOrEqual(24);
    for (const command of [null, ...commands.map(({ name }) => name)]) {
      for (const line of help(command)) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  it('names every command and every input and option that run or verify take', () => {
    const text = help(null).join('\n');
    for (const { name } of commands) expect(text).toContain(`\n  ${name} `);
    const main = [...inputDescriptions.filter(({ only }) => only === null), ...flagDescriptions].filter(
      (row) => row.commands.includes('run'),
    );
    for (const { name } of main) expect(text).toContain(`--${name}`);
    expect(text).not.toMatch(/--yes|--entry|--token /);
  });

  it('of one command has its options alone', () => {
    const text = help('which').join('\n');
    expect(text).toContain('Usage: node dist/index.js which [PACKAGE] [options]');
    expect(text).toContain('--url URL');
    expect(text).not.toContain('--dry-run');
    expect(help('explain').join('\n')).not.toContain('Inputs');
  });
});

describe('usage errors', () => {
  it('say what, what to do, and where the help is', () => {
    const error = {
      kind: 'usage' as const,
      message: 'unknown option --scope',
      hint: 'did you mean --scopes?',
    };
    expect(renderUsageError(error, { color: false })).toBe(`error: unknown option --scope
  help: did you mean --scopes?
  = all options: node dist/index.js --help
`);
    expect(
      renderUsageError({ ...error, message: 'x\x1b[2J\ny', hint: null }, { color: false }),
    ).toBe(`error: x\\x1b[2J\\ny
  = all options: node dist/index.js --help
`);
  });

  it('of a project file name its place', () => {
    const problem = {
      file: 'package.json',
      line: 3,
      column: 5,
      message: 'a comma is missing',
      hint: 'put one after "x"',
    };
    expect(renderInputProblem(problem, { color: false })).toBe(`error: a comma is missing
  --> package.json:3:5
  help: put one after "x"
`);
  });
});

describe('which', () => {
  it('says registry, URL, key, place and whether a credential goes out', () => {
    const text = renderWhich(
      {
        package: '@acme/ui',
        client: 'npm 11.6.2',
        registry: {
          url: 'https://gitlab.example.com/api/v4/packages/npm/',
          source: { kind: 'file', path: '.npmrc', line: 1 },
        },
        requests: [
          {
            kind: 'metadata',
            url: 'https://gitlab.example.com/api/v4/packages/npm/@acme%2fui',
            credential: {
              key: '//gitlab.example.com/api/v4/packages/npm/:_authToken',
              source: { kind: 'file', path: '.npmrc', line: 2 },
              state: 'set',
            },
            sent: true,
          },
          {
            kind: 'tarball',
            url: 'https://gitlab.example.com/api/v4/projects/324/x.tgz',
            credential: null,
            sent: false,
          },
        ],
        stops: 'EALLOWREMOTE: the tarball is outside of the registry',
      },
      { color: false },
    );
    expect(text).toBe(`@acme/ui with npm 11.6.2
  registry  https://gitlab.example.com/api/v4/packages/npm/   (.npmrc:1)
  metadata  https://gitlab.example.com/api/v4/packages/npm/@acme%2fui
            //gitlab.example.com/api/v4/packages/npm/:_authToken   (.npmrc:2) set: a credential is sent
  tarball   https://gitlab.example.com/api/v4/projects/324/x.tgz
            no key matches this URL: no credential is sent
  stops     EALLOWREMOTE: the tarball is outside of the registry
`);
  });

  it('names the public registry by what it is', () => {
    const registry = { url: null, source: { kind: 'default' as const, why: 'no registry line' } };
    expect(
      renderWhich({ package: 'left-pad', client: 'npm 11', registry, requests: [] }, { color: false }),
    ).toBe('left-pad with npm 11\n  registry  the public npm registry   (no registry line)\n');
  });
});

describe('explain', () => {
  it('lists causes by layer and code', () => {
    expect(renderCauseList(causes, { color: false })).toBe(`configuration
  NP101  scope-not-mapped  no registry line for a private | scope
  NP102  auth-key-missing  registry mapped, no credential key

access
  NP301  not-on-allowlist  the allowlist does not name the consumer

one page: node dist/index.js explain CODE
`);
  });

  it('prints a page for a terminal', () => {
    const body = `<!-- generated:header -->
# NP301
<!-- /generated -->

## What
The project does not let the job in. This sentence is long enough to be wrapped at the width that was asked for, surely.

- one item that is
  continued
- two
1. first

## Fix
Run \`npm ci\` **again**:
\`\`\`
curl --x \\
  --y
\`\`\`
| a | b |
|---|---|
| 1 | 2 |
`;
    expect(
      renderCausePage(causes[0] ?? { code: '', slug: '', title: '', severity: 'error' }, body, {
        color: false,
        width: 60,
      }),
    ).toBe(`error[NP301] not-on-allowlist: the allowlist does not name the consumer

What

  The project does not let the job in. This sentence is long
  enough to be wrapped at the width that was asked for,
  surely.

  - one item that is continued
  - two
  1. first

Fix

  Run \`npm ci\` again:

    curl --x \\
      --y

  | a | b |
  | 1 | 2 |
`);
  });
});

describe('tables for the README', () => {
  it('hold a row for each input, command and exit code, and no broken cell', () => {
    const inputs = inputsTable(inputDescriptions).trimEnd().split('\n');
    expect(inputs).toHaveLength(inputDescriptions.length + 2);
    expect(inputs[0]).toBe('| input | default | meaning |');
    for (const row of inputs) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    expect(commandsTable(commands)).toContain('| `which [PACKAGE]` |');
    expect(exitCodesTable(exitCodes)).toContain('| `3` | undecided because a server could not be asked |');
    expect(causesTable(causes, 'docs/causes')).toBe(`| code | cause | is |
|---|---|---|
| [NP101](docs/causes/NP101.md) | \`scope-not-mapped\` | no registry line for a private \\| scope |
| [NP102](docs/causes/NP102.md) | \`auth-key-missing\` | registry mapped, no credential key |
| [NP301](docs/causes/NP301.md) | \`not-on-allowlist\` | the allowlist does not name the consumer |
`);
  });
});

describe('fillMarkers', () => {
  const block = (name: string, content: string) =>
    `<!-- generated:${name} -->\n${content}<!-- /generated -->`;

  it('fills blocks, keeps the rest, and changes nothing the second time', () => {
    const once = fillMarkers(`a $& b\n${block('inputs', 'old\n')}\n$1 c`, { inputs: 'new $& $1\n' });
    expect(once).toBe(`a $& b\n${block('inputs', 'new $& $1\n')}\n$1 c`);
    expect(fillMarkers(once, { inputs: 'new $& $1\n' })).toBe(once);
  });

  it('keeps the line ends of the text', () => {
    expect(fillMarkers('<!-- generated:x --><!-- /generated -->\r\n', { x: 'a\nb' })).toBe(
      '<!-- generated:x -->\r\na\r\nb\r\n<!-- /generated -->\r\n',
    );
  });

  it.each([
    ['a name without a table', block('other', 'old\n')],
    ['a name of the prototype', block('constructor', 'old\n')],
    ['a block that is not closed', '<!-- generated:inputs -->\nold\n'],
  ])('leaves %s as it is', (_, text) => {
    expect(fillMarkers(text, { inputs: 'new' })).toBe(text);
  });

  it('does not let an open block swallow the next one', () => {
    const text = `<!-- generated:inputs -->\nkept\n${block('codes', 'old\n')}`;
    expect(fillMarkers(text, { inputs: 'x', codes: 'new' })).toBe(
      `<!-- generated:inputs -->\nkept\n${block('codes', 'new\n')}`,
    );
  });
});

describe('wantsColor', () => {
  it.each([
    [true, {}, false, true],
    [false, {}, false, false],
    [true, {}, true, false],
    [true, { NO_COLOR: '1' }, false, false],
    [true, { NO_COLOR: '' }, false, true],
    [false, { GITLAB_CI: 'true' }, false, true],
    [false, { GITHUB_ACTIONS: 'true', NO_COLOR: '1' }, false, false],
    [false, { FORCE_COLOR: '1' }, false, true],
    [true, { FORCE_COLOR: '0' }, false, false],
    [true, { TERM: 'dumb' }, false, false],
  ] as const)('terminal %s, %j, --no-color %s: %s', (terminal, env, noColor, wanted) => {
    expect(wantsColor({ terminal, env, noColor })).toBe(wanted);
  });
});
