import { bodyJson } from './body-json.ts';
import { packageRoute } from './package-route.ts';
import { type Observation, type Outcome, type Question, serverMessage } from './probe.ts';
import { isRecord, recordOf } from './record.ts';

/**
 * Whether the registry sends the client on to the public npm registry: to another origin, which is asked for the bare name of the
 * package (GitLab model, section 4). A redirect to anything else, such as a sign-in page, says nothing of the package.
 */
export function isForwarded(observation: Observation | null): boolean {
  const away = observation && leftFor(observation.outcome);
  if (!away) return false;
  const name = packageIn(observation.question.url);
  return name !== null && decodedPath(away) === `/${name}`;
}

/** The host that answered in the server's place, to where a redirect led or would lead; `null` when the server answered, or nobody. */
export function answeredBy({ question, outcome }: Observation): string | null {
  if (outcome.kind !== 'answered' || isForwarded({ question, outcome })) return null;
  const to = leftFor(outcome) ?? outcome.url;
  if (!URL.canParse(to) || !URL.canParse(question.url)) return null;
  const { host, origin, protocol } = new URL(to);
  const asked = new URL(question.url);
  if (origin === asked.origin || (host === asked.host && protocol === 'https:')) return null;
  return host;
}

/**
 * The outcome of a question as far as it is the server's own word. An answer of another host (but a tarball, which a server may keep elsewhere) or a refusal of another path, a redirect away, a success whose body is
 * not what was asked for (a page, a cut text), and a refusal of GitLab's API that is not in its JSON (a proxy's, a guard's) become
 * `unreachable`: they prove nothing of tokens and rights.
 */
export function ownAnswer(question: Question, outcome: Outcome): Outcome {
  if (outcome.kind !== 'answered') return outcome;
  const other = answeredBy({ question, outcome });
  const isText = outcome.body.kind === 'text';
  const strayed = other !== null && (isText || leftFor(outcome) !== null || outcome.status >= 400);
  if (strayed) return noAnswer(outcome, 'redirects', 'ANSWERED_ELSEWHERE', `${other} answered instead`);
  const refused = [401, 403, 404].includes(outcome.status);
  if (refused && hasMoved(question, outcome))
    return noAnswer(outcome, 'redirects', 'ANSWERED_ELSEWHERE', 'another address was refused');
  const fits =
    outcome.status === 200
      ? isWhatWasAsked(question, outcome)
      : !refused || isRefusalOfTheApi(question, outcome);
  return fits ? outcome : noAnswer(outcome, 'body', 'NOT_AN_ANSWER', 'the body is not what was asked for');
}

function noAnswer(
  { attempts }: Extract<Outcome, { kind: 'answered' }>,
  stage: 'redirects' | 'body',
  code: string,
  message: string,
): Outcome {
  return { kind: 'unreachable', stage, code, message, attempts };
}

/** The origin to which a redirect that was not followed led with the path that was asked for, as those of a server do that has moved; `null` for any other answer. */
export function movedTo({ question, outcome }: Observation): string | null {
  const to = leftFor(outcome);
  if (to === null || !URL.canParse(to) || !URL.canParse(question.url)) return null;
  const asked = new URL(question.url);
  const { origin } = new URL(to);
  return origin !== asked.origin && decodedPath(to) === decodedPath(question.url) ? origin : null;
}

/** Where the last redirect led that was not followed. */
export function leftFor(outcome: Outcome): string | null {
  const last = outcome.kind === 'answered' ? outcome.hops.at(-1) : undefined;
  return last === undefined || last.followed ? null : last.to;
}

/**
 * A tarball is gzip, the refs of a repository start with a line of git's own, metadata has versions and dist-tags are an object; everything else is a JSON
 * object or list.
 */
function isWhatWasAsked({ url }: Question, { body }: Extract<Outcome, { kind: 'answered' }>): boolean {
  if (body.kind === 'digest') return body.gzip;
  if (/\/info\/refs(?:\?|$)/.test(url)) return /^[0-9a-f]{4}# service=/.test(body.text);
  // a cut text of millions of brackets is not worth reading
  if (!body.complete || !/^\s*[[{][\s\S]*[\]}]\s*$/.test(body.text)) return false;
  const parsed = bodyJson(body);
  const route = packageRoute(url);
  if (route === null) return typeof parsed === 'object' && parsed !== null;
  return isRecord(parsed) && (/(?:^|\/)-\//.test(route) || areVersions(parsed.versions));
}

/** A registry that gives out metadata says of some version where its tarball is. */
function areVersions(versions: unknown): boolean {
  if (!isRecord(versions)) return false;
  const all = Object.values(versions);
  return (
    all.length === 0 || all.some((one) => isRecord(one) && typeof recordOf(one.dist).tarball === 'string')
  );
}

/**
 * Whether redirects of the server itself led to another path, about which the answer then is. GitLab leads the old path of a project that was moved to its
 * number (GitLab docs: REST API, redirects; since 16.4 behind a flag, 16.7 for all).
 */
function hasMoved({ url }: Question, { hops, url: last }: Extract<Outcome, { kind: 'answered' }>): boolean {
  if (!hops.some(({ followed }) => followed)) return false;
  return decodedPath(url) !== decodedPath(last) && !isSameOfNumber(url, last);
}

/** Whether two URLs of GitLab's API differ in how they name a project alone, and the second names it by its number. */
function isSameOfNumber(url: string, last: string): boolean {
  const [, before, rest] = /^(.*\/api\/v4\/projects\/)[^/]+(\/.*)$/.exec(url) ?? [];
  const [, start, number, end] = /^(.*\/api\/v4\/projects\/)(\d+)(\/.*)$/.exec(last) ?? [];
  if (before === undefined || number === undefined || rest === undefined || end === undefined) return false;
  return before === start && decodedPath(`http://a${rest}`) === decodedPath(`http://a${end}`);
}

/** GitLab's API refuses in JSON only; other servers and the routes of git in any form. */
function isRefusalOfTheApi({ url }: Question, outcome: Extract<Outcome, { kind: 'answered' }>): boolean {
  return !url.includes('/api/v4/') || serverMessage(outcome) !== null;
}

/** The package that a metadata URL asks for: the last part of its path, or the last two where a scope stands alone. */
function packageIn(url: string): string | null {
  const path = decodedPath(url);
  return path === null ? null : (/\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? null);
}

function decodedPath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
}
