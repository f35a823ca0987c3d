import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { type Observation, serverMessage, statusOf } from '../domain/probe.ts';
import { shortened } from '../domain/shortened.ts';
import { failingRequest } from './parts/failing-request.ts';
import { isProvenReader } from './parts/proven-reader.ts';
import { seenLine } from './parts/seen.ts';
import { mayBeShutOut } from './parts/shut-out.ts';

/** Words by which servers and proxies say that the caller's address is why they refuse. */
const names =
  /\b(?:ip|address)\b[^<>]{0,80}\b(?:not (?:allowed|permitted|authori[sz]ed)|blocked|banned|denied|restricted)\b|\bip[- ]allow[- ]?list\b|\brestricted by ip\b/i;

/**
 * The address of the job is shut out: by an IP restriction of a group, a ban of GitLab, or a proxy. A restricted group makes its
 * projects unreadable (GitLab EE project policy, `ip_enforcement_prevents_access` prevents all), so GitLab answers as if the role were missing;
 * in the job's own project the role can be proven. A ban is a 403 in plain text (Rack::Attack).
 */
export const addressNotAllowed: Cause = {
  code: 'NP309',
  slug: 'address-not-allowed',
  title: 'the address of the job is not allowed, or banned',
  severity: 'error',
  needs: ['allowed-agents'],
  hides: [
    'role-missing',
    'registry-restricted',
    'not-on-allowlist',
    'fine-grained-permission-missing',
    'outbound-limit',
    'project-not-found',
    'package-not-found',
  ],
  example: 'address-not-allowed',
  weigh(clues) {
    const request = failingRequest(clues);
    const status = statusOf(request?.observation.outcome);
    if (!request || (status !== 403 && status !== 404)) return ruledOut;
    if (status === 403 && names.test(textOf(request.observation)))
      return { kind: 'confirmed', because: [request.kind] };
    if (mayBeShutOut(clues))
      return { kind: 'possible', because: [request.kind], decidedBy: decidedBy(clues), unlikely: true };
    return isShutOut(clues) || (status === 403 && isBan(request.observation))
      ? { kind: 'possible', because: [request.kind, 'allowed-agents'], decidedBy: decidedBy(clues) }
      : ruledOut;
  },
  state(clues) {
    const request = failingRequest(clues);
    const host = new URL(request?.url ?? 'https://server.example').host;
    const said = request ? textOf(request.observation) : '';
    return {
      title: `${host} does not let the address of this job in`,
      seen: names.test(said) ? `${request?.kind} 403: ${inShort(said)}` : seenLine(clues),
      location: null,
      remedy: {
        who: `an Owner of the group of ${describeProject(clues.packageProject)}, or whoever runs ${host}`,
        summary: 'allow the address of the runner, or run the job on one that is allowed',
        steps: [
          'group > Settings > General > Permissions and group features > "Restrict access by IP address": add the range of the runners',
          'where a proxy or firewall stands before the server, its allow list is the place; a ban of GitLab for failed sign-ins ends by itself (the administrator finds it in auth.log)',
          'or give the job the tag of a runner inside the allowed range',
        ],
      },
    };
  },
};

/** The job's own project refuses a job whose user has a role in it: allowlist and permissions never count there. */
function isShutOut(clues: Clues): boolean {
  if (!isProvenReader(clues)) return false;
  return [...clues.case.observations.values()].some(({ outcome }) =>
    /project not found|job token not allowed from/i.test(serverMessage(outcome) ?? ''),
  );
}

/** GitLab's API refuses in JSON; a ban is one word of plain text. */
function isBan({ outcome }: Observation): boolean {
  return (
    outcome.kind === 'answered' &&
    outcome.headers['content-type']?.startsWith('text/plain') === true &&
    /^\s*forbidden\s*$/i.test(outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt)
  );
}

function decidedBy({ packageProject }: Clues): string {
  return `an Owner of the group of ${describeProject(packageProject)} looks at "Restrict access by IP address"; an administrator at bans in auth.log`;
}

function textOf({ outcome }: Observation): string {
  if (outcome.kind !== 'answered') return '';
  return serverMessage(outcome) ?? (outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt);
}

function inShort(text: string): string {
  const words = text
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return shortened(words, 160);
}
