/** Fields of a report that hold words of this program alone. */
const ours = 'schema verdict command provider known status severity certainty code cause action method'.split(
  ' ',
);

/**
 * A copy of plain data in which every text from outside begins and ends with `by`. `free`: fields to be changed although their words are ours;
 * `kept`: further fields that stay. The command of a remedy is a text like others, the command of a run is not.
 */
export function poison<T>(
  data: T,
  by: string,
  { free = [], kept = [] }: { free?: readonly string[]; kept?: readonly string[] } = {},
): T {
  const fixed = new Set([...ours, ...kept].filter((field) => !free.includes(field)));
  const changed = (value: unknown, name: string): unknown => {
    if (typeof value === 'string')
      return fixed.has(name) || ['npm', 'GET'].includes(value) ? value : `${by}${value} ${by}`;
    if (name === 'checks') return value;
    if (Array.isArray(value)) return value.map((item) => changed(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [
        field,
        changed(inner, field === 'command' && name !== '' ? 'remedy' : field),
      ]),
    );
  };
  return changed(data, '') as T;
}
