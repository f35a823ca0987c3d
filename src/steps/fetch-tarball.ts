import type { ClientModel } from '../domain/client.ts';
import { authorizationOf } from '../domain/credential.ts';
import { digestsOf } from '../domain/integrity.ts';
import { isSuccess, type Observation, type Outcome, type Question } from '../domain/probe.ts';
import type { CaseResult, Target } from '../domain/target.ts';
import { tarballQuestion } from '../probes/package-questions.ts';

/**
 * Asks for the tarball of a target as its client does, and holds what comes against what is known of it: the digest of the lockfile, or `described`, that of
 * the metadata. The answer is put into `observations`. Nothing throws.
 */
export async function fetchTarball(
  { dependency, registry, tarball }: Target,
  {
    client,
    ask,
    observations,
    described = null,
  }: {
    client: ClientModel;
    ask: (question: Question) => Promise<Outcome>;
    observations: Map<string, Observation>;
    /** The integrity that the metadata names: clients but Yarn 2+ refuse other bytes. */
    described?: string | null;
  },
): Promise<CaseResult> {
  if (!tarball) return { kind: 'skipped', why: 'no tarball to ask for' };
  const refusal =
    client.refusesUrl?.(tarball.url, registry.url) ?? client.refusal(tarball.url, registry.url, dependency);
  if (refusal) return { kind: 'refused-by-client', request: 'tarball', stop: refusal };
  const integrity = dependency.locked?.integrity ?? described;
  const question = tarballQuestion(
    'tarball',
    tarball.url,
    authorizationOf(tarball.credential, tarball.url),
    integrity,
  );
  // what a lockfile describes was unpacked by an install before
  const asked = dependency.locked?.integrity ? question : unpacked(question);
  const outcome = await ask(asked);
  observations.set('tarball', { question: asked, outcome });
  if (outcome.kind !== 'answered' || outcome.body.kind !== 'digest') return { kind: 'tarball-failed' };
  const isTaken = client.network.tarballsOf200 ? outcome.status === 200 : isSuccess(outcome.status);
  if (!isTaken) return { kind: 'tarball-failed' };
  if (!outcome.body.gzip && outcome.body.tar !== true) return { kind: 'tarball-failed' };
  const compared = compareIntegrity(integrity, outcome.body.complete ? outcome.body.digests : {});
  if (compared.kind !== 'ok') return compared;
  if (outcome.body.damage !== undefined) return { kind: 'tarball-damaged', why: outcome.body.damage };
  const isResolved = dependency.from === 'registry' && !dependency.locked;
  return client.network.needsDigest && isResolved && integrity === null ? { kind: 'no-digest' } : compared;
}

function unpacked(question: Question): Question {
  const { read } = question;
  return read.kind === 'digest' ? { ...question, read: { ...read, unpack: true } } : question;
}

/** Subresource Integrity: any digest of the strongest algorithm given has to match. */
function compareIntegrity(integrity: string | null, digests: Readonly<Record<string, string>>): CaseResult {
  const parts = digestsOf(integrity);
  const strongest = ['sha512', 'sha384', 'sha256', 'sha1'].find((algorithm) =>
    parts.some((part) => part.algorithm === algorithm),
  );
  const wanted = parts.filter(({ algorithm }) => algorithm === strongest);
  const found = strongest === undefined ? undefined : digests[strongest];
  const [expected] = wanted;
  if (!strongest || !expected || found === undefined) return { kind: 'ok' };
  return wanted.some(({ digest }) => digest === found)
    ? { kind: 'ok' }
    : {
        kind: 'integrity-differs',
        expected: `${strongest}-${expected.digest}`,
        found: `${strongest}-${found}`,
      };
}
