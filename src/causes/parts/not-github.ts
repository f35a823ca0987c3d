import type { Clues, Statement } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { githubRegistriesOf } from '../../domain/github-registry-of.ts';
import { answeredBy } from '../../domain/own-answer.ts';
import { serverMessage, statusOf } from '../../domain/probe.ts';
import { mapRegistry } from './add-line.ts';
import { type FailingRequest, isRefusal } from './failing-request.ts';
import { seenLine } from './seen.ts';

/** Where github.com keeps the files of npm packages: its registry sends every tarball request there (GitHub notes, section A1). */
const storage = 'pkg-npm.githubusercontent.com';

export const storageDecidedBy =
  'the page of that version on GitHub, and the same request from another network';

/** Whether the file store of github.com, or whoever answers in its name, failed a tarball. */
export function isStorage({ kind, observation }: FailingRequest): boolean {
  return kind === 'tarball' && answeredBy(observation) === storage;
}

/** Whether a refusal of GitHub's registry is in none of its words, nor in JSON with `error` as they are, so that a guard in front may have said it. */
export function isNotGitHubs({ github }: Clues, { observation }: FailingRequest): boolean {
  const { outcome } = observation;
  if (github?.strangeWords !== true || !isRefusal(observation) || outcome.kind !== 'answered') return false;
  const text = outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt;
  return answeredBy(observation) === null && !/^\s*\{[\s\S]*"error"\s*:/.test(text);
}

/** Whether a registry URL is on the GitHub of the job, although it is none of its npm registry. */
export function isOnGitHub({ github, run: { environment } }: Clues, { url }: FailingRequest): boolean {
  const server = environment.workflow?.serverUrl ?? '';
  return github !== null || (URL.canParse(server) && new URL(server).host === new URL(url).host);
}

/** Whether the registry's line names the web pages of the job's GitHub, which has its npm registry at another host or path (GitHub notes, section A6). */
export function isWebOfGitHub(clues: Clues, request: FailingRequest): boolean {
  return request.kind === 'metadata' && clues.github === null && isOnGitHub(clues, request);
}

/** What is said of such a line; its edit where the address of the registry is sure. */
export function webStatement(clues: Clues): Statement {
  const { run, case: one } = clues;
  const { registry, dependency } = one.target;
  const scope = scopeOf(dependency.name);
  const [only, another] = githubRegistriesOf(run.environment.workflow?.serverUrl ?? '');
  const steps = [
    githubAddress(clues),
    ...(another
      ? ['which of them it is, whoever runs the server knows: the second is that of subdomain isolation']
      : []),
  ];
  return {
    title: `${registry.url} is the address of this GitHub's pages, not of its npm registry`,
    seen: seenLine(clues, 'configuration'),
    location: registry.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'name the npm registry of this GitHub, which is one for all owners, and write its key alike',
      ...(only && !another ? mapRegistry(run, registry, scope, only.url, steps) : { steps }),
    },
  };
}

/** How the registry of the job's GitHub is written. */
export function githubAddress({ github, run: { environment } }: Clues): string {
  const own = githubRegistriesOf(environment.workflow?.serverUrl ?? '').map(({ url }) => url);
  const urls = github ? [github.registry.url] : own;
  return `the npm registry of this GitHub is ${urls.join(' or ')}, with nothing behind it: compare it with the line`;
}

/** The store answers, but not with the file: it is gone, a guard blocks that host, or the signed link was not accepted. */
export function storageStatement(
  clues: Clues,
  { observation }: FailingRequest,
  page: string | null,
): Statement {
  const status = statusOf(observation.outcome) ?? 0;
  const { dependency, registry } = clues.case.target;
  const letThrough = `npm.pkg.github.com sends every tarball on to ${storage}: proxies and firewalls have to let both hosts through`;
  const gone = page === null && (status === 404 || status === 410);
  return {
    title: `${storage}, where GitHub keeps the files, answers ${status}${page ? ` with ${page}` : ''} instead of the tarball`,
    seen: seenLine(clues),
    location: dependency.locked?.source ?? registry.source,
    remedy: gone
      ? {
          who: 'whoever publishes the package',
          summary:
            `look whether the file of ${dependency.name} ${clues.case.version ?? ''} is still there, and publish it again`.replace(
              '  ',
              ' ',
            ),
          steps: [
            "the registry has the version, its file store has not: look at the version's page on GitHub, and publish a new version where the file is gone",
            letThrough,
          ],
        }
      : {
          who: 'whoever runs the network of the runner',
          summary: `let npm.pkg.github.com and ${storage} through`,
          steps: [
            letThrough,
            'the link is signed and lives for minutes: a proxy must hand it on unchanged, without an Authorization header and without a stored answer',
          ],
        },
  };
}

/** A refusal that GitHub Packages is not known to give. */
export function guardStatement(
  clues: Clues,
  { url, observation }: FailingRequest,
  page: string | null,
): Statement {
  const { host } = new URL(url);
  const said = serverMessage(observation.outcome);
  const words = said !== null && said.length <= 120 ? `: "${said}"` : page ? `: ${page}` : '';
  return {
    title: `${host} refuses with ${statusOf(observation.outcome)} in words that GitHub Packages is not known to use${words}`,
    seen: seenLine(clues),
    location: clues.case.target.registry.source,
    remedy: {
      who: 'whoever runs the network of the runner',
      summary: `find out whether a proxy or a firewall answers for ${host}, and let it through`,
      steps: [
        'GitHub Packages refuses in JSON with the member "error": a page, no body, or other words are mostly those of a guard in between, whose log has the request',
        `npm.pkg.github.com sends every tarball on to ${storage}: both hosts have to be let through`,
      ],
    },
  };
}
