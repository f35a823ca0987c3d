import type { Clues, Statement, Verdict } from '../../domain/cause.ts';
import { percentDecoded } from '../../domain/percent-form.ts';
import { describePrefix, prefixOf } from '../../domain/prefix.ts';
import { statusOf } from '../../domain/probe.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { sameSecret } from '../../domain/secret.ts';
import type { CaseResult } from '../../domain/target.ts';
import { failingRequest, isRefusal } from './failing-request.ts';
import { isPlain, lockfileCommand, movedCommand, movedPart } from './lockfile-command.ts';
import { namedToday } from './named-today.ts';
import { seenLine } from './seen.ts';

type Mismatch = Extract<CaseResult, { kind: 'lockfile-mismatch' }>;

/** A client that asks metadata too and ends where it names another tarball than the lockfile (measured: l06, l16 on pnpm 11, 12). */
export function mismatchStatement(clues: Clues, { stop, named }: Mismatch): Statement {
  const locked = clues.case.target.dependency.locked?.tarball ?? '';
  return addressStatement(clues, {
    locked,
    named,
    says: `from ${locked}, and the registry names another address`,
    seen: `${stop.code}: ${stop.message}`,
  });
}

/** The lockfile's address of a tarball and the one that the registry's metadata names today, `null` for none; what is said and was seen of them. */
interface TwoAddresses {
  locked: string;
  named: string | null;
  says: string;
  seen: string | null;
}

function addressStatement(clues: Clues, { locked, named, says, seen }: TwoAddresses): Statement {
  const { dependency, registry } = clues.case.target;
  const lockfile = clues.run.project.lockfile?.path ?? 'the lockfile';
  const isReplaced = named !== null && isReplaceable(clues, locked, named);
  return {
    title: `${lockfile} takes ${dependency.name} ${says}`,
    seen,
    location: dependency.locked?.source ?? registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `let ${lockfile} name the address of today`,
      steps: [
        `in ${lockfile}: ${locked}`,
        `in the registry's metadata: ${named ?? 'no tarball at all'}`,
        isReplaced
          ? 'the command replaces the one by the other; commit the lockfile'
          : 'run the command where the registry line and its key are in force; commit the lockfile',
      ],
      command: !isReplaced
        ? lockfileCommand(clues, dependency.locked?.version ?? 'latest')
        : movedCommand(lockfile, locked, named),
    },
  };
}

/**
 * Where the configured registry has the locked version today, when that is another project than the one whose tarball the lockfile names and which
 * refuses it. It was asked with the job's token, so that one has to be the client's.
 */
export function movedProject(clues: Clues): string | null {
  const { dependency, metadata, registry } = clues.case.target;
  const request = failingRequest(clues);
  const { locked, name } = dependency;
  if (request?.kind !== 'tarball' || metadata !== null || locked === null || !isRefusal(request.observation))
    return null;
  const { secret } = clues.run.environment.credential;
  const { credential } = request;
  if (credential.kind !== 'token' || secret === null || !sameSecret(secret, credential.secret)) return null;
  const outcome = clues.observation(`other-prefixes:${registry.url}`)?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200 || outcome.body.kind !== 'text') return null;
  const file = `/packages/npm/${name}/-/${name}-${locked.version}.tgz`;
  const tarballs = [...outcome.body.text.matchAll(/"tarball":\s*"([^"\\]+)"/g)].map(([, url = '']) => url);
  const named = tarballs.find((url) => url.endsWith(file));
  if (named === undefined || !URL.canParse(named) || !sameOrigin(named, request.url)) return null;
  const [there, here] = [prefixOf(named), prefixOf(request.url)];
  const isOther = there?.kind === 'project' && here?.kind === 'project' && there.project !== here.project;
  return isOther ? named : null;
}

/**
 * Where a registry of others has the locked tarball today, when the lockfile names another address of the same server, which refuses it: the repository was
 * renamed, or the address holds a key of its own (user reports).
 */
export function movedAtOthers(clues: Clues): string | null {
  const request = failingRequest(clues);
  const locked = clues.case.target.dependency.locked?.tarball ?? null;
  if (request?.kind !== 'tarball' || locked === null || !isRefusal(request.observation)) return null;
  const today = namedToday(clues);
  if (today?.kind !== 'tarball' || !sameOrigin(today.url, locked)) return null;
  return percentDecoded(today.url) === percentDecoded(locked) ? null : today.url;
}

/** Certain where nothing is at the locked address; a refusal may be a matter of the key there. */
export function movedAtOthersVerdict(clues: Clues): Verdict {
  const because = ['tarball', 'registry-metadata'];
  return statusOf(failingRequest(clues)?.observation.outcome) === 404
    ? { kind: 'confirmed', because }
    : { kind: 'possible', because, decidedBy: 'the same install with the package locked again' };
}

export function movedAtOthersStatement(clues: Clues, named: string): Statement {
  const locked = clues.case.target.dependency.locked?.tarball ?? '';
  const statement = addressStatement(clues, {
    locked,
    named,
    says: `from an address at which ${new URL(named).host} does not have it`,
    seen: seenLine(clues, 'place'),
  });
  if (!isReplaceable(clues, locked, named)) return statement;
  const { from, to } = movedPart(locked, named);
  const [there, here, ...more] = statement.remedy.steps;
  // one replacement for all packages of the place
  const steps = [there, here].map((step) => step?.replace(locked, `${from}…`).replace(named, `${to}…`) ?? '');
  return { ...statement, remedy: { ...statement.remedy, steps: [...steps, ...more] } };
}

/** Whether one text of a lockfile may take the place of another; Yarn 2+ encodes addresses. */
export function isReplaceable({ run }: Clues, locked: string, named: string): boolean {
  return isPlain(locked + named) && run.client.client.name !== 'yarn-berry';
}

/** Certain where the project of the lockfile surely has no such version; else it may have it too, and only hide it. */
export function movedVerdict({ access }: Clues): Verdict {
  const because = ['tarball', 'other-prefixes'];
  const lacks = ['project-not-found', 'package-not-found', 'version-not-found'] as const;
  return lacks.some((fault) => access?.faults[fault] === 'always')
    ? { kind: 'confirmed', because }
    : {
        kind: 'possible',
        because,
        decidedBy: 'whether the project that the lockfile names still publishes the package',
        unlikely: true,
      };
}

export function movedStatement(clues: Clues, named: string): Statement {
  const locked = clues.case.target.tarball?.url ?? '';
  const [before, now] = [prefixOf(locked), prefixOf(named)];
  return addressStatement(clues, {
    locked,
    named,
    says: `from ${before ? `the ${describePrefix(before)} prefix` : locked}, and the registry has it at ${now ? `the ${describePrefix(now)} prefix` : named}`,
    seen: seenLine(clues, 'place'),
  });
}
