import { type Observation, type Outcome, serverMessage } from '../../domain/probe.ts';

/** A refusal's text: GitLab's JSON `message` or `error`, else the first lines of a plain text (the git routes). `null` for none. */
export function refusalText(outcome: Outcome): string | null {
  if (outcome.kind !== 'answered') return null;
  const text = outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt;
  const plain = text.trim().slice(0, 500);
  return serverMessage(outcome) ?? (plain === '' || /^[<[{]/.test(plain) ? null : plain);
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
