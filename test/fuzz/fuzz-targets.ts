import { resolve } from 'node:path';
import type { ClientModule } from '../../src/clients/client-modules.ts';
import { withBlock, withoutBlocks } from '../../src/clients/marked-block.ts';
import type { ClientName } from '../../src/domain/client.ts';
import type { FileReader } from '../../src/domain/file-reader.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import { type Outcome, type Question, serverMessage } from '../../src/domain/probe.ts';
import { inputDescriptions, readInputs } from '../../src/inputs.ts';
import { entryName, readEntry } from '../../src/io/journal-entry.ts';
import { routeTo } from '../../src/io/proxy-settings.ts';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { retryDelay } from '../../src/io/retry.ts';
import { readPackument } from '../../src/probes/read-packument.ts';
import { readProject } from '../../src/project/read-project.ts';
import { classifyMessage } from '../../src/providers/gitlab/message-class.ts';
import { renderUsageError } from '../../src/render/usage.ts';
import { clientModules } from '../support/client-modules.ts';
import { memoryFiles } from '../support/memory-files.ts';

/** A parser of hostile texts. `check` names what is wrong with its answer to a text; it throws where the parser throws. */
export interface FuzzTarget {
  /** Folders of its examples, below test. */
  examples: { folders: readonly string[]; files: RegExp };
  check(text: string): readonly string[];
}

const checkout = '/w/checkout';
const home = '/w/home';
const habits = { version: '10.0.0', installsPeers: true };
/** What clients look for in the folders above a project and beside their own installation. */
const soughtAbove =
  /^(?:package\.json|\.?npmrc|\.?yarnrc(?:\.yml)?|\.?bunfig\.toml|pnpm-workspace\.yaml|yarn\.lock|rc|config\.yaml|npm-shrinkwrap\.json|package-lock\.json|pnpm-lock\.yaml)$/;

/** Files in memory that notice who looks outside the checkout and the home. */
function watched(entries: Readonly<Record<string, string>>): { files: FileReader; strayed: string[] } {
  const inner = memoryFiles(entries);
  const strayed: string[] = [];
  const look = (path: string) => {
    const real = resolve(path)
      .replaceAll('\\', '/')
      .replace(/^[A-Za-z]:/, '');
    if (real.startsWith('/w/')) return;
    if (!soughtAbove.test(real.split('/').at(-1) ?? '')) strayed.push(`it reads ${JSON.stringify(path)}`);
  };
  return {
    strayed,
    files: {
      read(path) {
        look(path);
        return inner.read(path);
      },
      list: (path) => inner.list(path),
    },
  };
}

function projectTarget(name: string, client: ClientName, format: FuzzTarget['examples']): FuzzTarget {
  return {
    examples: format,
    check(text) {
      const manifest = {
        name: 'app',
        version: '1.0.0',
        workspaces: ['packages/*'],
        dependencies: { '@acme/ui': '^1.0.0', left: '*', '@acme/app': 'workspace:*' },
      };
      const { files, strayed } = watched({
        [`${checkout}/package.json`]: JSON.stringify(manifest),
        [`${checkout}/packages/app/package.json`]: '{"name":"@acme/app","dependencies":{"@acme/ui":"1"}}',
        [`${checkout}/${name}`]: text,
      });
      const result = readProject({ directory: checkout, files, client });
      if (result.kind === 'read') {
        const { dependencies } = result.checkout.resolveFor(habits);
        const lost = dependencies.filter(({ source }) => source.kind !== 'file');
        return [...strayed, ...lost.map(({ name: of }) => `${of} comes from no file`)];
      }
      const { file, line, column, message, hint } = result.problem;
      return [
        ...strayed,
        ...(file === '' ? ['the problem names no file'] : []),
        ...(line >= 1 && column >= 1 ? [] : [`the problem is at ${line}:${column}`]),
        ...(acting.test(message + (hint ?? '')) ? ['the problem holds characters that act'] : []),
        ...(message.length > 1000 ? [`the problem has ${message.length} characters`] : []),
      ];
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
const acting = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

const versions: Readonly<Record<ClientName, readonly string[]>> = {
  npm: ['6.14.18', '10.9.2', '12.0.0'],
  pnpm: ['8.15.9', '10.34.2', '12.0.0'],
  yarn: ['1.22.22'],
  'yarn-berry': ['3.8.7', '4.15.0'],
  bun: ['1.2.0'],
};

/** A configuration file at a place, as every given client reads it, with a plan written over it. */
function configTarget(
  place: string,
  clients: readonly ClientName[],
  examples: FuzzTarget['examples'],
): FuzzTarget {
  return {
    examples,
    check: (text) =>
      clients.flatMap((name) => versions[name].flatMap((version) => checkConfig(name, version, place, text))),
  };
}

function checkConfig(name: ClientName, version: string, place: string, text: string): readonly string[] {
  const { files, strayed } = watched({ [`${checkout}/package.json`]: '{}', [place]: text });
  const module: ClientModule = clientModules[name];
  const client = { name, version, known: 'given' } as const;
  const world = {
    projectDirectory: checkout,
    workspaceRoot: checkout,
    home,
    env: { TOKEN: 'glcbt-64_secret', FOLDER: 'x' },
    platform: 'posix',
    globalConfig: '/usr/etc/npmrc',
    files,
  } as const;
  const model = module.resolve(world, client);
  const registry = model.registryFor('@acme/ui');
  const url = registry.url ?? 'https://r.example/';
  for (const asked of [model.metadataUrl(url, '@acme/ui'), `${url}@acme/ui/-/ui-1.0.0.tgz`]) {
    if (URL.canParse(asked)) model.credentialFor(asked, registry.url);
  }
  const wrong: string[] = [...strayed];
  for (const problem of model.problems) {
    const source =
      'source' in problem ? problem.source : 'setting' in problem ? problem.setting.source : null;
    if (source?.kind === 'file' && !((source.line ?? 1) >= 1))
      wrong.push(`${problem.kind} at line ${source.line}`);
  }
  const planned = (base: typeof world) =>
    module.planConfig({ scopes: [scope], client, world: base, where: 'user', userFolder: null }).files;
  const first = planned(world);
  const written = Object.fromEntries(first.map(({ path, after }) => [path, after]));
  const again = planned({ ...world, files: watched({ [place]: text, ...written }).files });
  for (const { path, before, after } of again) {
    if (written[path] !== undefined && before !== null && after !== before)
      wrong.push(`${path} changes again`);
  }
  return wrong;
}

const scope: ScopePlan = {
  scope: '@acme',
  registry: 'https://gitlab.example/api/v4/packages/npm/',
  prefix: { kind: 'instance', apiUrl: 'https://gitlab.example/api/v4' },
  tokenVariable: 'CI_JOB_TOKEN',
  why: 'it is so',
};

const answerQuestion: Question = {
  probe: 'metadata',
  url: 'https://gitlab.example/api/v4/packages/npm/@acme%2fui',
  authorization: { kind: 'none' },
  accept: '*/*',
  read: { kind: 'text', limit: 1_000_000 },
  redirects: 'same-origin',
};

function answer(text: string, status = 200): Extract<Outcome, { kind: 'answered' }> {
  const body = { kind: 'text', text, complete: true } as const;
  return { kind: 'answered', status, url: answerQuestion.url, hops: [], headers: {}, body, attempts: 1 };
}

const lock = (folder: string, files: RegExp) => ({ folders: [`project/fixtures/${folder}`], files });
const own = (folder: string, more: readonly string[] = []) => ({
  folders: [`fuzz/corpus/${folder}`, ...more],
  files: /./,
});

/** Every parser of what others wrote, by name. The folder of that name below corpus holds its examples and former crashes. */
export const fuzzTargets: Readonly<Record<string, FuzzTarget>> = {
  'package-json': {
    examples: { folders: ['project/fixtures'], files: /^package\.json$/ },
    check(text) {
      const { files, strayed } = watched({
        [`${checkout}/package.json`]: text,
        [`${checkout}/packages/app/package.json`]: text,
        [`${checkout}/pnpm-workspace.yaml`]: text,
      });
      const result = readProject({ directory: checkout, files });
      if (result.kind === 'read') {
        result.checkout.resolveFor(habits);
        return strayed;
      }
      const { file, line, column, message } = result.problem;
      return [
        ...strayed,
        ...(file !== '' && line >= 1 && column >= 1 ? [] : [`the problem is at ${file}:${line}:${column}`]),
        ...(acting.test(message) ? ['the problem holds characters that act'] : []),
      ];
    },
  },
  'package-lock': projectTarget(
    'package-lock.json',
    'npm',
    lock('', /^(?:package-lock|npm-shrinkwrap)\.json$/),
  ),
  'pnpm-lock': projectTarget('pnpm-lock.yaml', 'pnpm', lock('', /^pnpm-lock\.yaml$/)),
  'yarn-lock': projectTarget('yarn.lock', 'yarn', lock('yarn', /^yarn\.lock$/)),
  'yarn-berry-lock': projectTarget('yarn.lock', 'yarn-berry', lock('yarn-berry', /^yarn\.lock$/)),
  'bun-lock': projectTarget('bun.lock', 'bun', lock('bun', /^bun\.lock$/)),
  npmrc: configTarget(`${checkout}/.npmrc`, ['npm', 'pnpm', 'yarn', 'bun'], own('npmrc')),
  'user-npmrc': configTarget(`${home}/.npmrc`, ['npm', 'pnpm', 'yarn', 'bun'], own('npmrc')),
  yarnrc: configTarget(`${checkout}/.yarnrc`, ['yarn'], own('yarnrc')),
  'yarnrc-yml': configTarget(`${checkout}/.yarnrc.yml`, ['yarn-berry'], own('yarnrc-yml')),
  bunfig: configTarget(`${checkout}/bunfig.toml`, ['bun'], own('bunfig')),
  'pnpm-workspace': configTarget(`${checkout}/pnpm-workspace.yaml`, ['pnpm'], own('pnpm-workspace')),
  blocks: {
    examples: own('npmrc'),
    check(text) {
      const bare = withoutBlocks(text);
      const marked = withBlock(bare, ['a=1'], 0);
      return withoutBlocks(marked) === bare || marked.includes('\r')
        ? []
        : ['a block does not go as it came'];
    },
  },
  packument: {
    examples: own('packument'),
    check(text) {
      const reading = readPackument(answer(text));
      if (reading.kind !== 'packument') return [];
      const { versions: known, distTags } = reading.packument;
      return [...Object.values(known).map(({ version }) => version), ...Object.values(distTags)]
        .filter((value) => typeof value !== 'string')
        .map((value) => `a version is ${typeof value}`);
    },
  },
  'server-message': {
    examples: own('server-message'),
    check(text) {
      const message = serverMessage(answer(text, 403));
      if (message !== null) classifyMessage(message);
      return [];
    },
  },
  headers: {
    examples: own('headers'),
    check(text) {
      const redirect = redirectOf(302, text, new URL(answerQuestion.url));
      const headers = { 'retry-after': text };
      const wait = retryDelay({ kind: 'answered', status: 429, headers }, 0, 0);
      routeTo(new URL(answerQuestion.url), null, { https_proxy: text, no_proxy: text });
      return [
        ...(wait !== null && wait >= 0 ? [] : [`it waits ${wait} ms`]),
        ...(redirect.kind === 'to' && /[@?#]/.test(redirect.to.replace(/^\w+:\/\/[^/]*\/.*$/, ''))
          ? [`it shows ${redirect.to}`]
          : []),
        ...(redirect.kind !== 'none' && acting.test('to' in redirect ? redirect.to : redirect.why)
          ? ['it shows characters that act']
          : []),
      ];
    },
  },
  journal: {
    examples: own('journal'),
    check(text) {
      const reading = readEntry('/w/home/.npmrc-preflight', entryName('/w/home/.npmrc'), text);
      return reading.kind === 'entry' && reading.entry.path !== '/w/home/.npmrc' ? ['another path'] : [];
    },
  },
  inputs: {
    examples: own('inputs'),
    check(text) {
      return inputDescriptions.flatMap(({ name }) => {
        const reading = readInputs({ args: new Map([[name, [text]]]), env: {} });
        if (reading.kind !== 'usage') return [];
        const shown = renderUsageError(reading, { color: false, program: 'node dist/index.js' });
        return acting.test(shown.replaceAll('\n', ' ')) ? [`${name}: characters that act`] : [];
      });
    },
  },
};
