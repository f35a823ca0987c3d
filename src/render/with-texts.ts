/** A copy of plain data in which every text (and every key of a record) went through `change`. `key` is the name of its field. */
export function withTexts<T>(data: T, change: (text: string, key: string) => string): T {
  // The copy has the shape of the original: only texts change.
  return copyOf(data, change, '') as T;
}

function copyOf(data: unknown, change: (text: string, key: string) => string, key: string): unknown {
  if (typeof data === 'string') return change(data, key);
  if (Array.isArray(data)) return data.map((item) => copyOf(item, change, key));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [change(name, ''), copyOf(value, change, name)]),
  );
}
