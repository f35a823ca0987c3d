/** A copy of plain data in which every text (and every key of a record) went through `change`. `key` is the name of its field. */
export function withTexts<T>(data: T, change: (text: string, key: string) => string): T {
  const names = new Map<string, string>();
  // The copy has the shape of the original: only texts change.
  return copyOf(data, '') as T;

  function copyOf(part: unknown, key: string): unknown {
    if (typeof part === 'string') return change(part, key);
    if (Array.isArray(part)) return part.map((item) => copyOf(item, key));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, value]) => [changedName(name), copyOf(value, name)]),
    );
  }

  /** The same few names come again with every package. */
  function changedName(name: string): string {
    const changed = names.get(name) ?? change(name, '');
    names.set(name, changed);
    return changed;
  }
}
