import type { ConfigProblem } from '../../domain/client.ts';
import type { ConfigEntry } from './config-entry.ts';
import { printableText } from './printable-line.ts';

/**
 * Values of `_password` that are not what a client sends as the password: it is the base64 of one, and what decodes to no text is sent as other characters
 * (run for real: npm 10 to 12, pnpm 9 and 10, Yarn 1, Bun 1.4.5; pnpm 11 and 12 end at what is no base64). Only where a user stands beside it and no token.
 */
export function passwordFaults(
  effective: ReadonlyMap<string, ConfigEntry>,
  client: string,
): readonly ConfigProblem[] {
  return [...effective.values()].flatMap((entry): ConfigProblem[] => {
    const { key, value, references, setting, source } = entry;
    const start = /^(\/\/.*:)_password$/s.exec(key)?.[1];
    if (start === undefined || value === '' || references.some(({ state }) => state !== 'set')) return [];
    if (!effective.get(`${start}username`)?.value || effective.get(`${start}_authToken`)?.value) return [];
    const fault = passwordFault(value);
    if (fault === null) return [];
    const variable = references.length === 1 ? references[0]?.name : undefined;
    const place = variable === undefined ? 'behind the =' : `into ${variable}`;
    return [
      {
        kind: 'malformed-line',
        source,
        line: `${setting.key}=${setting.written}`,
        corrected: null,
        why: printableText(
          fault === 'not-base64'
            ? `_password is to be the base64 of the password, which ${client} decodes, and this value is none`
            : 'the password in it ends with a line end, which the base64 of echo has and that of printf has not',
        ),
        step: `put ${place} what this prints: printf '%s' "$PASSWORD" | base64 -w0`,
        ofPassword: true,
      },
    ];
  });
}

function passwordFault(value: string): 'not-base64' | 'line-end' | null {
  const text = value.replace(/\s/g, '').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/_-]*$/.test(text) || text.length % 4 === 1) return 'not-base64';
  const plain = Buffer.from(text, 'base64').toString('utf8');
  if (/^[^\p{Cc}\uFFFD]*\r?\n$/u.test(plain)) return 'line-end';
  return /[\p{Cc}\uFFFD]/u.test(plain) ? 'not-base64' : null;
}
