import type { Clues } from '../../domain/cause.ts';
import { type Observation, serverMessage } from '../../domain/probe.ts';

const names: Readonly<Record<string, string>> = {
  metadata: 'metadata',
  tarball: 'tarball',
  'metadata-with-token': 'metadata with the token',
  'tarball-with-token': 'tarball with the token',
  'packages-api': 'packages API',
  'git-refs': 'git',
  job: 'job',
  'other-prefixes': 'metadata',
};

/** One line of what was asked and answered: `metadata 200, tarball 404, git 403`, with the most telling message at its end. */
export function seenLine(clues: Clues): string | null {
  const { observations, target } = clues.case;
  const parts = [...observations].flatMap(([key, observation]) => {
    const [slug = key, detail] = splitKey(key);
    if (
      slug === 'other-prefixes' &&
      observation.outcome.kind === 'answered' &&
      observation.outcome.status !== 200
    )
      return [];
    const name = names[slug] ?? slug;
    const unsent = slug === 'metadata' || slug === 'tarball' ? withoutToken(observation) : '';
    return [
      `${name}${slug === 'other-prefixes' && detail ? ` at ${detail}` : ''} ${answerOf(observation)}${unsent}`,
    ];
  });
  if (parts.length === 0) return null;
  const message = tellingMessage([...observations.values()]);
  return `${parts.join(', ')}${message ? `; the body says "${message}"` : ''}${target.metadata ? '' : ' (the lockfile names the tarball)'}`;
}

function splitKey(key: string): readonly [string, string | null] {
  const at = key.indexOf(':');
  return at < 0 ? [key, null] : [key.slice(0, at), key.slice(at + 1)];
}

function answerOf({ outcome }: Observation): string {
  switch (outcome.kind) {
    case 'answered': {
      const away = outcome.hops.find((hop) => !hop.followed);
      return away ? `${away.status} to ${hostOf(away.to)}` : String(outcome.status);
    }
    case 'unreachable':
      return outcome.code;
    case 'skipped':
      return 'not asked';
  }
}

function withoutToken({ question: { authorization } }: Observation): string {
  return authorization.kind === 'none'
    ? ' without a token'
    : authorization.kind === 'text'
      ? ` with the text ${authorization.text}`
      : '';
}

/** GitLab's long refusals say more than the status; the plain ones repeat it. */
function tellingMessage(observations: readonly Observation[]): string | null {
  for (const { outcome } of observations) {
    const message = serverMessage(outcome);
    if (message !== null && /job token|permission/i.test(message)) return message;
  }
  return null;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
