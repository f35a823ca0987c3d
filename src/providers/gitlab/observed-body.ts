import type { Observation, Outcome } from '../../domain/probe.ts';

/** A refusal's text: GitLab's JSON `message` or `error`, else the first lines of a plain text (the git routes). `null` for none. */
export function refusalText(outcome: Outcome): string | null {
  if (outcome.kind !== 'answered') return null;
  const text = outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const { message, error } = parsed as { message?: unknown; error?: unknown };
    return typeof message === 'string' ? message : typeof error === 'string' ? error : null;
  } catch {
    const plain = text.trim().slice(0, 500);
    return plain === '' || plain.startsWith('<') ? null : plain;
  }
}

/** The observations of a probe that may have been asked under several details (`packages-api:324`). */
export function observationsOf(
  observations: ReadonlyMap<string, Observation>,
  slug: string,
): readonly { detail: string; observation: Observation }[] {
  return [...observations].flatMap(([key, observation]) => {
    if (key === slug) return [{ detail: '', observation }];
    return key.startsWith(`${slug}:`) ? [{ detail: key.slice(slug.length + 1), observation }] : [];
  });
}
