import type { RunFacts } from '../domain/cause.ts';
import { authorizationOf, type Credential } from '../domain/credential.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { JobCredential } from '../domain/environment.ts';
import { registryHolding } from '../domain/github-registry.ts';
import { kindOfToken } from '../domain/job-credential.ts';
import { isOwnProject } from '../domain/own-project.ts';
import { isPlainInAddress } from '../domain/plain-in-address.ts';
import { type Prefix, prefixOf } from '../domain/prefix.ts';
import type { Observation, Outcome, Question } from '../domain/probe.ts';
import type { PublishTarget } from '../domain/project.ts';
import { isPublicRegistry } from '../domain/public-registry.ts';
import { type Publishing, publishFaults } from '../domain/publishing.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { sameSecret } from '../domain/secret.ts';
import type { Case, CaseResult } from '../domain/target.ts';
import { metadataQuestion, tarballStartQuestion } from '../probes/package-questions.ts';
import { readPackument } from '../probes/read-packument.ts';
import { classifyMessage } from '../providers/gitlab/message-class.ts';
import { refusalText } from '../providers/gitlab/observed-body.ts';
import { addressFault } from './publish-address.ts';
import { isMeantElsewhere, passedOver, publishRegistry } from './publish-registry.ts';
import { askPublishRights } from './publish-rights.ts';

/** `ask` is `null` offline. `publicRegistry` is the client's own default registry, which is never asked. */
export interface PublishCheck {
  ask: ((question: Question) => Promise<Outcome>) | null;
  publicRegistry: string | null;
}

/**
 * For each package of the checkout that would be published: where, with which credential, and what stands against it. Every question
 * is a GET; nothing is published. What goes to the public registry, or has no version, is skipped.
 */
export async function checkPublish(run: RunFacts, check: PublishCheck): Promise<readonly Case[]> {
  return Promise.all(run.project.publish.map((target) => checkOne(run, target, check)));
}

/** What is not checked, or can't be seen, said in one line each: silence would look like a check that passed. */
export function publishNotices(run: RunFacts, cases: readonly Case[]): readonly string[] {
  if (run.project.publish.length === 0)
    return ['publish: no package of this checkout is published: each one is private or has no name'];
  const skipped = cases.flatMap(({ result, target: { dependency } }) =>
    result.kind === 'skipped' && !run.offline ? [`publish: ${dependency.name} ${result.why}`] : [],
  );
  const unseen = cases.some(
    ({ result, publishing }) =>
      result.kind === 'ok' && publishing?.project != null && publishing.rules === null,
  );
  return unseen
    ? [
        ...skipped,
        "publish: whether a rule protects a package was not seen: that takes a Maintainer's token, by api-token-env",
      ]
    : skipped;
}

async function checkOne(
  run: RunFacts,
  target: PublishTarget,
  { ask, publicRegistry }: PublishCheck,
): Promise<Case> {
  const { client } = run;
  const registry = publishRegistry(client, target);
  const { url } = registry;
  const observations = new Map<string, Observation>();
  const dependency = dependencyOf(target);
  const bare: Case = {
    target: {
      dependency,
      registry,
      prefix: url === null ? null : prefixOf(url),
      metadata: null,
      tarball: null,
    },
    result: { kind: 'skipped', why: 'is not checked offline' },
    version: target.version ?? null,
    observations,
  };
  const skipped = (why: string): Case => ({ ...bare, result: { kind: 'skipped', why } });
  const unsent = () => publishingOf(run, target.version ?? '', null, { kind: 'none', nearest: [] });
  if (url === null && isMeantElsewhere(run, target))
    return { ...bare, result: { kind: 'asks-public-registry' }, publishing: unsent() };
  if (url === null || isPublicRegistry(url) || (publicRegistry !== null && sameOrigin(url, publicRegistry)))
    return skipped(`goes to the public registry, which is not asked${passedOver(client, target)}`);
  if (client.client.name === 'bun' && registry.key === 'publishConfig')
    return skipped("goes to the registry of publishConfig's scope, for which Bun takes no key");
  const { version } = target;
  if (version === undefined) return skipped('has no version');
  if (!isPlainInAddress(target.name, version)) return skipped('has a name or version that no registry takes');
  const { prefix } = bare.target;
  const address = addressFault(registry, run);
  if (address) return { ...bare, result: { kind: 'publish-refused' }, publishing: { ...unsent(), address } };
  const metadataUrl = client.metadataUrl(url, target.name);
  const credential = client.credentialFor(metadataUrl, url);
  const metadata = { url: metadataUrl, credential };
  const publishing = publishingOf(run, version, prefix, credential);
  const end = (
    result: CaseResult,
    more: Partial<Publishing> = {},
    tarball: Case['target']['tarball'] = null,
  ) => ({
    ...bare,
    target: { ...bare.target, metadata, tarball },
    result,
    publishing: { ...publishing, ...more },
  });
  if (prefix !== null && prefix.kind !== 'project') return end({ kind: 'publish-refused' });
  if (client.stop) return end({ kind: 'client-stops', stop: client.stop });
  if (credential.kind !== 'token') return end({ kind: 'publish-refused' });
  if (ask === null) return end({ kind: 'skipped', why: 'is not checked offline' });
  const put = async (key: string, question: Question): Promise<Outcome> => {
    const outcome = await ask(question);
    observations.set(key, { question, outcome });
    return outcome;
  };
  if (prefix === null) {
    const there = listed(
      await put(
        'metadata',
        metadataQuestion('metadata', metadataUrl, authorizationOf(credential, metadataUrl)),
      ),
      version,
    );
    if (there === 'failed') return end({ kind: 'metadata-failed' });
    if (there === 'listed') return end(refusedOr(publishing), { there: url });
    if (mayOnlyRead(run, url, credential)) return end({ kind: 'publish-refused' }, { readOnly: true });
    return end({
      kind: 'skipped',
      why: `goes to ${new URL(url).host}, where only versions can be looked at`,
    });
  }
  const tarball = { url: `${url}${target.name}/-/${target.name}-${version}.tgz`, credential };
  const read = readable(
    await put(
      'tarball',
      tarballStartQuestion('tarball', tarball.url, authorizationOf(credential, tarball.url)),
    ),
  );
  if (read === 'failed') return end({ kind: 'tarball-failed' }, {}, tarball);
  const rights = await askPublishRights({
    run,
    publishing: { ...publishing, there: read === 'there' ? prefix.project : null },
    case: end({ kind: 'ok' }, {}, tarball),
    prefix,
    credential,
    put,
  });
  return end(resultOf(target.name, rights), rights, tarball);
}

/** Whether the token is the one of the workflow that runs, whose file lets it read the packages of its GitHub and no more. */
function mayOnlyRead(
  { environment: { workflow, github } }: RunFacts,
  url: string,
  sent: Credential,
): boolean {
  const { permission, feeds } = workflow?.reading ?? {};
  if (permission?.kind !== 'granted' || !permission.readOnly || sent.kind !== 'token') return false;
  const fed = sent.variable === null ? [] : (feeds?.get(sent.variable) ?? []);
  const isWorkflows = fed.length > 0 && fed.every(({ kind }) => kind === 'workflow-token');
  return isWorkflows && registryHolding(github?.registries ?? [], url) !== null;
}

function dependencyOf({ name, version, source }: PublishTarget): Dependency {
  return {
    name,
    alias: null,
    kind: 'prod',
    requested: version ?? '*',
    from: 'registry',
    locked: null,
    source,
    dependents: ['.'],
  };
}

function publishingOf(
  { environment, project }: RunFacts,
  version: string,
  prefix: Prefix | null,
  credential: Credential,
): Publishing {
  const { credential: job, jobUser } = environment;
  const place = prefix?.kind === 'project' ? prefix.project : null;
  const kind = holderOf(credential, job);
  return {
    version,
    project: place,
    own:
      place !== null &&
      environment.apiUrl !== null &&
      prefix !== null &&
      sameOrigin(environment.apiUrl, prefix.apiUrl) &&
      isOwnProject(environment, place),
    several: project.publish.length > 1,
    there: null,
    account: { kind, login: kind === 'job' ? jobUser : null, role: null },
    rules: null,
  };
}

/** Whose token publishes. A deploy token in any variable is told by its beginning, and has no user of whom anything could be asked. */
function holderOf(credential: Credential, job: JobCredential): Publishing['account']['kind'] {
  if (credential.kind !== 'token') return 'person';
  const isJobs = job.secret !== null && sameSecret(job.secret, credential.secret);
  const kind = isJobs ? job.kind : kindOfToken(credential.secret, 'unknown');
  if (kind === 'deploy') return 'deploy';
  return isJobs && kind === 'job-token' ? 'job' : 'person';
}

/** The tarball of the version to be: there, or absent in a registry that can be read (GitLab model, section 3, steps 4 and 5). */
function readable(outcome: Outcome): 'there' | 'absent' | 'failed' {
  if (outcome.kind !== 'answered') return 'failed';
  if (outcome.status === 200 && outcome.body.kind === 'digest' && outcome.body.gzip) return 'there';
  const text = refusalText(outcome);
  const words = text === null ? null : classifyMessage(text);
  return outcome.status === 404 && (words === 'package-not-found' || words === 'not-found')
    ? 'absent'
    : 'failed';
}

/** Whether another registry's metadata lists the version. A 404 is the answer for a package that was never published. */
function listed(outcome: Outcome, version: string): 'listed' | 'absent' | 'failed' {
  if (outcome.kind !== 'answered') return 'failed';
  if (outcome.status === 404) return 'absent';
  const reading = outcome.status === 200 ? readPackument(outcome) : null;
  if (reading?.kind !== 'packument') return 'failed';
  return Object.hasOwn(reading.packument.versions, version) ? 'listed' : 'absent';
}

function resultOf(name: string, rights: Publishing): CaseResult {
  const faults = publishFaults(name, rights);
  const { 'already-published': published, ...others } = faults;
  if (Object.values(others).includes('certain')) return { kind: 'publish-refused' };
  if (published) return refusedOr(rights);
  return Object.keys(others).length > 0 ? { kind: 'publish-doubtful' } : { kind: 'ok' };
}

/** Whoever publishes several packages with one command leaves out those whose version is there. */
function refusedOr({ several }: Publishing): CaseResult {
  return { kind: several ? 'publish-doubtful' : 'publish-refused' };
}
