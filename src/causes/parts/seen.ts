import type { Clues } from '../../domain/cause.ts';
import { type Observation, serverMessage, statusOf } from '../../domain/probe.ts';
import { parsedUrl } from '../../domain/registry-key.ts';
import { readWithApiToken } from './read-with-api-token.ts';

const names: Readonly<Record<string, string>> = {
  metadata: 'metadata',
  tarball: 'tarball',
  'metadata-with-token': 'metadata with the token',
  'tarball-with-token': 'tarball with the token',
  'without-credential': 'the same without a credential',
  'packages-api': 'packages API',
  'git-refs': 'git',
  job: 'job',
  'locked-metadata': 'metadata',
  'registry-metadata': 'metadata',
  'github-organisation': "GitHub's API",
  'other-prefixes': 'metadata',
};

/** The probes that speak of the client's configuration, of access, and of the place of a package. */
const about = {
  configuration: ['metadata', 'metadata-with-token', 'tarball', 'tarball-with-token', 'without-credential'],
  access: [
    'metadata',
    'metadata-with-token',
    'tarball',
    'tarball-with-token',
    'without-credential',
    'job',
    'locked-metadata',
    'registry-metadata',
    'packages-api',
    'git-refs',
    'github-organisation',
  ],
  place: ['metadata', 'tarball', 'locked-metadata', 'registry-metadata', 'packages-api', 'other-prefixes'],
} as const satisfies Record<string, readonly string[]>;

/**
 * One line of what was asked and answered, of the probes that matter for the topic: `metadata 200, tarball 404, git 403`, with the
 * most telling message at its end.
 */
export function seenLine(clues: Clues, topic: keyof typeof about = 'access'): string | null {
  const { observations, target } = clues.case;
  const told: readonly string[] = about[topic];
  let foundElsewhere = false;
  const parts = ordered(observations, told).flatMap(([key, observation]) => {
    const [slug = key, detail] = splitKey(key);
    if (slug === 'other-prefixes') {
      if (foundElsewhere || statusOf(observation.outcome) !== 200) return [];
      foundElsewhere = true;
    }
    if ((slug === 'git-refs' || slug === 'packages-api') && !isOfProject(clues, detail)) return [];
    const name = names[slug] ?? slug;
    const unsent = slug === 'metadata' || slug === 'tarball' ? withoutToken(observation) : '';
    return [
      `${name}${slug === 'other-prefixes' && detail ? ` at ${detail}` : ''} ${answerOf(observation)}${unsent}`,
    ];
  });
  if (parts.length === 0) return null;
  const message = tellingMessage([...observations.values()], clues.github !== null);
  const read = topic === 'access' ? readWithApiToken(clues) : null;
  return `${parts.join(', ')}${message ? `; the body says "${message}"` : ''}${read ? `; ${read}` : ''}${target.metadata ? '' : ' (the lockfile names the tarball)'}`;
}

/** Whether a probe's detail names the package's project; guesses about other projects say nothing of it. */
function isOfProject({ packageProject }: Clues, detail: string | null): boolean {
  if (packageProject === null || detail === null) return true;
  return detail === packageProject.path || detail === String(packageProject.id);
}

/** The observations that matter, in the order of the topic. */
function ordered(
  observations: ReadonlyMap<string, Observation>,
  told: readonly string[],
): readonly (readonly [string, Observation])[] {
  const position = (key: string) => told.indexOf(splitKey(key)[0]);
  return [...observations]
    .filter(([key]) => position(key) >= 0)
    .sort(([a], [b]) => position(a) - position(b));
}

function splitKey(key: string): readonly [string, string | null] {
  const at = key.indexOf(':');
  return at < 0 ? [key, null] : [key.slice(0, at), key.slice(at + 1)];
}

function answerOf({ outcome }: Observation): string {
  switch (outcome.kind) {
    case 'answered': {
      const away = outcome.hops.find((hop) => !hop.followed);
      return away ? `${away.status} to ${hostOrText(away.to)}` : String(outcome.status);
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

/** GitLab's long refusals say more than the status, the plain ones repeat it; GitHub's always tell. */
function tellingMessage(observations: readonly Observation[], onGitHub: boolean): string | null {
  for (const { outcome } of observations) {
    const message = serverMessage(outcome);
    if (message !== null && (onGitHub || /^403 Forbidden - |job token|permission/i.test(message)))
      return message;
  }
  return null;
}

function hostOrText(url: string): string {
  return parsedUrl(url)?.host ?? url;
}
