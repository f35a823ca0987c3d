import { isSuccess, statusOf } from '../domain/probe.ts';
import type { CheckState, PackageChecks, PackageReport } from '../domain/report.ts';
import type { Case, CaseResult } from '../domain/target.ts';

/** What came of each step of a case's install. `status` is that of the whole package. */
export function packageChecks(one: Case, status: PackageReport['status']): PackageChecks {
  const { target, result, observations } = one;
  const asked = (probe: 'metadata' | 'tarball'): CheckState =>
    isSuccess(statusOf(observations.get(probe)?.outcome)) ? 'ok' : 'skipped';
  return {
    mapped:
      result.kind === 'asks-public-registry' ? 'failed' : target.registry.url === null ? 'skipped' : 'ok',
    credential: credentialCheck(one, status),
    metadata: endsAtMetadata(result) ? status : asked('metadata'),
    tarball: endsAtTarball(result) ? status : asked('tarball'),
  };
}

function endsAtMetadata(result: CaseResult): boolean {
  return (
    ['metadata-failed', 'no-version', 'held-back'].includes(result.kind) ||
    (result.kind === 'refused-by-client' && result.request === 'metadata')
  );
}

function endsAtTarball(result: CaseResult): boolean {
  return (
    [
      'tarball-failed',
      'tarball-damaged',
      'no-digest',
      'integrity-differs',
      'lockfile-mismatch',
      'tarball-at-public-registry',
    ].includes(result.kind) ||
    (result.kind === 'refused-by-client' && result.request === 'tarball')
  );
}

/** A package that installs although a request carries nothing needs no credential there; a failing one may well fail for that. */
function credentialCheck({ target }: Case, status: PackageReport['status']): CheckState {
  const requests = [target.metadata, target.tarball].filter((request) => request !== null);
  if (requests.length === 0) return 'skipped';
  if (requests.every(({ credential }) => credential.kind === 'token')) return 'ok';
  return status === 'failed' ? 'failed' : 'skipped';
}
