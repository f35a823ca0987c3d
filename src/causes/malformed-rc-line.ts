import { type Cause, type Clues, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import type { ClientStop } from '../domain/client.ts';
import { formatSource } from '../domain/source.ts';
import { changeLine } from './parts/add-line.ts';
import { addressInVariable, addressStatement } from './parts/address-in-variable.ts';
import { emptyKey, emptyVerdict } from './parts/empty-key.ts';
import { correctedLine, guiltyLine, isNamedTwice } from './parts/guilty-line.ts';
import { type MalformedLine, malformedLines } from './parts/malformed-line.ts';
import { type NeededRights, neededRights, toInstall } from './parts/needed-rights.ts';
import { manifestAddress, manifestStatement } from './parts/publish-address.ts';
import { replacedHost, replacedHostStatement } from './parts/replaced-host.ts';
import { isOfJobsGitLab } from './parts/token-of-server.ts';
import { variableOfStop } from './parts/unset-variable.ts';
import { urlOfKey } from './parts/url-of-key.ts';

/** A line that can not mean what it looks like (measured: clients.md section 2). */
export const malformedRcLine: Cause = {
  code: 'NP109',
  slug: 'malformed-rc-line',
  title: 'a line of the configuration can not mean what it looks like',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token'],
  hides: [
    'token-rejected',
    'scope-not-mapped',
    'rc-file-not-read',
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
  ],
  example: 'malformed-line',
  weigh(clues) {
    if (emptyKey(clues)) return emptyVerdict(clues);
    if (manifestAddress(clues)) return { kind: 'confirmed', because: ['configuration'] };
    if (isNamedTwice(clues) || addressInVariable(clues))
      return { kind: 'confirmed', because: ['configuration'], hides: ['host-unresolved'] };
    return guiltyLine(clues) || stoppedByLine(clues) || replacedHost(clues)
      ? { kind: 'confirmed', because: ['configuration'] }
      : ruledOut;
  },
  state(clues) {
    const manifest = manifestAddress(clues);
    if (manifest) return manifestStatement(clues, manifest);
    const problem = emptyKey(clues) ?? guiltyLine(clues);
    if (problem) return statementOf(clues.run, corrected(problem, clues), neededRights(clues));
    const address = addressInVariable(clues);
    if (address) return addressStatement(clues, address);
    const replaced = replacedHost(clues);
    if (replaced) return replacedHostStatement(clues, replaced);
    const stop = stoppedByLine(clues);
    if (!stop) throw new Error('no line is malformed');
    const { client } = clues.run.client;
    if (stop.code === 'packageManager') return otherClient(clues.run, stop);
    return {
      title: `${client.name} ${client.version} stops at ${formatSource(stop.source)}: ${stop.code}`,
      seen: stop.message,
      location: stop.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'take the setting out, or write it in the form that this version takes',
        steps: [stepOfStop[stop.code] ?? `until then no command of ${client.name} works here`],
      },
    };
  },
  inspect(run) {
    return malformedLines(run)
      .filter((problem) => !problem.isEmpty && !isMeaningless(run, problem))
      .map((problem) => ({
        statement: statementOf(run, problem, toInstall),
        severity: 'warning',
        packages: [],
      }));
  },
};

/** What helps at some ends of a client, by its code. */
const stepOfStop: Readonly<Record<string, string>> = {
  ERR_PNPM_META_FETCH_FAIL:
    'take the user out of the URL: the credential belongs into a key, //host/path/:_authToken=${VARIABLE}',
  ERR_PNPM_AUTH_INVALID_BASE64:
    'its value has to be base64: of the password alone for _password, of user:password for _auth',
  ERR_INVALID_AUTH:
    'a credential needs the registry it belongs to in its key: //host/path/:_authToken=${VARIABLE}',
  ENOENT:
    'name a file that is there: a job may not have what a developer has, and a relative path counts from where the client runs',
  ERR_INVALID_URL: 'the address of a registry is a whole one: https://host/path/',
  'Invalid time value':
    'min-release-age takes days as a number alone (7, not 7d), before takes a date (2026-01-31)',
};

/** The line as it has to be in this case; where that refers to another variable, nothing has to be said of the first. */
function corrected(problem: MalformedLine, clues: Clues): MalformedLine {
  const line = correctedLine(problem, clues);
  const { refersTo, ...plain } = problem;
  return { ...plain, corrected: line, ...(refersTo && line === problem.corrected ? { refersTo } : {}) };
}

/** A password for the GitLab of the job, which takes none however it is written: what is needed there is told of the packages that lack it. */
function isMeaningless(run: RunFacts, { ofPassword, source }: MalformedLine): boolean {
  const url = ofPassword && source.kind === 'file' && source.key ? urlOfKey(run, source.key) : null;
  return url !== null && isOfJobsGitLab(run, url);
}

/** What is said where the variable of the corrected line has no value yet. */
function valueSteps(
  { environment }: RunFacts,
  refersTo: MalformedLine['refersTo'],
  { does }: NeededRights,
): readonly string[] {
  if (!refersTo || refersTo.hasValue) return [];
  const { name } = refersTo;
  const how = {
    gitlab: `: Settings > CI/CD > Variables > ${name}, masked`,
    github: `: env: ${name}: \${{ secrets.${name} }} on each step that ${does}`,
    generic: '',
  }[environment.provider];
  return [`${name} has no value here: give it one${how}`];
}

function isNpmrc(source: MalformedLine['source']): boolean {
  return source.kind !== 'file' || /npmrc$|(?:^|[\\/])rc$|\.ini$/.test(source.path);
}

function statementOf(run: RunFacts, problem: MalformedLine, rights: NeededRights): Statement {
  return {
    title: `${formatSource(problem.source)} does not mean what it looks like: ${problem.why}`,
    seen: problem.line,
    location: problem.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'correct the line',
      steps: [
        ...(problem.corrected ? ['write it like this'] : []),
        ...(problem.step ? [problem.step] : []),
        ...(problem.corrected || problem.step
          ? []
          : [
              isNpmrc(problem.source)
                ? 'write the setting as key=value on a line of its own, or take the line out'
                : 'mend the file in its own grammar',
            ]),
        ...valueSteps(run, problem.refersTo, rights),
      ],
      ...(problem.corrected
        ? { edit: changeLine(run, problem.source, problem.line, problem.corrected) }
        : {}),
    },
  };
}

/** Yarn 1 runs in no project that declares another package manager: it is most often the check that was told the wrong one. */
function otherClient({ client: { client } }: RunFacts, stop: ClientStop): Statement {
  const declared = /"packageManager": "([\w.-]+@[\w.+-]+)"/.exec(stop.message)?.[1];
  const name = declared?.split('@')[0] ?? 'the declared package manager';
  return {
    title: `${client.name} ${client.version} does not run here: ${formatSource(stop.source)} declares ${declared ?? 'another package manager'}`,
    seen: stop.message,
    location: stop.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `install with ${name}, as the project declares`,
      steps: [
        `where the job installs with ${name}: leave out the input client, or set it to ${clientNamed(declared)}`,
        `where it is to be ${client.name}: let packageManager in ${stop.source.kind === 'file' ? stop.source.path : 'package.json'} say "${client.name}@${client.version}"`,
      ],
    },
  };
}

/** The word of the input `client` for what packageManager says. */
function clientNamed(declared = ''): string {
  const [, name = 'auto', major = ''] = /^([\w.-]+)@(\d+)/.exec(declared) ?? [];
  return name === 'yarn' && Number(major) > 1 ? 'yarn-berry' : name;
}

/** The setting at which the client ends before it asks anything, unless it is a variable without a value (another cause). */
function stoppedByLine({ case: { result }, run }: Clues): ClientStop | null {
  if (result.kind === 'refused-by-client')
    return refusalsOfLines.includes(result.stop.code) ? result.stop : null;
  if (result.kind !== 'client-stops') return null;
  return variableOfStop(run, result.stop) ? null : result.stop;
}

/** What clients say of a registry's line whose URL they can't ask. */
const refusalsOfLines = ['ERR_PNPM_META_FETCH_FAIL', 'InvalidURL'];
