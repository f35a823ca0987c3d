import type { ClientModel, RegistryChoice } from '../domain/client.ts';
import { type Dependency, scopeOf } from '../domain/dependency.ts';
import type { Environment } from '../domain/environment.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { describePrefix, type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import { isSuccess, type Outcome, type Question, statusOf } from '../domain/probe.ts';
import { isLimited } from '../domain/rate-limit.ts';
import { formatSource } from '../domain/source.ts';
import { metadataQuestion } from '../probes/package-questions.ts';

/** One scope (`null`: unscoped) with its packages and the registry that the client's own configuration gives it. */
export interface ScopeNeed {
  scope: string | null;
  packages: readonly Dependency[];
  mapped: RegistryChoice;
}

export interface PrefixWishes {
  prefix: 'auto' | 'instance' | 'group' | 'project';
  groupId: string | null;
  projectId: string | null;
}

export interface PrefixDecision {
  prefix: Prefix;
  /** The one line of the output. */
  why: string;
}

/** What a decision is made from. `ask` is `null` offline. */
export interface PrefixFacts {
  environment: Environment & { apiUrl: string };
  client: ClientModel;
  wishes: PrefixWishes;
  ask: ((question: Question) => Promise<Outcome>) | null;
}

/**
 * The prefix that serves every private package of a scope. A wish decides; else, where the lockfile names every tarball, what it
 * shows; else the answers: of the user's own mapping, the instance, the groups and the projects, the first at which every package
 * is found (GitLab model, section 3: the instance prefix serves only the root namespace). Where none finds a package the user's own mapping stays, unless it denies
 * to have any: a project hides behind 404 what the instance refuses with 403.
 */
export async function choosePrefix(need: ScopeNeed, facts: PrefixFacts): Promise<PrefixDecision> {
  const wished = wishedPrefix(facts);
  if (wished) return wished;
  const unasked = need.packages.filter((dependency) => !facts.client.asks(dependency).metadata);
  const fromLock = unasked.length === need.packages.length ? prefixByLockfile(need, facts) : null;
  if (fromLock) return fromLock;
  // no prefix has to serve what is given by URL
  const byName = need.packages.filter(({ from }) => from !== 'url');
  return prefixByAnswers(byName.length === 0 ? need : { ...need, packages: byName }, facts);
}

function wishedPrefix({ environment: { apiUrl, consumer }, wishes }: PrefixFacts): PrefixDecision | null {
  switch (wishes.prefix) {
    case 'auto':
      return null;
    case 'instance':
      return { prefix: { kind: 'instance', apiUrl }, why: 'asked for by the input prefix' };
    case 'group': {
      const group = wishes.groupId ?? consumer?.path.split('/').slice(0, -1).join('/');
      return group
        ? { prefix: { kind: 'group', apiUrl, group }, why: 'asked for by the input prefix' }
        : null;
    }
    case 'project': {
      const project = wishes.projectId ?? (consumer && String(consumer.id ?? consumer.path));
      return project
        ? { prefix: { kind: 'project', apiUrl, project }, why: 'asked for by the input prefix' }
        : null;
    }
  }
}

function prefixByLockfile(
  { scope, packages, mapped }: ScopeNeed,
  { environment }: PrefixFacts,
): PrefixDecision | null {
  const { apiUrl, consumer } = environment;
  const own = ownPrefix(mapped, apiUrl);
  const given = packages.some(({ locked }) => locked === null)
    ? 'every tarball is given by URL or lockfile'
    : 'the lockfile names every tarball';
  if (own) {
    return {
      prefix: own,
      why: `${formatSource(mapped.source)} maps it there, and ${given}`,
    };
  }
  if (scope !== null && scope.slice(1).toLowerCase() === consumer?.rootNamespace.toLowerCase()) {
    return {
      prefix: { kind: 'instance', apiUrl },
      why: `${scope} is the root namespace, and ${given}`,
    };
  }
  const holders = holdingProjects(packages);
  const [only] = holders;
  return holders.length === 1 && only
    ? {
        prefix: { kind: 'project', apiUrl, project: only },
        why: `the lockfile takes ${counted(packages.length)} from project ${only}`,
      }
    : null;
}

/**
 * A candidate with how many packages it serves: found, or refused by a place that knows them. `missing` are those it does not find; of `denied` it says
 * that it has none, as it sends the client on.
 */
interface Candidate {
  prefix: Prefix;
  found: number;
  known: number;
  denied: number;
  answered: number;
  missing: readonly Dependency[];
}

/** So few that asking for them everywhere at once costs less than a round trip for each place. */
const fewMissing = 8;

async function prefixByAnswers(need: ScopeNeed, facts: PrefixFacts): Promise<PrefixDecision> {
  const prefixes = candidates(need, facts);
  const own = ownPrefix(need.mapped, facts.environment.apiUrl);
  const [first] = prefixes;
  if (!facts.ask || facts.environment.credential.secret === null || !first) {
    const prefix: Prefix = own ?? first ?? { kind: 'instance', apiUrl: facts.environment.apiUrl };
    return { prefix, why: own ? `${formatSource(need.mapped.source)} maps it there` : 'no server was asked' };
  }
  const tried: Candidate[] = [];
  let hopeless: ReadonlyMap<Prefix, Candidate> = new Map();
  for (const prefix of prefixes) {
    const candidate = hopeless.get(prefix) ?? (await served(prefix, need.packages, facts, facts.ask));
    tried.push(candidate);
    if (candidate.answered === 0) break;
    if (candidate.found === need.packages.length) {
      const reason =
        tried.length > 1
          ? `; not all at the ${tried
              .slice(0, -1)
              .map((one) => describePrefix(one.prefix))
              .join(', ')} prefix`
          : '';
      return { prefix, why: `finds ${counted(need.packages.length)} of the scope${reason}` };
    }
    if (tried.length === 1 && candidate.known === need.packages.length && own) {
      const why = `${formatSource(need.mapped.source)} maps it there, and it refuses the job's token`;
      if (candidate.found === 0) return { prefix, why };
      break;
    }
    if (tried.length === 1) hopeless = await noBetter(candidate, prefixes.slice(1), facts, facts.ask);
  }
  const [asMapped] = tried;
  const mayHold = asMapped !== undefined && asMapped.answered > 0 && asMapped.denied < need.packages.length;
  if (own && mayHold && tried.every(({ found }) => found === 0))
    return {
      prefix: own,
      why: `${formatSource(need.mapped.source)} maps it there, and no prefix gives a package of the scope`,
    };
  const best = tried.reduce((a, b) =>
    b.known > a.known || (b.known === a.known && b.found > a.found) ? b : a,
  );
  return {
    prefix: best.prefix,
    why: whyBest(best, tried, need.packages.length),
  };
}

/**
 * The prefixes that can't be better than the first, by what they say of the few packages that the first does not find: none of them is
 * found there, and no more of them are known. Nothing else needs to be asked there.
 */
async function noBetter(
  first: Candidate,
  others: readonly Prefix[],
  facts: PrefixFacts,
  ask: (question: Question) => Promise<Outcome>,
): Promise<ReadonlyMap<Prefix, Candidate>> {
  if (first.missing.length > fewMissing) return new Map();
  const probed = await Promise.all(others.map((prefix) => served(prefix, first.missing, facts, ask)));
  const knownOfMissing = first.known - first.found;
  return new Map(
    probed
      .filter(({ found, known }) => found === 0 && known <= knownOfMissing)
      .map((one) => [one.prefix, { ...one, answered: Math.max(one.answered, 1) }] as const),
  );
}

/** Why a prefix is taken that does not find everything. A refusal tells that the place may know the packages, and only where others have nothing that it alone does. */
function whyBest({ found, known, answered }: Candidate, tried: readonly Candidate[], of: number): string {
  if (found > 0) return `finds ${found} of ${of} packages, and no other prefix finds more`;
  if (known > 0) {
    const refusing = tried.filter((one) => one.known > 0).length;
    if (refusing > 1) return `the first of ${refusing} prefixes that refuse the job's token`;
    return "the only one that knows the scope, though it refuses the job's token";
  }
  return answered > 0 ? 'no prefix finds a package of the scope' : 'the server gave no answer to go by';
}

async function served(
  prefix: Prefix,
  packages: readonly Dependency[],
  { environment, client }: PrefixFacts,
  ask: (question: Question) => Promise<Outcome>,
): Promise<Candidate> {
  const names = [...new Set(packages.map(({ name }) => name))];
  const answers = await Promise.all(
    names.map(async (name) => {
      const url = client.metadataUrl(prefixUrl(prefix), name);
      const authorization = jobAuthorization(environment, url, 'bearer');
      if (!authorization) return null;
      const question = metadataQuestion('metadata', url, authorization);
      return { question, outcome: await ask(question) };
    }),
  );
  const answerOf = new Map(names.map((name, index) => [name, answers[index] ?? null]));
  const statusOfName = (name: string) => {
    const outcome = answerOf.get(name)?.outcome;
    return outcome?.kind === 'answered' && isLimited(outcome) ? 429 : statusOf(outcome);
  };
  const weight = (wanted: (status: number | null) => boolean) =>
    packages.filter(({ name }) => wanted(statusOfName(name))).length;
  return {
    prefix,
    found: weight(isSuccess),
    known: weight((status) => isSuccess(status) || status === 401 || status === 403),
    denied: packages.filter(({ name }) => isForwarded(answerOf.get(name) ?? null)).length,
    answered: weight((status) => status !== null && status !== 429 && status < 500),
    missing: packages.filter(({ name }) => !isSuccess(statusOfName(name))),
  };
}

function candidates(
  { scope, packages, mapped }: ScopeNeed,
  { environment, wishes }: PrefixFacts,
): readonly Prefix[] {
  const { apiUrl, consumer } = environment;
  const own = ownPrefix(mapped, apiUrl);
  const groups = [wishes.groupId, scope?.slice(1), consumer?.rootNamespace].filter((group) => group != null);
  const projects = [
    wishes.projectId,
    ...holdingProjects(packages),
    consumer && String(consumer.id ?? consumer.path),
  ].filter((project) => project != null);
  const all: Prefix[] = [
    ...(own ? [own] : []),
    ...(scope === null ? [] : [{ kind: 'instance', apiUrl } as const]),
    ...groups.map((group): Prefix => ({ kind: 'group', apiUrl, group })),
    ...projects.map((project): Prefix => ({ kind: 'project', apiUrl, project })),
  ];
  const seen = new Set<string>();
  return all.filter((prefix) => {
    const url = prefixUrl(prefix).toLowerCase();
    return seen.has(url) ? false : seen.add(url);
  });
}

/** The prefix of the user's own mapping, when it lies on the server of this job. */
function ownPrefix(mapped: RegistryChoice, apiUrl: string): Prefix | null {
  const prefix = mapped.url === null ? null : prefixOf(mapped.url);
  return prefix?.apiUrl.toLowerCase() === apiUrl.toLowerCase() ? prefix : null;
}

function holdingProjects(packages: readonly Dependency[]): readonly string[] {
  const projects = packages.flatMap(({ locked }) => {
    const prefix = locked?.tarball ? prefixOf(locked.tarball) : null;
    return prefix?.kind === 'project' ? [prefix.project] : [];
  });
  return [...new Set(projects)];
}

function counted(packages: number): string {
  return packages === 1 ? 'the one package' : `all ${packages} packages`;
}

/** The dependencies by scope. */
export function scopeNeeds(dependencies: readonly Dependency[], client: ClientModel): readonly ScopeNeed[] {
  const byScope = new Map<string | null, Dependency[]>();
  for (const dependency of dependencies) {
    const scope = scopeOf(dependency.name);
    const packages = byScope.get(scope);
    if (packages) packages.push(dependency);
    else byScope.set(scope, [dependency]);
  }
  return [...byScope].map(([scope, packages]) => ({
    scope,
    packages,
    mapped: client.registryFor(packages[0]?.name ?? ''),
  }));
}
