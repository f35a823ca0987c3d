/**
 * The candidate that a misspelt word most likely stands for, `null` when none is near: at most a third of the letters
 * differ (by insertion, deletion, exchange), or the word is the start of exactly one candidate. Case is ignored.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const asked = word.slice(0, 64).toLowerCase();
  if (asked === '') return null;
  const started = candidates.filter((candidate) => candidate.toLowerCase().startsWith(asked));
  if (started.length === 1) return started[0] ?? null;
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(asked, candidate.toLowerCase());
    if (
      distance <= Math.max(1, Math.floor(candidate.length / 3)) &&
      distance < (best?.distance ?? Infinity)
    ) {
      best = { candidate, distance };
    }
  }
  return best?.candidate ?? null;
}

/** Levenshtein distance of two short texts. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, exchanged));
    }
    previous = current;
  }
  return previous[b.length] ?? a.length;
}
