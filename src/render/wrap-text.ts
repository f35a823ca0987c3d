/**
 * Breaks a text at blanks into lines of at most `width` characters where that is possible; words are never broken, so that URLs
 * stay whole; a URL may stand out by an eighth of the width rather than leave its sentence. `first` stands before the first line and `next` before the others. `joint` ends every line but the last
 * (` \` for commands).
 */
export function wrapText(
  text: string,
  options: { first: string; next: string; width: number; joint?: string },
): readonly string[] {
  const { first, next, width, joint = '' } = options;
  return wrapWords(text.match(/\S+\s*/g) ?? [], { first, next, width, joint });
}

/** The same for words that must not be broken although they may hold blanks. Each word brings the blanks that follow it. */
export function wrapWords(
  words: readonly string[],
  options: { first: string; next: string; width: number; joint: string },
): readonly string[] {
  const lines: string[] = [];
  let line = options.first;
  let started = false;
  for (const word of words) {
    const slack = word.includes('://') ? Math.floor(options.width / 8) : 0;
    const room = options.width - options.joint.length + slack;
    if (started && lengthOf(line) + lengthOf(word.trimEnd()) > room) {
      lines.push(line.trimEnd() + options.joint);
      line = options.next;
    }
    line += word;
    started = true;
  }
  return [...lines, line.trimEnd()];
}

/** Characters as a terminal counts them, escape sequences of colours left out; wide characters count as one. */
export function lengthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return [...text.replace(/\x1b\[[\d;]*m/g, '')].length;
}
