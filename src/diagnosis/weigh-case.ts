import type { Cause, Clues, Verdict } from '../domain/cause.ts';

/** A cause with its verdict for one case, or the message of its crash. */
export type Weighed =
  | { kind: 'weighed'; cause: Cause; verdict: Exclude<Verdict, { kind: 'ruled-out' }> }
  | { kind: 'crashed'; cause: Cause; message: string };

/**
 * The causes that fit a case, in the order of the list (likeliest first). A cause that is only a symptom of a confirmed one is left
 * out. A crash in one cause is a value and leaves the others standing.
 */
export function weighCase(causes: readonly Cause[], clues: Clues): readonly Weighed[] {
  const fitting = causes.flatMap((cause): readonly Weighed[] => {
    try {
      const verdict = cause.weigh(clues);
      return verdict.kind === 'ruled-out' ? [] : [{ kind: 'weighed', cause, verdict }];
    } catch (error) {
      return [{ kind: 'crashed', cause, message: error instanceof Error ? error.message : String(error) }];
    }
  });
  const hidden = new Set(
    fitting.flatMap((one) =>
      one.kind === 'weighed' && one.verdict.kind === 'confirmed'
        ? [...(one.cause.hides ?? []), ...(one.verdict.hides ?? [])]
        : [],
    ),
  );
  return fitting.filter((one) => !hidden.has(one.cause.slug));
}
