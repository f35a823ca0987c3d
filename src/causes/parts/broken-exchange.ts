import type { Clues } from '../../domain/cause.ts';
import { namedElsewhere } from './named-elsewhere.ts';
import { throughProxy, unreachable } from './unreachable-cause.ts';

/** How an exchange broke, as the title says it, and what there is to do. `of`: who can. */
export interface BrokenExchange {
  title: string;
  of: 'network' | 'server';
  summary: string;
  steps: readonly string[];
}

/** How the failing request of a case ended without an answer. Only for the stages of `NP402`. */
export function brokenExchange(clues: Clues): BrokenExchange {
  const { host, outcome } = unreachable(clues);
  switch (outcome.stage) {
    case 'redirects':
      return redirect(clues);
    case 'handshake':
      return handshake(clues);
    case 'connect':
      return namedUnreached(clues) ?? unreached(`${host} can not be reached`, clues);
    case 'body':
      return body(clues);
    case 'protocol':
      return protocol(clues);
    default:
      return unreached(by(clues, 'breaks the connection'), clues, certificateWanted(clues));
  }
}

/** The registry answers, and names a tarball where nobody does. */
function namedUnreached(clues: Clues): BrokenExchange | null {
  const named = namedElsewhere(clues);
  if (!named) return null;
  const { home, origin } = named;
  return {
    title: `${origin}, where ${home} says its tarballs are, can not be reached`,
    of: 'server',
    summary: `let ${home} name its tarballs at the address that clients use`,
    steps: [`or make ${origin} reachable from the runner, where it is to be asked there`],
  };
}

/** With TLS 1.3 a server that misses the client's certificate says so behind the handshake, and closes. */
function certificateWanted(clues: Clues): readonly string[] {
  const { outcome, scheme } = unreachable(clues);
  return scheme === 'https:' && outcome.message === 'socket hang up'
    ? ['a server that asks for a certificate of the client ends like this without one']
    : [];
}

function unreached(title: string, clues: Clues, more: readonly string[] = []): BrokenExchange {
  const { host } = unreachable(clues);
  return {
    title,
    of: 'network',
    summary: `make ${host} reachable from the runner`,
    steps: [
      ...portOf(clues),
      'check firewalls between runner and server, and HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the job',
      ...more,
    ],
  };
}

function portOf(clues: Clues): readonly string[] {
  if (clues.github) return [];
  const isJobOfGitLab = clues.run.environment.provider === 'gitlab';
  return [
    `check protocol and port of the registry URL${isJobOfGitLab ? ': GitLab derives them in CI_API_V4_URL' : ''}`,
  ];
}

/** Who does it: the server, or the proxy that has the whole exchange with the client where the URL is http. */
function by(clues: Clues, what: string): string {
  const { host, outcome, scheme } = unreachable(clues);
  return outcome.proxy !== undefined && scheme === 'http:'
    ? `the proxy ${outcome.proxy} on the way to ${host} ${what}`
    : `${host} ${what}${throughProxy(outcome)}`;
}

function protocol(clues: Clues): BrokenExchange {
  const { host, outcome } = unreachable(clues);
  const interim = /^UNASKED_(?:CONTINUE|UPGRADE)$/.test(outcome.code);
  return {
    title: by(
      clues,
      interim
        ? 'answers with an interim status that nobody asked for'
        : 'answers in a way that HTTP clients can not read',
    ),
    of: 'server',
    summary: `find out what answers at ${host}`,
    steps: [
      ...portOf(clues),
      interim
        ? 'the gateway in front of the server sends it: no package manager reads on behind a 101, and some do not behind a 100'
        : 'look at the answer: curl -v shows whether it is HTTP at all, and how large its headers are',
    ],
  };
}

function redirect(clues: Clues): BrokenExchange {
  const { host, outcome } = unreachable(clues);
  const title = {
    REDIRECT_LOOP: `${host} redirects in circles`,
    TOO_MANY_REDIRECTS: `${host} redirects on and on`,
  }[outcome.code];
  return {
    title: title ?? `${host} redirects to what is no address of a registry`,
    of: 'server',
    summary: `find out why ${host} does not answer by itself`,
    steps: [
      ...portOf(clues),
      'a gateway, a sign-in page or a changed address of the server may be what redirects: its settings tell the way',
    ],
  };
}

function handshake(clues: Clues): BrokenExchange {
  const { host, outcome } = unreachable(clues);
  const said = `${outcome.code} ${outcome.message}`;
  const way = throughProxy(outcome);
  if (/WRONG_VERSION_NUMBER|wrong version number|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/.test(said)) {
    return {
      title: `${host} does not speak TLS at that port${way}`,
      of: 'network',
      summary: `correct protocol or port of the registry URL`,
      steps: [
        ...portOf(clues),
        'an https URL needs a port that speaks TLS; where the server speaks plain HTTP only, its URL begins with http://',
        'a proxy or a sign-in page of the network may answer in its place',
      ],
    };
  }
  const versions =
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|protocol version|unsupported protocol/.test(said);
  return {
    title: versions
      ? `${host} speaks no version of TLS that is safe enough here${way}`
      : `${host} does not come to terms about TLS${way}: ${outcome.message}`,
    of: 'server',
    summary: versions ? `have ${host} speak TLS 1.2 or later` : `find out what ${host} asks of TLS clients`,
    steps: versions
      ? ['Node refuses TLS 1.0 and 1.1: the server, or the gateway in front of it, has to offer a later one']
      : [
          'it may ask for a certificate of the client, or share no cipher or protocol with this version of Node: its log tells',
          'the certificate of the server was not looked at yet: no authority helps',
        ],
  };
}

function body(clues: Clues): BrokenExchange {
  const { host, outcome } = unreachable(clues);
  const packed = {
    title:
      outcome.code === 'UNKNOWN_ENCODING'
        ? `${host} packs its answer in a way that nobody asked for`
        : outcome.code === 'BODY_TOO_LARGE'
          ? `${host} sends an answer larger than any metadata`
          : `${host} sends an answer that can not be unpacked`,
    of: 'server',
    summary: `find out what packs the answers of ${host}`,
    steps: [
      'a gateway, proxy or cache in between may pack them: it has to honour Accept-Encoding, and to hand on what is whole',
    ],
  } as const;
  if (/^(UNKNOWN_ENCODING|BODY_TOO_LARGE|Z_|ERR__ERROR_|ERR_BROTLI)/.test(outcome.code)) return packed;
  if (outcome.code.startsWith('HPE_')) return protocol(clues);
  return unreached(`${host} breaks the connection before its answer is whole${throughProxy(outcome)}`, clues);
}
