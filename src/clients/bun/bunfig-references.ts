import type { ConfigProblem } from '../../domain/client.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { referred } from '../npmrc/config-problems.ts';
import { foreignReference } from '../npmrc/foreign-reference.ts';
import type { Variables } from '../npmrc/references.ts';
import type { BunSettings } from './bun-settings.ts';

/**
 * Settings of bunfig.toml with `${NAME}` in them, which Bun replaces in `.npmrc` only (measured: b02b; run for real: Bun 1.2.15, 1.4.5), or with a
 * reference that no client replaces.
 */
export function bunfigReferences({ bunfig, variables }: BunSettings): readonly ConfigProblem[] {
  return [...bunfig.values()].flatMap(({ isInline, ...fields }) =>
    (['url', 'token', 'username', 'password'] as const).flatMap((field) => {
      const entry = fields[field];
      return entry === null ? [] : withBraces(field, entry, isInline, variables);
    }),
  );
}

function withBraces(
  field: string,
  { raw, source, setting }: ConfigEntry,
  isInline: boolean,
  variables: Variables,
): ConfigProblem[] {
  const own = /\$\{(\w+)\}/.exec(raw);
  const foreign = own ? null : foreignReference(raw);
  const text = own?.[0] ?? foreign?.text;
  if (text === undefined) return [];
  const name = own ? own[1] : foreign?.name;
  const isWhole = raw === text && name !== undefined && name !== null;
  const shown = own || isWhole ? text : 'what stands here';
  const step = isWhole
    ? `write ${field} = "$${name}" in its place`
    : `let the whole value be the reference: ${field} = "$NAME", with the variable that holds all of it`;
  return [
    {
      kind: 'malformed-line',
      source,
      line: `${field} = "${setting.written}"`,
      corrected: isWhole && !isInline ? `${field} = "$${name}"` : null,
      why: `Bun takes ${shown} as it stands in bunfig.toml, where it replaces "$NAME" alone`,
      ...(isWhole && !isInline ? {} : { step }),
      ...(isWhole ? { refersTo: referred(name, variables) } : {}),
    },
  ];
}
