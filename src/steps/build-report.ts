import type { RunFacts } from '../domain/cause.ts';
import { type ClientModel, isDispensable } from '../domain/client.ts';
import { isKeptAtHome } from '../domain/credential.ts';
import { scopeOf, wantedRange } from '../domain/dependency.ts';
import { packageLabel } from '../domain/package-label.ts';
import { describePrefix, prefixOf } from '../domain/prefix.ts';
import { isLimited } from '../domain/rate-limit.ts';
import { isWebUrl } from '../domain/registry-key.ts';
import type { FileReport, Finding, PackageReport, PublishReport, Report } from '../domain/report.ts';
import { locationOf } from '../domain/source.ts';
import { type Case, lackOf } from '../domain/target.ts';
import { packageChecks } from './package-checks.ts';

export interface ReportParts {
  run: RunFacts;
  cases: readonly Case[];
  /** The packages of the checkout that are to be published; left out when nobody asked for that. */
  publishing?: readonly Case[];
  findings: readonly Finding[];
  files: readonly FileReport[];
  failOn: 'error' | 'warning' | 'never';
  requests: Report['requests'];
}

/** The one report of a run. Undecided only when nothing failed for sure and something could not be asked. */
export function buildReport({
  run,
  cases,
  publishing,
  findings,
  files,
  failOn,
  requests,
}: ReportParts): Report {
  const explained = new Set(findings.filter(isCertain).flatMap(({ packages: names }) => names));
  const packages = cases.map((one) => packageReport(one, explained));
  const publish = publishing?.map((one) => publishReport(one, explained));
  const needed = [...neededPackages(run.client, cases, packages), ...(publish ?? [])];
  const verdict = verdictOf(needed, findings, failOn);
  const { environment, client } = run;
  const apiUrl = environment.apiUrl ?? environment.serverUrl;
  return {
    schema: 1,
    verdict,
    exitCode: failOn === 'never' || verdict === 'pass' ? 0 : verdict === 'fail' ? 1 : 3,
    command: run.command,
    environment: {
      provider: environment.provider,
      host: apiUrl === null ? null : new URL(apiUrl).host,
      version: environment.serverVersion,
      consumer: environment.consumer?.path ?? null,
      jobUser: environment.jobUser,
      client: { name: client.client.name, version: client.client.version, known: client.client.known },
    },
    scopes: run.plan.scopes.map(({ scope, registry, prefix, why }) => ({
      scope,
      registry,
      prefix: prefix && describePrefix(prefix),
      why,
    })),
    files,
    exports: run.plan.exports,
    packages,
    ...(publish
      ? {
          publish: publish.map(({ doubtful, status, ...one }) => ({
            ...one,
            status: doubtful ? 'undecided' : status,
          })),
        }
      : {}),
    findings,
    requests,
  };
}

/** A cause that stands whether or not the server could be asked: everything but the network's own. */
function isCertain({ certainty, code }: Finding): boolean {
  return certainty === 'confirmed' && (!code.startsWith('NP4') || code === 'NP407');
}

function packageReport(one: Case, explained: ReadonlySet<string>): PackageReport {
  const status = statusOfCase(one, explained);
  const { dependency, registry, tarball } = one.target;
  const prefix = registry.url === null ? null : prefixOf(registry.url);
  return {
    name: dependency.name,
    requested: wantedRange(dependency),
    resolved: one.version,
    scope: scopeOf(dependency.name),
    registry: registry.url,
    prefix: prefix && describePrefix(prefix),
    tarball: tarball?.url ?? null,
    dependents: dependency.dependents,
    location: locationOf(dependency.source),
    status,
    checks: packageChecks(one, status),
  };
}

/** `doubtful`: what is known neither allows nor refuses it, which a warning says and no verdict. */
function publishReport(one: Case, explained: ReadonlySet<string>): PublishReport & { doubtful: boolean } {
  const { dependency, registry, prefix } = one.target;
  const doubtful = one.result.kind === 'publish-doubtful';
  return {
    name: dependency.name,
    version: one.version,
    // a text that is no address may be anything, a token too
    registry: registry.url !== null && isWebUrl(registry.url) ? registry.url : null,
    prefix: prefix && describePrefix(prefix),
    status: doubtful ? 'ok' : statusOfCase(one, explained),
    doubtful,
  };
}

/**
 * Undecided when the server could not be asked: nobody answered, it answered that it can't now (429, 5xx), or the client would send it a credential that
 * belongs to another host.
 */
function statusOfCase(one: Case, explained: ReadonlySet<string>): PackageReport['status'] {
  const { result, observations } = one;
  if (result.kind === 'ok' || result.kind === 'skipped') return result.kind;
  if (explained.has(packageLabel(one))) return 'failed';
  if (result.kind !== 'metadata-failed' && result.kind !== 'tarball-failed') return 'failed';
  const kind = result.kind === 'metadata-failed' ? 'metadata' : 'tarball';
  const outcome = observations.get(kind)?.outcome;
  const request = one.target[kind];
  if (outcome?.kind !== 'answered') return 'undecided';
  if (request && isKeptAtHome(request.credential, request.url)) return 'undecided';
  return isLimited(outcome) || outcome.status >= 500 ? 'undecided' : 'failed';
}

function neededPackages(
  client: ClientModel,
  cases: readonly Case[],
  packages: readonly PackageReport[],
): readonly PackageReport[] {
  return packages.filter((_, index) => {
    const one = cases[index];
    return one !== undefined && !isDispensable(client, one.target.dependency, lackOf(one));
  });
}

function verdictOf(
  needed: readonly Pick<PackageReport, 'status'>[],
  findings: readonly Finding[],
  failOn: ReportParts['failOn'],
): Report['verdict'] {
  const warned = findings.some(({ severity }) => severity === 'warning');
  const crashed = findings.some(({ cause }) => cause === 'check-crashed');
  if (crashed || needed.some(({ status }) => status === 'failed')) return 'fail';
  if (failOn === 'warning' && warned) return 'fail';
  return needed.some(({ status }) => status === 'undecided') ? 'undecided' : 'pass';
}
