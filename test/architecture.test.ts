import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** Which rooms a room may import from; `domain` is open to all. Rooms of the same line do not know each other. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  project: [],
  clients: [],
  probes: [],
  causes: [],
  diagnosis: [],
  render: [],
  io: [],
  providers: [],
  inputs: [],
  'inputs.ts': ['inputs'],
  'command-line': ['inputs', 'inputs.ts'],
  'command-line.ts': ['command-line', 'inputs', 'inputs.ts'],
  simulator: ['providers'],
  steps: ['project', 'clients', 'probes', 'diagnosis', 'render', 'io', 'providers', 'inputs.ts'],
  'diagnose.ts': ['steps', 'causes', 'probes', 'providers'],
  'app.ts': ['diagnose.ts', 'steps', 'io', 'inputs.ts'],
  'present.ts': ['app.ts', 'write-reports.ts', 'io', 'render', 'inputs.ts'],
  'present-summary.ts': ['app.ts', 'present.ts', 'io', 'render'],
  'write-reports.ts': ['io', 'render', 'inputs.ts'],
  commands: ['app.ts', 'present.ts', 'steps', 'causes', 'clients', 'io', 'render', 'inputs.ts'],
  demo: ['app.ts', 'present.ts', 'io', 'render', 'simulator', 'inputs.ts'],
  action: [
    'app.ts',
    'present.ts',
    'present-summary.ts',
    'commands',
    'command-line.ts',
    'steps',
    'io',
    'render',
    'inputs.ts',
  ],
  'main.ts': [
    'action',
    'app.ts',
    'present.ts',
    'present-summary.ts',
    'commands',
    'command-line',
    'command-line.ts',
    'demo',
    'io',
    'render',
    'inputs.ts',
  ],
};

/** Packages and built-in modules that only these rooms may use; everything else from outside is free to any room. */
const guarded: readonly { module: RegExp; rooms: readonly string[] }[] = [
  { module: /^@actions\//, rooms: ['io'] },
  {
    module: /^node:(fs|http|https|net|tls|dns|child_process|os|timers\/promises)(\/|$)/,
    rooms: ['io', 'simulator'],
  },
  { module: /^node:fs/, rooms: ['io'] },
  { module: /^ini$/, rooms: ['clients', 'io'] },
];

const revealers = ['io/authorization-header.ts', 'domain/redaction.ts', 'domain/secret.ts'];

interface Import {
  file: string;
  from: string;
  to: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.split(sep).join('/'));

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({
    file,
    from: roomOf(file),
    to: match[1] ?? '',
  }));
});

function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function targetRoom({ file, to }: Import): string | null {
  if (!to.startsWith('.')) return null;
  return roomOf(
    relative(src, join(src, dirname(file), to))
      .split(sep)
      .join('/'),
  );
}

describe('architecture', () => {
  it('knows every room', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in arrows))).toEqual([]);
  });

  it('has imports that point inward', () => {
    const wrong = imports.filter((one) => {
      const to = targetRoom(one);
      return to !== null && to !== one.from && to !== 'domain' && !arrows[one.from]?.includes(to);
    });
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it('keeps the file system, the network and processes at the edge', () => {
    const wrong = imports.filter(({ from, to }) =>
      guarded.some(({ module, rooms }) => module.test(to) && !rooms.includes(from)),
    );
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it('opens secrets in two places only', () => {
    const opening = files.filter(
      (file) => /\breveal\b/.test(readFileSync(join(src, file), 'utf8')) && !revealers.includes(file),
    );
    expect(opening).toEqual([]);
  });

  it('reads the process in main.ts and io only', () => {
    const reading = files.filter(
      (file) =>
        file !== 'main.ts' &&
        roomOf(file) !== 'io' &&
        /\b(process\.(env|argv|exit|cwd|std)|console\.)/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(reading).toEqual([]);
  });

  it('names files in kebab-case, and none for a drawer', () => {
    const odd = files.filter((file) =>
      file.split('/').some((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.ts)?$/.test(part)),
    );
    expect(odd).toEqual([]);
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|types|misc)(\.ts|\/)/.test(file))).toEqual(
      [],
    );
  });

  it('names no registry host and no path of a machine', () => {
    const named = files.filter((file) =>
      /registry[.]n.mjs|\/home\/(?!runner')/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(named).toEqual([]);
  });
});
