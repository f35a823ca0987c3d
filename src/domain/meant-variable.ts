import { editDistance } from './nearest.ts';

/**
 * The variable that stands for a misspelt name, of those that are there: other underscores or cases (`CI_JOBTOKEN`), a letter or two (`NPM_TOKN`), a word
 * too few or too many before the last (`GITLAB_TOKEN`, `GITLAB_NPM_TOKEN`). `null` where none is near, and where two are alike near.
 */
export function meantVariable(name: string, there: readonly string[]): string | null {
  const near = there
    .flatMap((candidate) => {
      const distance = distanceOf(wordsOf(name), wordsOf(candidate));
      return distance === null ? [] : [{ candidate, distance }];
    })
    .toSorted((a, b) => a.distance - b.distance);
  const [first, second] = near;
  return first && first.distance !== second?.distance ? first.candidate : null;
}

/** Longer names nobody types. */
const longest = 64;

function wordsOf(name: string): readonly string[] {
  return name.slice(0, longest).toUpperCase().split('_').filter(Boolean);
}

function distanceOf(words: readonly string[], others: readonly string[]): number | null {
  if (words.join('') === others.join('')) return 0;
  if (words.length === others.length) return lettersBetween(words, others);
  const [few, many] = words.length < others.length ? [words, others] : [others, words];
  return lacksOneWord(few, many) ? mostLetters : null;
}

const mostLetters = 2;
/** A shorter word is another one when a letter of it differs (`GH`, `CI`). */
const shortestWord = 3;

function lettersBetween(words: readonly string[], others: readonly string[]): number | null {
  let sum = 0;
  for (const [index, word] of words.entries()) {
    const other = others[index] ?? '';
    if (word === other) continue;
    const distance = editDistance(word, other);
    const length = Math.min(word.length, other.length);
    if (length < shortestWord || distance > Math.max(1, length / 3) || /\d/.test(word + other)) return null;
    sum += distance;
  }
  return sum <= mostLetters ? sum : null;
}

/** The last word says what the variable holds, and two are the least that say whose. */
function lacksOneWord(few: readonly string[], many: readonly string[]): boolean {
  if (few.length < 2 || many.length !== few.length + 1 || few.at(-1) !== many.at(-1)) return false;
  return many.some((_, left) => many.toSpliced(left, 1).join('_') === few.join('_'));
}
