import { type Cause, type Clues, ruledOut, type Statement, type Verdict } from '../domain/cause.ts';
import { isKeptAtHome } from '../domain/credential.ts';
import { statusOf } from '../domain/probe.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { addLine } from './parts/add-line.ts';
import { bearerInstead, isOfGitLab } from './parts/bearer-line.ts';
import { credentialLine } from './parts/config-lines.ts';
import { failingRequest, isRefusal, tokenOpensIt } from './parts/failing-request.ts';
import { githubOf, repositoryName, sentToken } from './parts/github-place.ts';
import { unsupportedRemedy } from './parts/github-token-remedies.ts';
import { tokenName } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';
import { passwordSteps, wantsPassword } from './parts/wants-password.ts';

/**
 * Basic credentials (`_auth`, `username` with `_password`) where the server's npm routes take a bearer token (measured: clients.md section 3);
 * on GitHub a fine-grained token or that of an App (GitHub notes, section A2 rows 4 and 12).
 */
export const tokenKindUnsupported: Cause = {
  code: 'NP203',
  slug: 'token-kind-unsupported',
  title: 'this kind of credential is not accepted there',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token', 'without-credential'],
  hides: ['token-rejected'],
  example: 'basic-credential',
  weigh(clues) {
    if (clues.github) return githubVerdict(clues);
    const request = failingRequest(clues);
    if (wantsPassword(clues))
      return {
        kind: 'possible',
        because: [request?.kind ?? 'metadata'],
        decidedBy: 'the same request with user and password',
        unlikely: true,
      };
    if (
      request?.credential.kind !== 'token' ||
      request.credential.scheme !== 'Basic' ||
      isKeptAtHome(request.credential, request.url) ||
      !isRefusal(request.observation)
    )
      return ruledOut;
    const { observation, withToken } = request;
    // whatever else is missing: a 401 is about who asks, and nobody was understood to ask
    const isAboutIt = statusOf(observation.outcome) === 401 || tokenOpensIt(request);
    if (clues.case.target.prefix !== null && isAboutIt)
      return {
        kind: 'confirmed',
        because: [request.kind, ...(withToken ? [`${request.kind}-with-token`] : [])],
      };
    const decidedBy = 'the same request with a bearer token';
    return { kind: 'possible', because: [request.kind], decidedBy, ...(withToken && { unlikely: true }) };
  },
  state(clues) {
    if (clues.github) return githubStatement(clues);
    if (wantsPassword(clues)) return passwordStatement(clues);
    const request = failingRequest(clues);
    const credential = request?.credential.kind === 'token' ? request.credential : null;
    const registry = clues.case.target.registry.url ?? request?.url ?? 'https://server.example/';
    const url = request?.url ?? registry;
    const { host } = new URL(url);
    const isGitLabs = isOfGitLab({ registry, url });
    return {
      title: `${credential?.key ?? 'the credential'} sends a user and a password ${isGitLabs ? 'where a bearer token is needed' : `that ${host} refuses`}`,
      seen: seenLine(clues, 'configuration'),
      location: credential?.source ?? null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: isGitLabs
          ? 'replace user and password by the token'
          : `write a user and password that ${host} takes, or a token in place of them`,
        ...(credential
          ? bearerInstead(clues, { key: credential.key, source: credential.source, registry, url })
          : { steps: [], edit: addLine(clues.run, credentialLine(clues, registry)) }),
      },
    };
  },
};

function passwordStatement(clues: Clues): Statement {
  const { url, credential } = failingRequest(clues) ?? {};
  const host = new URL(url ?? 'https://server.example/').host;
  const key = credential?.kind === 'token' ? credential.key : 'the credential';
  return {
    title: `${host} asks for a user and a password, and ${key} sends a bearer token`,
    seen: seenLine(clues),
    location: credential?.kind === 'token' ? credential.source : null,
    remedy: {
      who: `whoever runs ${host}, or maintains this repository`,
      summary: `let ${host} take bearer tokens, or send it user and password`,
      steps: passwordSteps(clues),
    },
  };
}

/** The words of a missing permission are also those for an App's token, which is rare; a step that makes one, a secret that holds one, or a file that grants the permission says otherwise. */
function githubVerdict(clues: Clues): Verdict {
  const { name } = sentToken(clues);
  const verdict = accessVerdict(
    'token-kind-unsupported',
    clues,
    `where the value of ${name} comes from: a workflow's own token, or one that an App's step made?`,
  );
  const reading = clues.run.environment.workflow?.reading;
  const isMade =
    reading?.feeds.get(name)?.some(({ kind }) => kind === 'output' || kind === 'secret') ?? false;
  const isGranted = reading != null && !['missing', 'several'].includes(reading.permission.kind);
  return verdict.kind === 'possible' && !isMade && !isGranted ? { ...verdict, unlikely: true } : verdict;
}

function githubStatement(clues: Clues): Statement {
  const { form, registry } = githubOf(clues);
  const { name, source } = sentToken(clues);
  const what =
    form === 'fine-grained'
      ? `a fine-grained token, which ${new URL(registry.url).host} does not take`
      : registry.platform === 'server'
        ? `the token of a workflow of ${repositoryName(clues)}, which reads the packages of no other repository here`
        : `the token of a GitHub App, which ${new URL(registry.url).host} does not take`;
  return {
    title: `${tokenName(name)} holds ${what}`,
    seen: seenLine(clues),
    location: source,
    remedy: unsupportedRemedy(clues),
  };
}
