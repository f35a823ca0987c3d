/** What a shell left in a line of an rc file that it wrote: the settings that were meant, each a line. */
export interface ShellLeftover {
  /** `break`: a line break stands there as a backslash and a letter; `option`: an option of echo stands in front. */
  kind: 'break' | 'option';
  lines: readonly string[];
}

const quote = `["']?`;
const setting = new RegExp(
  `^${quote}(?:@[^:/\\s=]+:registry|registry|//[^=\\s]*:(?:_authToken|_auth|_password|username))${quote}\\s*=`,
);

/**
 * What echo leaves in a file: `\n` where this shell's echo makes no line breaks of it, `-e` where it knows no options (user reports: bash and dash
 * differ in both). `null` for every other line.
 */
export function shellLeftover(text: string): ShellLeftover | null {
  const behindOption = /^["']?-(?:e|E|en|ne)\s+(\S.*)$/.exec(text)?.[1];
  if (behindOption !== undefined && setting.test(behindOption))
    return { kind: 'option', lines: [behindOption] };
  if (!/\\n/.test(text)) return null;
  const inner = /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
  const lines = inner
    .split(/(?:\\r)?\\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isMeant = lines.slice(1).some(isSetting) || (lines.length === 1 && lines.every(isSetting));
  return isMeant ? { kind: 'break', lines } : null;
}

function isSetting(line: string): boolean {
  return setting.test(line);
}
