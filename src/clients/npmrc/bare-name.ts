import type { Variables } from './references.ts';

/** The variable whose name alone stands where a reference to it was meant, as far as there is one of that name (user reports); `null` for any other value. */
export function bareName(value: string, variables: Variables): string | null {
  const isName = value.length <= 64 && /^(?:[A-Z][A-Z0-9]*_)+[A-Z0-9]+$/.test(value);
  return isName && variables(value) !== undefined ? value : null;
}
