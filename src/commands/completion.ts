import { causes } from '../causes/list.ts';
import { type CompletionSource, renderCompletion, shells } from '../render/completion.ts';

/** The completion of a shell; `null` for a shell that has none here. */
export function completion(shell: string | null, source: Omit<CompletionSource, 'words'>): string | null {
  const known = shells.find((name) => name === shell);
  if (known === undefined) return null;
  const words = { explain: causes.map(({ code }) => code), completion: shells };
  return renderCompletion(known, { ...source, words });
}
