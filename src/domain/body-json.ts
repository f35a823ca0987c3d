import type { AnswerBody } from './probe.ts';

type Reading = { value: unknown } | 'none';

/** Held weakly: what a thousand packages answered is not to stay in memory as text and as objects. */
const readings = new WeakMap<AnswerBody, WeakRef<Exclude<Reading, 'none'>> | 'none'>();

/**
 * The JSON that a body, or the excerpt of one that was not kept, holds as far as it was read; `undefined` when it holds none. Every cause looks at the
 * same answers: it is parsed once, however often it is asked for, unless memory ran short in between. The value is shared, so nobody changes it.
 */
export function bodyJson(body: AnswerBody): unknown {
  const known = readings.get(body);
  const held = known === undefined || known === 'none' ? known : known.deref();
  if (held !== undefined) return held === 'none' ? undefined : held.value;
  const reading = read(body.kind === 'text' ? body.text : body.excerpt);
  readings.set(body, reading === 'none' ? reading : new WeakRef(reading));
  return reading === 'none' ? undefined : reading.value;
}

function read(text: string): Reading {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) as unknown };
  } catch {
    return 'none';
  }
}
