import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { answeredBy, isForwarded, movedTo } from '../domain/own-answer.ts';
import { isSuccess, serverMessage, statusOf } from '../domain/probe.ts';
import type { Remedy } from '../domain/remedy.ts';
import { mapRegistry } from './parts/add-line.ts';
import { addressesOfOthers } from './parts/addresses-of-others.ts';
import { isStranger } from './parts/config-lines.ts';
import { type FailingRequest, failingRequest, isRefusal } from './parts/failing-request.ts';
import {
  githubAddress,
  guardStatement,
  isNotGitHubs,
  isOnGitHub,
  isStorage,
  isWebOfGitHub,
  storageDecidedBy,
  storageStatement,
  webStatement,
} from './parts/not-github.ts';
import { ownAddress } from './parts/other-address.ts';
import { pageOfGitLab, pageStatement } from './parts/page-of-gitlab.ts';
import { seenLine } from './parts/seen.ts';
import { mayBeSignIn } from './parts/sign-in-page.ts';

/**
 * A success whose body is no metadata and no tarball: a sign-in page, a proxy, another service (GitLab model, section 4); or a redirect to a
 * host that refuses, or that no credential may go to.
 */
export const notARegistry: Cause = {
  code: 'NP407',
  slug: 'not-a-registry',
  title: 'something other than a registry answers',
  severity: 'error',
  needs: [],
  hides: ['auth-key-missing', 'auth-key-mismatch'],
  example: 'sign-in-page',
  weigh(clues) {
    const request = failingRequest(clues);
    if (!request) return ruledOut;
    if (isRefusal(request.observation) && isWebOfGitHub(clues, request))
      return { kind: 'confirmed', because: ['configuration', 'metadata'] };
    if (pageOfGitLab(clues, request)) return { kind: 'confirmed', because: ['configuration', 'metadata'] };
    if (isRefusal(request.observation) && ownAddress(clues))
      return { kind: 'confirmed', because: ['metadata', 'other-prefixes'] };
    if (isStorage(request) && isRefusal(request.observation) && whatAnswered(clues) !== htmlPage)
      return { kind: 'possible', because: ['tarball'], decidedBy: storageDecidedBy };
    if (isNotGitHubs(clues, request))
      return {
        kind: 'possible',
        because: [request.kind],
        decidedBy: 'the same request from another network, or the log of the proxy',
        ...(whatAnswered(clues) !== htmlPage && { unlikely: true }),
      };
    if (takesCredentialAlong(clues, request))
      return {
        kind: 'possible',
        because: [request.kind],
        decidedBy: `an install: ${clues.run.client.client.name} takes the credential along to another port, this check does not`,
      };
    if (mayBeSignIn(clues))
      return { kind: 'possible', because: [request.kind], decidedBy: liveToken, unlikely: true };
    if (isNoAnswer(clues, request)) return { kind: 'confirmed', because: [request.kind] };
    if (!clues.access?.doubtful) return ruledOut;
    const decidedBy = 'the log of the server, or of the gateway in front of it';
    return { kind: 'possible', because: [request.kind], decidedBy };
  },
  state(clues) {
    const request = failingRequest(clues);
    const page = request && pageOfGitLab(clues, request);
    if (page) return pageStatement(clues, page);
    const own = ownAddress(clues);
    if (own) return otherAddress(clues, own);
    if (request && isWebOfGitHub(clues, request)) return webStatement(clues);
    if (request && clues.access?.doubtful && !isNoAnswer(clues, request)) return otherWords(clues, request);
    const body = whatAnswered(clues) === htmlPage ? htmlPage : null;
    if (request && isStorage(request)) return storageStatement(clues, request, body);
    if (request && isNotGitHubs(clues, request)) return guardStatement(clues, request, body);
    const host = new URL(request?.url ?? 'https://server.example').host;
    const other = request && substitute(request);
    const moved = request && other ? movedRegistry(clues, request) : null;
    return {
      title: other
        ? `${host} sends the client to ${other} instead of answering with ${request.kind}`
        : `${host} answers ${statusOf(request?.observation.outcome) ?? 200} with ${whatAnswered(clues)} instead of ${request?.kind ?? 'metadata'}`,
      seen: other
        ? seenLine(clues)
        : request
          ? `${request.kind} ${statusOf(request.observation.outcome)}, ${whatAnswered(clues)} at ${request.url}`
          : null,
      location: clues.case.target.registry.source,
      remedy: moved ?? {
        who: 'whoever maintains this repository or the network',
        summary: 'name the API of the registry, or get the page in between out of the way',
        steps: [
          request && isOnGitHub(clues, request)
            ? githubAddress(clues)
            : isStranger(clues)
              ? addressesOfOthers
              : 'a GitLab registry URL has /api/v4/ in it: compare with CI_API_V4_URL of the job, relative root included',
          'where a sign-in page or a proxy answers for the server, it must let the API path through',
        ],
      },
    };
  },
};

/** What is to be done where the server has moved: clients take no token along to another host. */
function movedRegistry(clues: Clues, { kind, observation }: FailingRequest): Remedy | null {
  const origin = kind === 'metadata' ? movedTo(observation) : null;
  const { registry, dependency } = clues.case.target;
  if (origin === null || registry.url === null) return null;
  const { pathname, host } = new URL(registry.url);
  return {
    who: 'whoever maintains this repository',
    summary: `write ${origin} in the registry line, and in its key`,
    ...mapRegistry(clues.run, registry, scopeOf(dependency.name), `${origin}${pathname}`, [
      `the redirect keeps the path, so that ${host} has moved there: no client takes a token along to another host`,
      `the credential key has to name ${new URL(origin).host} too, and a lockfile that names ${host} is to be made again`,
    ]),
  };
}

/** Another host answers, or a page, or a success without what was asked for. */
function isNoAnswer(clues: Clues, request: FailingRequest): boolean {
  return hasOtherBody(request) || substitute(request) !== null || refusesWithPage(clues);
}

/** npm and Yarn 1 keep the credential where a redirect leads to another port of the same host (run for real: npm 10 to 12, Yarn 1.22); what it gets there is not known. */
function takesCredentialAlong(clues: Clues, { url, credential, observation }: FailingRequest): boolean {
  const host = substitute({ observation });
  return (
    host !== null &&
    credential.kind === 'token' &&
    ['npm', 'yarn'].includes(clues.run.client.client.name) &&
    new URL(`http://${host}`).hostname === new URL(url).hostname
  );
}

/** A success, without what was asked for. A package under a status that the client does not take is one. */
function hasOtherBody({ observation: { outcome } }: FailingRequest): boolean {
  if (outcome.kind !== 'answered' || !isSuccess(outcome.status)) return false;
  return outcome.status === 200 || outcome.body.kind !== 'digest' || !outcome.body.gzip;
}

/** The line of the registry names another address than that of the GitLab whose job runs, and the package is there. */
function otherAddress(clues: Clues, { registry, apiUrl }: { registry: string; apiUrl: string }): Statement {
  const { target } = clues.case;
  const scope = scopeOf(target.dependency.name);
  const { source, url } = target.registry;
  const asked = target.prefix?.apiUrl ?? url ?? '';
  return {
    title: `${asked} is not the API of this GitLab, which is ${apiUrl}`,
    seen: seenLine(clues, 'place'),
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `name the address of the API: ${apiUrl}`,
      ...mapRegistry(clues.run, target.registry, scope, registry, [
        'scheme, host, port and relative root are those of CI_API_V4_URL in the job; the credential key has to be written alike',
      ]),
    },
  };
}

/** A gateway in front of GitLab may refuse as JSON too, in words of its own; or GitLab does, in words that are not known yet. */
function otherWords(clues: Clues, { url, observation }: FailingRequest): Statement {
  const { host } = new URL(url);
  const said = serverMessage(observation.outcome) ?? '';
  // quoted whole or not at all: half of a token that a server repeats would not be known for one
  const quoted = said !== '' && said.length <= mostQuoted ? `"${said}"` : null;
  return {
    title: isPlain(said)
      ? `${host} refuses everything alike, with ${quoted}`
      : `${host} refuses with words that no package route of GitLab uses${quoted === null ? '' : `: ${quoted}`}`,
    seen: seenLine(clues),
    location: clues.case.target.registry.source,
    remedy: {
      who: `whoever runs ${host}, or the gateway in front of it`,
      summary: `find out who says ${quoted ?? 'so'}, and let /api/v4/ through to GitLab`,
      steps: [
        "an API gateway, a firewall or a proxy refuses in its own name: its log has the request, GitLab's has none",
        'a GitLab registry URL has /api/v4/ in it: compare with CI_API_V4_URL of the job, relative root included',
      ],
    },
  };
}

const mostQuoted = 120;

/** What GitLab says itself where it gives no reason. */
function isPlain(words: string): boolean {
  return /^(401 Unauthorized|403 Forbidden|404( \w+)? Not Found)$/i.test(words);
}

/** A refusal of a GitLab route with a page: GitLab's API refuses in JSON only. Without a token a guard in front may ask for one of its own. */
function refusesWithPage(clues: Clues): boolean {
  const request = failingRequest(clues);
  if (!request || clues.case.target.prefix === null || !isRefusal(request.observation)) return false;
  const { outcome } = request.observation;
  if (statusOf(outcome) === 401 && request.credential.kind === 'none') return false;
  return serverMessage(outcome) === null && whatAnswered(clues) === 'an HTML page';
}

/** The host that answers for the registry, where it refuses or is only named. Too many requests and server errors tell their own story. */
function substitute({ observation }: Pick<FailingRequest, 'observation'>): string | null {
  const status = statusOf(observation.outcome) ?? 0;
  if (status === 429 || status >= 500 || isForwarded(observation)) return null;
  return answeredBy(observation);
}

const liveToken = 'the same request with a token made just now';
const htmlPage = 'an HTML page';

function whatAnswered(clues: Clues): string {
  const outcome = failingRequest(clues)?.observation.outcome;
  if (outcome?.kind !== 'answered') return 'nothing';
  const type = outcome.headers['content-type']?.split(';')[0]?.trim() ?? '';
  const text = outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt;
  if (/^\s*<(!doctype|html)/i.test(text) || type === 'text/html') return htmlPage;
  if (outcome.body.kind === 'text' && !outcome.body.complete) return 'more than metadata can be';
  return type === '' ? 'another content' : `another content (${type})`;
}
