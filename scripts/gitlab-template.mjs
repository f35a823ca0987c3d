import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const lineWidth = 160;
const opening = 'const payload = `';

/** No text that passes can end the quotes it is put into, be a reference to a variable, or hold a control character. */
const anyText = '^[^"\\\\$\\x00-\\x1f\\x7f]+$';

/** What GitLab lets through for the inputs that are free text, by name. None is empty: see the default `auto`. */
const patterns = {
  'working-directory': anyText,
  scopes: '^[A-Za-z0-9@~._, -]+$',
  registries: '^[A-Za-z0-9@:/._~=+%,\\[\\]\\n\\r -]+$',
  'group-id': '^[A-Za-z0-9_./-]+$',
  'project-id': '^[A-Za-z0-9_./-]+$',
  'token-env': '^[A-Za-z_][A-Za-z0-9_]*$',
  'api-token-env': '^[A-Za-z_][A-Za-z0-9_]*$',
  client: '^[A-Za-z0-9@.+-]+$',
  include: '^[a-z, ]+$',
  timeout: '^[0-9.]+ ?(ms|s|m)?$',
  concurrency: '^(auto|[0-9]{1,3})$',
};

/** Texts for GitLab that may look like a number. */
const numeric = ['group-id', 'project-id', 'timeout', 'concurrency'];

/** The component says itself where its reports go. */
const fixed = ['report-dir'];

const ofTheJob = [
  {
    name: 'job-name',
    description:
      'Name of the job, and with a dot before it of its folder and its hidden jobs: give each include of a pipeline its own.',
    default: 'npmrc-preflight',
    regex: '^[A-Za-z][A-Za-z0-9_-]{0,62}$',
  },
  { name: 'stage', description: 'Stage of the job.', default: '.pre', regex: '^[A-Za-z0-9_.:/ -]+$' },
  {
    name: 'image',
    description:
      'Image with Node 20.18 or later and the package manager of the jobs that install: the best is theirs. Variables may stand in it.',
    default: 'node:22-slim',
    regex: '^[A-Za-z0-9$_{}./:@-]+$',
  },
  {
    name: 'allow-failure',
    description:
      'Whether the pipeline goes on: never, only where a server could not be asked (undecided, exit code 3), or always.',
    default: 'never',
    options: ['never', 'undecided', 'always'],
  },
  {
    name: 'artifacts-expire-in',
    description: 'How long GitLab keeps the configuration and the reports.',
    default: '1 day',
    regex: '^[A-Za-z0-9 ]+$',
  },
];

/**
 * The text of templates/npmrc-preflight.yml around a program. Compressors may differ between versions of Node: where `previous`, the
 * text that is there, carries the same program, its encoded bytes are kept.
 * @param {{ program: Buffer, version: string, previous?: string | null }} from
 * @returns {Promise<string>}
 */
export async function gitlabTemplate({ program, version, previous = null }) {
  const source = await readFile(new URL('gitlab-template.yml', import.meta.url), 'utf8');
  const loader = await readFile(new URL('gitlab-loader.cjs', import.meta.url), 'utf8');
  const rows = await inputDescriptions();
  const sha256 = createHash('sha256').update(program).digest('hex');
  const kept = previous === null ? null : encodedIn(previous);
  const encoded = kept !== null && decode(kept)?.equals(program) ? kept : encode(program);
  const payload = encoded.match(new RegExp(`.{1,${lineWidth}}`, 'g'))?.join('\n') ?? '';
  const inputs = [...rows.flatMap(componentInput), ...ofTheJob];
  const code = fill(loader.trimEnd(), { payload, sha256 });
  return fill(source, {
    version,
    sha256,
    inputs: inputs.map(inputLines).join('\n'),
    variables: rows.flatMap(variableLine).join('\n'),
    loader: indented(code, 6),
  });
}

/**
 * The program that a template carries, as the loader unpacks it; `null` when there is none.
 * @param {string} template
 * @returns {Buffer | null}
 */
export function programIn(template) {
  const encoded = encodedIn(template);
  return encoded === null ? null : decode(encoded);
}

function encodedIn(template) {
  const start = template.indexOf(opening);
  const end = template.indexOf('`', start + opening.length);
  return start < 0 || end < 0 ? null : template.slice(start + opening.length, end).replace(/\s+/g, '');
}

function encode(program) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: program.length,
  };
  return brotliCompressSync(program, { params }).toString('base64');
}

function decode(encoded) {
  try {
    return brotliDecompressSync(Buffer.from(encoded, 'base64'));
  } catch {
    return null;
  }
}

/** The rows of src/inputs, from the sources themselves. */
async function inputDescriptions() {
  // loaded here, so that a template can be checked without an installation
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/inputs.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const module = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  return module.inputDescriptions.filter(({ name, only }) => only !== 'action' && !fixed.includes(name));
}

function componentInput({ name, type, default: preset, summary, meaning, allowed, unit }) {
  const description = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}. ${meaning}`;
  if (type === 'flag') return [{ name, description, type: 'boolean', default: preset === 'true' }];
  // written into the checkout of this one job, it would reach no other
  if (name === 'config')
    return [{ name, description: configDescription, default: preset, options: ['user', 'none'] }];
  if (type === 'choice') {
    const options = [...(preset === '' ? ['auto'] : []), ...allowed.filter((word) => word !== 'github')];
    return [{ name, description, default: preset || 'auto', options }];
  }
  if (type === 'number' && unit === null && /^\d+$/.test(preset))
    return [{ name, description, type: 'number', default: Number(preset) }];
  const regex = patterns[name];
  if (regex === undefined)
    throw new Error(`scripts/gitlab-template.mjs has no pattern for the input ${name}`);
  const quotes = numeric.includes(name) ? ' A bare number wants quotes.' : '';
  return [
    {
      name,
      description: description + quotes,
      default: unit === 'seconds' ? `${preset}s` : preset || 'auto',
      regex,
    },
  ];
}

const configDescription =
  'Where the configuration is written. `user`: the file that later jobs get as an artifact. `none`: nowhere, what is there is judged.';

function variableLine({ name }) {
  return [`    NPMRC_PREFLIGHT_${name.toUpperCase().replaceAll('-', '_')}: "$[[ inputs.${name} ]]"`];
}

function inputLines({ name, ...keys }) {
  const lines = Object.entries(keys).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}`);
  return [`    ${name}:`, ...lines].join('\n');
}

function fill(text, values) {
  return text.replace(/^( *)\{\{(\w+)\}\}$|\{\{(\w+)\}\}/gm, (whole, before, alone, inside) => {
    const value = values[alone ?? inside];
    return value === undefined
      ? whole
      : alone === undefined || before === ''
        ? value
        : indented(value, before.length);
  });
}

function indented(text, width) {
  return text.replace(/^(?=.)/gm, ' '.repeat(width));
}
