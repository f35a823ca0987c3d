import { parse } from 'ini';

/**
 * The keys that a file would set if it were not UTF-16, from its bytes read as UTF-8 (every second one is a zero then); `null` for any other
 * text. No package manager reads UTF-16, which Windows PowerShell 5 writes with `>` and `Out-File`.
 */
export function utf16Keys(text: string): readonly string[] | null {
  if (!text.includes('\0')) return null;
  const plain = text.replace(/[\0\uFFFD\uFEFF]/g, '');
  return plain.split(/\r\n|\n|\r/).flatMap((line) => Object.keys(parse(line)));
}
