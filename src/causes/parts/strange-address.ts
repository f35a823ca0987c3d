import type { Clues, Statement, Verdict } from '../../domain/cause.ts';
import { observedJson } from '../../domain/observed-json.ts';
import { percentDecoded, percentEncoded } from '../../domain/percent-form.ts';
import { describePrefix, prefixOf } from '../../domain/prefix.ts';
import { serverMessage, statusOf } from '../../domain/probe.ts';
import { parsedUrl, sameOrigin } from '../../domain/registry-key.ts';
import { failingRequest } from './failing-request.ts';
import { isPlain, lockfileCommand, movedCommand, replaceCommand } from './lockfile-command.ts';
import { seenLine } from './seen.ts';

/** A locked address at GitLab that is no route of an npm tarball, or names another file than the version has. */
export interface StrangeAddress {
  locked: string;
  /** What is wrong with it, behind `takes … from`. */
  what: string;
  /** Nothing else of this host can answer there. */
  isCertain: boolean;
  /** The address as it must be; `null` where the address alone does not tell. */
  right: string | null;
  /** The part in which they differ is wrong for every package that has it. */
  forAll: boolean;
}

/**
 * The address in the lockfile at which GitLab has nothing, whoever asks: it serves tarballs at `…/api/v4/projects/<id>/packages/npm/` alone, with the
 * path of a project as one word (GitLab model, section 2; measured: clients.md l11). `null` where it may be right.
 */
export function strangeAddress(clues: Clues): StrangeAddress | null {
  const { target } = clues.case;
  const locked = target.dependency.locked?.tarball ?? null;
  const request = failingRequest(clues);
  if (request?.kind !== 'tarball' || target.metadata !== null || target.dependency.from !== 'registry')
    return null;
  const status = statusOf(request.observation.outcome);
  if (locked === null || !sameOrigin(locked, request.url) || (status !== 404 && status !== 410)) return null;
  const api = apiOf(clues, locked);
  return api === null ? null : (misrouted(clues, locked, api) ?? otherFile(clues, locked));
}

/** The API of the GitLab that a locked address is at, as the job or the registry's line names it. */
function apiOf({ run, case: { target } }: Clues, locked: string): string | null {
  const named = [run.environment.apiUrl, prefixOf(target.registry.url ?? '')?.apiUrl];
  return named.find((api) => api != null && sameOrigin(api, locked)) ?? null;
}

function misrouted(clues: Clues, locked: string, api: string): StrangeAddress | null {
  const { pathname } = new URL(locked);
  const [, before = '', version = '', route = ''] =
    /^(.*?)\/api\/v(\d+)\/(.*packages\/npm\/.*)$/.exec(pathname) ?? [];
  const no = 'an address that is no tarball route of GitLab';
  const prefix = prefixOf(locked);
  const words = /^projects\/([^/]+(?:\/[^/]+)+)\/(packages\/npm\/.*)$/.exec(route);
  if (words?.[1] !== undefined) {
    const project = percentEncoded(words[1]);
    const what = `${no}: the path of a project is one word there, ${project}`;
    return { locked, what, isCertain: true, right: `${api}/projects/${project}/${words[2]}`, forAll: true };
  }
  if (version !== '' && `${before}/api/v${version}` !== pathOf(api)) {
    // another GitLab may have that part of the host
    const isCertain = before === rootOf(api) || !/project not found/i.test(saidOf(clues));
    const what = `${no}: the API of this one is ${api}`;
    return { locked, what, isCertain, right: `${api}/${route}`, forAll: true };
  }
  if (prefix?.kind === 'project') return null;
  return {
    locked,
    what: `${no}${prefix ? `: the ${describePrefix(prefix)} prefix has none, ${api}/projects/<id>/packages/npm/ has` : "'s npm registry"}`,
    // other services may have other paths of the same host
    isCertain: prefix !== null,
    right: null,
    forAll: false,
  };
}

function pathOf(api: string): string {
  return parsedUrl(api)?.pathname.replace(/\/$/, '') ?? '';
}

function rootOf(api: string): string {
  return pathOf(api).replace(/\/api\/v4$/, '');
}

function saidOf(clues: Clues): string {
  const outcome = failingRequest(clues)?.observation.outcome;
  return (outcome && serverMessage(outcome)?.trim()) ?? '';
}

/** GitLab has the version, and its metadata names another file: whoever reads it may have that one. */
function otherFile(clues: Clues, locked: string): StrangeAddress | null {
  const { observations, target } = clues.case;
  const { name, locked: entry } = target.dependency;
  if (!/^404 (?:package )?not found$/i.test(saidOf(clues))) return null;
  const named = [...observations].flatMap(([key, observation]) => {
    const isMetadata = key.startsWith('other-prefixes:') || key === 'locked-metadata';
    const tarball = isMetadata ? tarballIn(observedJson(observation), entry?.version ?? '') : null;
    return tarball !== null && isBeside(tarball, locked) ? [tarball] : [];
  });
  const [right] = named;
  if (right === undefined || named.some((one) => percentDecoded(one) === percentDecoded(locked))) return null;
  const what = `a file that GitLab does not have: ${name} ${entry?.version} has another one`;
  return { locked, what, isCertain: true, right, forAll: false };
}

function tarballIn(metadata: unknown, version: string): string | null {
  const { versions } = (metadata ?? {}) as { versions?: Record<string, { dist?: { tarball?: unknown } }> };
  const tarball = Object.hasOwn(versions ?? {}, version) ? versions?.[version]?.dist?.tarball : null;
  return typeof tarball === 'string' ? tarball : null;
}

/** Two addresses of one project of one GitLab. */
function isBeside(one: string, other: string): boolean {
  const [a, b] = [prefixOf(one), prefixOf(other)];
  return a?.kind === 'project' && b?.kind === 'project' && a.project === b.project && sameOrigin(one, other);
}

/** Certain where no other service of the host can have the address. */
export function strangeVerdict({ locked, isCertain }: StrangeAddress): Verdict {
  const because = ['configuration', 'tarball'];
  const decidedBy = `what answers for ${pathOf(locked)}: GitLab, or another service of the same host`;
  return isCertain ? { kind: 'confirmed', because } : { kind: 'possible', because, decidedBy };
}

/** What is said of such an address. */
export function strangeStatement(clues: Clues, { locked, what, right, forAll }: StrangeAddress): Statement {
  const { run, case: one } = clues;
  const { dependency, registry } = one.target;
  const lockfile = run.project.lockfile?.path ?? 'the lockfile';
  const isReplaced = right !== null && isPlain(locked + right) && run.client.client.name !== 'yarn-berry';
  return {
    title: `${lockfile} takes ${dependency.name} from ${what}`,
    seen: seenLine(clues, 'place'),
    location: dependency.locked?.source ?? registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `let ${lockfile} name the address that GitLab has`,
      steps: [
        `in ${lockfile}: ${locked}`,
        ...(right === null ? [] : [`as it must be: ${right}`]),
        isReplaced
          ? 'the command replaces the one by the other; commit the lockfile'
          : `run the command where the registry line and its key are in force, which locks the address that GitLab's metadata names; commit the lockfile`,
      ],
      command: !isReplaced
        ? lockfileCommand(clues, dependency.locked?.version ?? 'latest')
        : forAll
          ? movedCommand(lockfile, locked, right)
          : replaceCommand(lockfile, locked, right),
    },
  };
}
