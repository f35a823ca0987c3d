import { isActionToken } from '../domain/action-token.ts';
import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { isKeptAtHome, sendsBearer } from '../domain/credential.ts';
import { prefixOf } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import { isLimited } from '../domain/rate-limit.ts';
import { formatSource, type Source } from '../domain/source.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { referenceTo } from './parts/add-line.ts';
import { isStranger, tokenSteps, tokenVariable } from './parts/config-lines.ts';
import { deniedStatement } from './parts/denied-account.ts';
import { emptyKey } from './parts/empty-key.ts';
import { failingRequest } from './parts/failing-request.ts';
import { rejectedRemedy } from './parts/github-token-remedies.ts';
import { linesOf, loginBeside } from './parts/login-beside.ts';
import { openToAnyone } from './parts/open-to-anyone.ts';
import { passToken, tokenName } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';
import { mayBeSignIn } from './parts/sign-in-page.ts';
import { isGivenByCi } from './parts/token-of-server.ts';
import { passwordSteps } from './parts/wants-password.ts';

/** The server refuses the token itself: its job is over, it is unknown, revoked, or of another server (GitLab model, section 3); or the account behind it. */
export const tokenRejected: Cause = {
  code: 'NP202',
  slug: 'token-rejected',
  title: 'the server refuses the token: finished job, revoked, or of another server',
  severity: 'error',
  needs: ['job', 'github-organisation', 'without-credential'],
  hides: [
    'not-on-allowlist',
    'role-missing',
    'registry-restricted',
    'fine-grained-permission-missing',
    'outbound-limit',
  ],
  example: 'finished-token',
  weigh(clues) {
    if (emptyKey(clues)) return ruledOut;
    const open = openToAnyone(clues);
    if (open)
      return {
        kind: 'confirmed',
        because: [open.kind, 'without-credential'],
        hides: ['token-kind-unsupported', 'package-not-found'],
      };
    if (clues.access || clues.github)
      return accessVerdict('token-rejected', clues, 'the same request with a token made just now');
    const request = failingRequest(clues);
    // the server refused nobody's token: none was sent to it
    if (request && isKeptAtHome(request.credential, request.url)) return ruledOut;
    if (request?.credential.kind !== 'token') return ruledOut;
    const because = [request.kind];
    if (mayNotRead(clues))
      return {
        kind: 'possible',
        because,
        decidedBy: 'the rights of its owner there, and whether it is still valid',
      };
    return statusOf(request.observation.outcome) === 401 || mayBeSignIn(clues)
      ? { kind: 'possible', because, decidedBy: 'the same request with a token made just now' }
      : ruledOut;
  },
  state(clues) {
    if (clues.access?.denied) return deniedStatement(clues, clues.access.denied);
    const asked = clues.case.target.tarball ?? clues.case.target.metadata;
    const used = asked?.credential.kind === 'token' ? asked.credential : null;
    const sent = used?.variable ?? clues.run.environment.credential.variable;
    // what the CI itself fills can hold no token of another server
    const variable = isGivenByCi(sent) && isStranger(clues) ? tokenVariable(clues) : sent;
    const { apiUrl } = clues.run.environment;
    const server = clues.github?.registry.url ?? failingRequest(clues)?.url ?? apiUrl;
    const host = server ? new URL(server).host : 'the registry';
    const literal = used !== null && used.variable === null;
    const strangers = used !== null && !literal && sent !== variable;
    const own = referenceTo(clues.run, used?.source ?? null, 'CI_JOB_TOKEN');
    const { name } = clues.case.target.dependency;
    const where = literal ? formatSource(used.source) : tokenName(sent);
    return {
      title: mayNotRead(clues)
        ? `${host} does not give ${name} to the token in ${where}: it has no right to it, or is no longer valid`
        : `${host} does not accept the token in ${where}`,
      seen: seenLine(clues),
      location: used?.source ?? null,
      remedy: clues.github
        ? rejectedRemedy(clues)
        : {
            who: 'whoever maintains this pipeline',
            summary:
              used && openToAnyone(clues)
                ? `take ${formatSource(used.source)} out, or put a live token there`
                : literal
                  ? 'replace the literal token by a reference to a live one'
                  : variable === 'CI_JOB_TOKEN'
                    ? 'use the token of the job that is running'
                    : strangers
                      ? `use a token of ${host}, under another name than ${sent}`
                      : mayNotRead(clues)
                        ? `give the owner of the token in ${where} the right to read ${name} at ${host}, or put another one into ${tokenName(variable)}`
                        : `put a live token into ${tokenName(variable)}`,
            steps: [
              ...(used ? openSteps(clues, used.source, host) : []),
              ...(literal
                ? literalSteps(clues, own)
                : strangers
                  ? [...homeSteps(clues, sent, host), ...tokenSteps(clues)]
                  : referenceSteps(clues, { variable, sent, host, own })),
              ...passwordSteps(clues),
              ...besideSteps(clues, host),
            ],
          },
    };
  },
};

/** Whether a server of others knows the token, as far as its 403 tells, and refuses the package. */
function mayNotRead(clues: Clues): boolean {
  const request = failingRequest(clues);
  const outcome = request?.observation.outcome;
  if (clues.access || clues.github || outcome?.kind !== 'answered' || outcome.status !== 403) return false;
  if (!request || !sendsBearer(request.credential)) return false;
  return prefixOf(request.url) === null && !isLimited(outcome) && !openToAnyone(clues);
}

/** What is said where the server gives the same to whoever sends nothing. */
function openSteps(clues: Clues, source: Source, host: string): readonly string[] {
  if (!openToAnyone(clues)) return [];
  const { name } = clues.case.target.dependency;
  const beside = loginBeside(clues);
  const lines = [formatSource(source), ...(beside ? [linesOf(beside)] : [])].join(' and ');
  return [
    `${host} gives ${name} to anybody who sends no credential, and refuses this one: without ${lines} it installs`,
    `where other packages of ${host} need a credential, the line has to stay, and to hold a live one`,
  ];
}

function literalSteps(clues: Clues, own: string): readonly string[] {
  return [
    'a token that was written into a file dies with its job, or when it is revoked: refer to a variable instead',
    ...(isStranger(clues) ? [] : [`inside GitLab CI: ${own}, the token of the job that is running`]),
  ];
}

/** `sent`: the variable of the credential in force; `variable`: the one that a token of this server belongs in; `own`: the reference to the job's token. */
function referenceSteps(
  clues: Clues,
  { variable, sent, host, own }: { variable: string; sent: string; host: string; own: string },
): readonly string[] {
  const { provider } = clues.run.environment;
  if (variable === 'CI_JOB_TOKEN')
    return [
      'a job token lives as long as its job: one saved to a file, a cache, an image or an artifact is dead in the next job',
      `write the reference ${own} into the configuration, never its value, and do not set CI_JOB_TOKEN by hand`,
      `check that the registry URL names the server that runs this job (${host})`,
    ];
  return [
    `the value of ${tokenName(sent)} is ${statusOf(failingRequest(clues)?.observation.outcome) === 401 || mayBeSignIn(clues) ? 'unknown here: expired, revoked, or' : 'refused here: without the right to read this package, expired, revoked, or'} made on another server than ${host}`,
    ...(provider === 'gitlab'
      ? [
          `or ${variable} is a CI/CD variable of the type File, whose value is the path of a file: it has to be of the type Variable`,
        ]
      : []),
    isActionToken(variable)
      ? `make a new token there, store it as a secret and ${passToken(variable, clues)}`
      : `make a new token there and store it as ${variable}${sent === variable ? '' : ', to which the key has to refer then'}${provider === 'github' || isStranger(clues) ? '' : `; on GitLab CI the job's own ${own} needs no care`}`,
  ];
}

/** What is said of a user and a password beside the token, which are no way out at a GitLab. */
function besideSteps(clues: Clues, host: string): readonly string[] {
  const beside = loginBeside(clues);
  if (!beside) return [];
  const { client } = clues.run.client;
  const { prefix } = clues.case.target;
  return [
    `${client.name} sends the token alone: user and password of the same key in ${linesOf(beside)} do not count beside it${
      prefix === null
        ? `, and do once ${formatSource(beside.token.source)} is out`
        : `, and ${host} takes no such pair for npm packages: take them out`
    }`,
  ];
}

/** Which server the token is for that the CI gave, where another one was asked with it. */
function homeSteps({ run: { environment } }: Clues, sent: string, host: string): readonly string[] {
  const home = sent === 'CI_JOB_TOKEN' ? environment.apiUrl : environment.workflow?.serverUrl;
  return home && URL.canParse(home)
    ? [`${sent} is the token of ${new URL(home).host} for this job, and no token of ${host}`]
    : [];
}
