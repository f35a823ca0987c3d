import type { Dependency } from '../domain/dependency.ts';
import { jobAuthorization } from '../domain/job-authorization.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { describePrefix, type Prefix, prefixUrl } from '../domain/prefix.ts';
import { isSuccess, type Outcome, type Question, statusOf } from '../domain/probe.ts';
import { isLimited } from '../domain/rate-limit.ts';
import { formatSource } from '../domain/source.ts';
import { metadataQuestion } from '../probes/package-questions.ts';
import { ownPrefix, prefixCandidates } from './prefix-candidates.ts';
import type { PrefixDecision, PrefixFacts } from './prefix-facts.ts';
import { allOf, type ScopeNeed } from './scope-needs.ts';

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

/** The first prefix at which every package of a scope is found, else the one that knows the most of them (see `choosePrefix`). */
export async function prefixByAnswers(need: ScopeNeed, facts: PrefixFacts): Promise<PrefixDecision> {
  const prefixes = prefixCandidates(need, facts);
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
      return { prefix, why: `finds ${allOf(need.packages.length)} of the scope${reason}` };
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
