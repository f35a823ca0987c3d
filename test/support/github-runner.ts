import * as fs from 'node:fs';
import { join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { type Ran, runProgram } from './run-program.ts';
import { temporaryFolder, writeTree } from './temporary-tree.ts';

const root = join(import.meta.dirname, '..', '..');

type Variables = Readonly<Record<string, string>>;

/** A command that the runner found in the output of a step. `data` and `properties` are unescaped. */
export interface RunnerCommand {
  name: string;
  properties: Variables;
  data: string;
}

/** How a step ended, as the runner sees it. `log` is what people see: without commands, and with `***` for what is masked. */
export interface StepEnd extends Ran {
  commands: readonly RunnerCommand[];
  masks: readonly string[];
  log: string;
  outputs: Variables;
  exported: Variables;
  state: Variables;
  summary: string;
}

export interface RunnerOptions {
  checkout: Readonly<Record<string, string>>;
  home?: Readonly<Record<string, string>>;
  /** Variables of the job. */
  env?: Variables;
  /** The workflow's own token, `${{ github.token }}`. */
  token?: string;
  serverUrl?: string;
}

/** A use of the action. `env` is the step's own, which no later step has. */
export interface Use {
  with?: Variables;
  env?: Variables;
  /** Runs between the phases see the machine as `main` left it: here a test may break something. */
  id?: string;
}

/** The action as it was used, for its phase after the job. */
export interface Used {
  main: StepEnd;
  post(change?: { state?: Variables; env?: Variables }): Promise<StepEnd>;
}

/** A job on a runner of GitHub, in a folder of its own: nothing of this machine's user or environment counts in it. */
export interface RunnerJobWorld {
  folder: string;
  checkout: string;
  home: string;
  temp: string;
  /** Variables of the job as the next step gets them. */
  env(): Variables;
  use(use: Use): Promise<Used>;
  /** A `run:` step. */
  run(
    program: { command: string; args: readonly string[] },
    step?: { env?: Variables; cwd?: string },
  ): Promise<StepEnd>;
  remove(): void;
}

interface Metadata {
  inputs: Record<string, { default?: string }>;
  runs: { using: string; main: string; post: string; 'post-if': string };
}

/** action.yml, as far as the runner reads it. */
export function readMetadata(): Metadata {
  return load(fs.readFileSync(join(root, 'action.yml'), 'utf8'), { schema: FAILSAFE_SCHEMA }) as Metadata;
}

/** Lays a job down as GitHub's runner does: its folders, its variables, and for each step the files by which the step tells it something. */
export function layRunnerJob(options: RunnerOptions): RunnerJobWorld {
  const folder = temporaryFolder();
  const place = (name: string) => {
    const path = join(folder, ...name.split('/'));
    fs.mkdirSync(path, { recursive: true });
    return path;
  };
  const checkout = place('work/shop/shop');
  const home = place('home');
  const temp = place('work/_temp');
  writeTree(checkout, options.checkout);
  writeTree(home, options.home ?? {});
  const exported = new Map<string, string>();
  const masks: string[] = [];
  let steps = 0;

  function jobEnv(): Variables {
    return {
      HOME: home,
      USERPROFILE: home,
      TMPDIR: place('tmp'),
      TEMP: place('tmp'),
      PATH: '',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'alice',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_JOB: 'install',
      GITHUB_REF_NAME: 'main',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_REPOSITORY_OWNER: 'acme',
      GITHUB_SERVER_URL: options.serverUrl ?? 'https://github.com',
      GITHUB_WORKSPACE: checkout,
      RUNNER_TEMP: temp,
      ...options.env,
      ...Object.fromEntries(exported),
    };
  }

  async function step(
    program: { command: string; args: readonly string[] },
    { env = {}, cwd = checkout }: { env?: Variables; cwd?: string },
  ): Promise<StepEnd> {
    steps += 1;
    const files = Object.fromEntries(
      ['ENV', 'OUTPUT', 'STATE', 'STEP_SUMMARY', 'PATH'].map((name) => {
        const path = join(place('work/_temp/_runner_file_commands'), `${name.toLowerCase()}_${steps}`);
        fs.writeFileSync(path, '');
        return [`GITHUB_${name}`, path];
      }),
    );
    const ran = await runProgram(program.command, program.args, {
      cwd,
      env: { ...jobEnv(), ...files, ...env },
    });
    const told = (name: string) => variablesIn(fs.readFileSync(files[name] ?? '', 'utf8'));
    const found = `${ran.stdout}\n${ran.stderr}`
      .split(/\r\n|\r|\n/)
      .map((line) => ({ line, command: commandIn(line) }));
    const commands = found.flatMap(({ command }) => command ?? []);
    const own = commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data);
    masks.push(...own);
    for (const [name, value] of Object.entries(told('GITHUB_ENV'))) exported.set(name, value);
    const log = found.filter(({ command }) => command === null).map(({ line }) => line);
    return {
      ...ran,
      commands,
      masks: own,
      log: masks.reduce((text, mask) => text.replaceAll(mask, '***'), log.join('\n')),
      outputs: told('GITHUB_OUTPUT'),
      exported: told('GITHUB_ENV'),
      state: told('GITHUB_STATE'),
      summary: fs.readFileSync(files.GITHUB_STEP_SUMMARY ?? '', 'utf8'),
    };
  }

  return {
    folder,
    checkout,
    home,
    temp,
    env: jobEnv,
    async use({ with: given = {}, env = {}, id = '__acme_npmrc-preflight' }) {
      const { inputs, runs } = readMetadata();
      const defaults = Object.entries(inputs).map(([name, { default: preset = '' }]) => {
        const text = preset === '${{ github.token }}' ? (options.token ?? '') : preset;
        return [`INPUT_${name.toUpperCase()}`, text];
      });
      const values = Object.entries(given).map(([name, text]) => {
        if (!(name in inputs)) throw new Error(`action.yml has no input ${name}`);
        return [`INPUT_${name.toUpperCase()}`, text];
      });
      const variables = {
        ...env,
        GITHUB_ACTION: id,
        GITHUB_ACTION_REPOSITORY: 'acme/npmrc-preflight',
        GITHUB_ACTION_REF: 'v1',
        ...Object.fromEntries([...defaults, ...values]),
      };
      const start = (file: string) => ({ command: process.execPath, args: [join(root, file)] });
      const main = await step(start(runs.main), { env: variables });
      return {
        main,
        post: ({ state = main.state, env: more = {} } = {}) => {
          const kept = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
          return step(start(runs.post), { env: { ...variables, ...Object.fromEntries(kept), ...more } });
        },
      };
    },
    run: (program, { env = {}, cwd = checkout } = {}) => step(program, { env, cwd }),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Reads a file of the runner's as it does: `name=value`, or `name<<end` with lines up to `end`. Throws for anything else. */
export function variablesIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').replace(/\r$/, '');
    if (line === '') continue;
    const heredoc = /^([^=]+?)<<(.+)$/.exec(line);
    const plain = /^([^=<]+)=(.*)$/.exec(line);
    if (heredoc) {
      const until = lines.indexOf(heredoc[2] ?? '', at + 1);
      if (until < 0) throw new Error(`no end of ${heredoc[1]}`);
      found[heredoc[1] ?? ''] = lines.slice(at + 1, until).join('\n');
      at = until;
    } else if (plain) found[plain[1] ?? ''] = plain[2] ?? '';
    else throw new Error(`the runner can not read "${line}"`);
  }
  return found;
}

/** What the runner takes a line of output for: `::name properties::data` behind blanks, or `##[name properties]data` anywhere in it. */
export function commandIn(line: string): RunnerCommand | null {
  const modern = /^\s*::([A-Za-z][\w-]*)(?: (.*?))?::(.*)$/s.exec(line);
  if (modern) {
    return {
      name: modern[1] ?? '',
      properties: propertiesIn(modern[2] ?? '', ','),
      data: unescaped(modern[3] ?? ''),
    };
  }
  const old = /##\[([A-Za-z][\w-]*)(?: ([^\]]*))?\](.*)$/s.exec(line);
  return old ? { name: old[1] ?? '', properties: propertiesIn(old[2] ?? '', ';'), data: old[3] ?? '' } : null;
}

function propertiesIn(text: string, separator: string): Variables {
  const pairs = text.split(separator).flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals > 0 ? [[pair.slice(0, equals).trim(), unescaped(pair.slice(equals + 1))]] : [];
  });
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}
