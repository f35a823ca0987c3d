import type { Clues, Statement } from '../../domain/cause.ts';
import type { Setting } from '../../domain/setting.ts';
import { formatSource, sameSource } from '../../domain/source.ts';
import { seenLine } from './seen.ts';

/** What keeps the value of a registry's line from being an address, though each variable in it has a value: what is wrong, and how it is put right. */
interface Shape {
  form: RegExp;
  what: string;
  how: (reference: string) => string;
}

const shapes: readonly Shape[] = [
  {
    form: /["'`]/,
    what: 'has quotes in it',
    how: () => 'quotes around a value belong to shells and YAML: here they become part of the address',
  },
  {
    form: /^\$|\$\{/,
    what: 'refers to another variable',
    how: (reference) =>
      `nothing replaces a reference inside of a value: write the address out, or name the other variable in place of ${reference} in the line itself`,
  },
  {
    form: /^https?:\/\/https?:\/\//i,
    what: 'has its https:// already',
    how: (reference) => `take https:// out in front of ${reference}, or out of the value`,
  },
  {
    form: /^(?!https?:\/\/)/i,
    what: 'has no https:// in front',
    how: (reference) => `write https://${reference} in the line, or store the value with it`,
  },
  { form: /\s/, what: 'has white space in it', how: () => 'most often it came along when it was pasted' },
];

/** The registry's line whose variable holds no address, or more than one (user reports); `null` for every other. */
export function addressInVariable({
  run,
  case: { publishing, result, target },
}: Clues): (Shape & Setting) | null {
  const isStopped = result.kind === 'client-stops' && result.stop.code === 'ERR_INVALID_URL';
  const isPublished = publishing?.address !== undefined;
  if (!isStopped && !isPublished && result.kind !== 'metadata-failed' && result.kind !== 'refused-by-client')
    return null;
  const { source } = isStopped ? result.stop : target.registry;
  const setting = run.client.settings.find(
    (one) => one.inEffect && source !== null && sameSource(one.source, source),
  );
  if (!setting || typeof setting.value !== 'string' || setting.variables.length === 0) return null;
  const { value, variables } = setting;
  // a value that is missing is told of its own
  if (variables.some(({ state }) => state !== 'set')) return null;
  const shape = shapes.find(({ form }) => form.test(value));
  return shape ? { ...setting, ...shape } : null;
}

/** The value is not printed: an address may hold a password. */
export function addressStatement(
  clues: Clues,
  { variables, source, what, how }: NonNullable<ReturnType<typeof addressInVariable>>,
): Statement {
  const names = variables.map(({ name }) => name);
  const [first = ''] = names;
  return {
    title: `${formatSource(source)} names no address of a registry: the value of ${names.join(' or ')} ${what}`,
    seen: seenLine(clues),
    location: source,
    remedy: {
      who: 'whoever maintains this pipeline',
      summary: `let the line and ${first} together be one address, https://host/path/`,
      steps: [how(`\${${first}}`)],
    },
  };
}
