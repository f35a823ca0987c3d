import type { ConfigProblem } from '../../domain/client.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { BunSettings } from './bun-settings.ts';

/** Settings of bunfig.toml with `${NAME}` in them, which Bun replaces in `.npmrc` only (measured: b02b; run for real: Bun 1.2.15, 1.4.5). */
export function bunfigReferences({ bunfig }: BunSettings): readonly ConfigProblem[] {
  return [...bunfig.values()].flatMap(({ isInline, ...fields }) =>
    (['url', 'token', 'username', 'password'] as const).flatMap((field) => {
      const entry = fields[field];
      return entry === null ? [] : withBraces(field, entry, isInline);
    }),
  );
}

function withBraces(
  field: string,
  { raw, source, setting }: ConfigEntry,
  isInline: boolean,
): ConfigProblem[] {
  const name = /\$\{(\w+)\}/.exec(raw)?.[1];
  if (name === undefined) return [];
  const isWhole = raw === `\${${name}}`;
  const step = isWhole
    ? `write ${field} = "$${name}" in its place`
    : `let the whole value be the reference: ${field} = "$NAME", with the variable that holds all of it`;
  return [
    {
      kind: 'malformed-line',
      source,
      line: `${field} = "${setting.written}"`,
      corrected: isWhole && !isInline ? `${field} = "$${name}"` : null,
      why: `Bun takes \${${name}} as it stands in bunfig.toml, where it replaces "$NAME" alone`,
      ...(isWhole && !isInline ? {} : { step }),
    },
  ];
}
