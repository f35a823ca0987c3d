import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { plannedRegistry } from './parts/config-lines.ts';
import { failingRequest } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/** The lockfile's tarball URL names another host than the configured registry; the client follows the lockfile (measured: clients.md section 4). */
export const lockfilePinsOtherRegistry: Cause = {
  code: 'NP111',
  slug: 'lockfile-pins-other-registry',
  title: 'the lockfile names another host than the configured registry',
  severity: 'error',
  needs: ['job'],
  hides: [
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
    'host-unresolved',
    'connection-failed',
    'timed-out',
    'tls-untrusted',
    'proxy-failed',
    'not-a-registry',
    'package-not-found',
  ],
  example: 'lockfile-of-another-host',
  weigh(clues) {
    const pinned = pinnedElsewhere(clues);
    return pinned && failingRequest(clues)?.kind === 'tarball'
      ? { kind: 'confirmed', because: ['configuration', 'tarball'] }
      : ruledOut;
  },
  state(clues) {
    const pinned = pinnedElsewhere(clues);
    const { dependency, registry } = clues.case.target;
    const from = pinned ? new URL(pinned.locked).origin : '';
    const to = pinned ? new URL(pinned.configured).origin : '';
    const lockfile = clues.run.project.lockfile?.path ?? 'package-lock.json';
    return {
      title: `${lockfile} takes ${dependency.name} from ${from}, the configuration from ${to}`,
      seen: seenLine(clues, 'configuration'),
      location: dependency.locked?.source ?? registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `rewrite ${from} to ${to} in ${lockfile}, or give the client a key for ${from}`,
        steps: [
          `if ${to} is right: replace "${from}/" by "${to}/" in ${lockfile} and commit it; the path behind the host must match too (relative root)`,
          `if ${from} is right: map the scope there and add its credential key`,
        ],
        command: `node -e "const f=require('fs'),p='${lockfile}';f.writeFileSync(p,f.readFileSync(p,'utf8').replaceAll('${from}/','${to}/'))"`,
      },
    };
  },
};

function pinnedElsewhere(clues: Clues): { locked: string; configured: string } | null {
  const { tarball, registry, dependency } = clues.case.target;
  const configured = registry.url ?? plannedRegistry(clues.run, dependency.name);
  const locked = dependency.locked?.tarball;
  if (!tarball || !locked || !configured || clues.case.target.metadata) return null;
  return sameOrigin(tarball.url, locked) && !sameOrigin(locked, configured) ? { locked, configured } : null;
}
