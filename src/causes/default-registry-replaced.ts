import { isAbsolute } from 'node:path';
import { type Cause, type Clues, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import { type RegistryChoice, registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { githubRegistryOf, pathBehindRegistry } from '../domain/github-registry-of.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { prefixOf } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import type { Remedy } from '../domain/remedy.ts';
import { formatSource } from '../domain/source.ts';
import type { Case } from '../domain/target.ts';
import { addLine, changeLine, isNested } from './parts/add-line.ts';
import { failingRequest } from './parts/failing-request.ts';
import { foundElsewhere } from './parts/found-elsewhere.ts';
import { seenLine } from './parts/seen.ts';

/** `registry=` points at the private host, so that public packages are asked there too. */
export const defaultRegistryReplaced: Cause = {
  code: 'NP110',
  slug: 'default-registry-replaced',
  title: 'registry= points at the private host, so public packages are asked there',
  severity: 'error',
  needs: ['other-prefixes'],
  hides: [
    'package-not-found',
    'scope-is-not-root-namespace',
    'forwarded-to-public',
    'project-not-found',
    'role-missing',
    'not-on-allowlist',
    'registry-restricted',
  ],
  example: 'default-registry-replaced',
  weigh(clues) {
    const { registry, dependency, prefix } = clues.case.target;
    const request = failingRequest(clues);
    if (registryReach(registry) !== 'all' || request?.kind !== 'metadata') return ruledOut;
    if (servesUnscoped(clues.run, registry, clues.cases)) return ruledOut;
    const absent = isForwarded(request.observation) || statusOf(request.observation.outcome) === 404;
    if (!absent || isKnownPrivate(clues.run, dependency.name) || foundElsewhere(clues).length > 0) {
      return ruledOut;
    }
    const because = ['configuration', 'metadata'];
    // GitHub Packages holds packages with a scope only (GitHub notes, section A1)
    return scopeOf(dependency.name) === null && (prefix?.kind === 'instance' || clues.github !== null)
      ? { kind: 'confirmed', because }
      : {
          kind: 'possible',
          because,
          decidedBy: `whether ${dependency.name} is a public package`,
          // a registry of others that gives out names without a scope mostly has the public ones
          ...(isServed(clues.cases, registry) && { unlikely: true }),
        };
  },
  state: (clues) => statementOf(clues.run, clues, clues.cases),
  inspect(run, cases) {
    const choice = run.client.registryFor('a-public-package');
    const unscopedPlanned = run.plan.scopes.some(({ scope }) => scope === null);
    const isPrivate =
      choice.url !== null &&
      (prefixOf(choice.url) !== null || githubRegistryOf(choice.url, run.environment) !== null);
    return isPrivate && !unscopedPlanned && !servesUnscoped(run, choice, cases)
      ? [{ statement: statementOf(run, null, cases), severity: 'warning', packages: [] }]
      : [];
  },
};

/**
 * Whether private packages without a scope come from there, as they can from one registry only; where none was asked for, whether they may: a prefix that
 * finds such names, which the instance's does not (GitLab model, section 3), and names to ask it for.
 */
function servesUnscoped({ project }: RunFacts, choice: RegistryChoice, cases: readonly Case[]): boolean {
  const kind = prefixOf(choice.url ?? '')?.kind;
  if (kind !== 'project' && kind !== 'group') return false;
  const asked = cases.filter(({ observations }) => observations.size > 0).filter(isUnscoped);
  return asked.length > 0
    ? isServed(asked, choice)
    : project.dependencies.some(({ name, from }) => from === 'registry' && scopeOf(name) === null);
}

function isServed(cases: readonly Case[], choice: RegistryChoice): boolean {
  return cases.some((one) => isUnscoped(one) && servedThere(one, choice));
}

function isUnscoped({ target }: Case): boolean {
  return scopeOf(target.dependency.name) === null;
}

function servedThere({ result, target, observations }: Case, { url }: RegistryChoice): boolean {
  const metadata = observations.get('metadata');
  return result.kind === 'ok' && target.registry.url === url && !(metadata && isForwarded(metadata));
}

function statementOf(run: RunFacts, clues: Clues | null, cases: readonly Case[]): Statement {
  const choice = run.client.registryFor('a-public-package');
  return {
    title: 'registry= names the private registry, so every public package is asked there',
    seen: clues ? seenLine(clues, 'configuration') : `registry=${choice.url ?? ''}`,
    location: choice.source,
    remedy: {
      who: 'whoever maintains this repository',
      ...cureOf(run, choice, privateScopes(run, choice, cases)),
    },
  };
}

/** The scopes that are to keep the registry: those that are surely private, else those that may be. */
function privateScopes(run: RunFacts, choice: RegistryChoice, cases: readonly Case[]): readonly string[] {
  const planned = run.plan.scopes.flatMap(({ scope }) => scope ?? []);
  const served = cases
    .filter((one) => servedThere(one, choice))
    .flatMap((one) => scopeOf(one.target.dependency.name) ?? []);
  const sure = [...new Set([...planned, ...served])].filter(
    (scope) =>
      registryReach(run.client.registryFor(`${scope}/any`)) === 'scope' ||
      isKnownPrivate(run, `${scope}/any`) ||
      served.includes(scope),
  );
  const failed = cases
    .filter(({ result }) => result.kind === 'metadata-failed')
    .map(({ target }) => scopeOf(target.dependency.name));
  return sure.length > 0 ? sure : planned.filter((scope) => !failed.includes(scope));
}

type Cure = Pick<Remedy, 'summary' | 'steps' | 'edit'>;

/** The private scopes get the registry for themselves, and all others lose it. */
function cureOf(run: RunFacts, choice: RegistryChoice, known: readonly string[]): Cure {
  const { client } = run;
  const url = choice.url ?? '';
  const { source } = choice;
  const unmapped = known.filter((scope) => registryReach(client.registryFor(`${scope}/any`)) !== 'scope');
  const summary = 'map the private scope instead of the default registry';
  const { registry, scope: owner } = withoutOwner(run, url);
  const lines = unmapped.map((scope) => client.writing.registry(scope, registry));
  const mapping =
    known.length === 0
      ? [`map the scopes of the private packages: ${oneLine(client.writing.registry(owner, registry))}`]
      : [];
  if (source.kind !== 'file') {
    const taken =
      source.kind === 'env' ? `take the variable ${source.name} out of the job` : 'take it out there';
    return {
      summary,
      steps: [
        `${taken}: it wins over the files, and without it packages of other scopes come from the public npm registry again`,
        ...(lines.length > 0 ? ['add the lines, which map what is private'] : mapping),
      ],
      ...(lines.length > 0 ? { edit: addLine(run, lines.join('\n')) } : {}),
    };
  }
  if (isOfSetupNode(run, choice)) {
    const [scope = owner, ...others] = known;
    return {
      summary,
      steps: [
        `where actions/setup-node writes ${source.path} anew in each job, by its input registry-url: give that step scope: '${scope}' too, and it maps that scope alone`,
        `where something else writes it: let it say ${oneLine(client.writing.registry(scope, registry))} in place of this line`,
        ...others.map(
          (one) =>
            `setup-node takes one scope: map ${one} in a file of the project, ${oneLine(client.writing.registry(one, registry))}`,
        ),
      ],
    };
  }
  const own = client.edits?.registry(choice, null, url)?.before;
  // a table's `url` alone would leave its token for the public registry
  const isWhole = isNested(source.path) ? own !== undefined && !/^\s*url\b/.test(own) : true;
  if (known.length > 0 && unmapped.length === 0 && isWhole)
    return {
      summary: 'take the line out: the private scope has its own',
      steps: ['packages without that scope then come from the public npm registry again'],
      edit: changeLine(run, source, own ?? client.writing.registry(null, url), null),
    };
  const [only, another] = unmapped;
  const narrowed =
    only !== undefined && another === undefined ? client.edits?.registry(choice, only, registry) : null;
  const replaced =
    'replace the line: packages without that scope then come from the public npm registry again';
  if (narrowed) return { summary, steps: [replaced], edit: { file: source.path, ...narrowed } };
  if (lines.length > 0 && !isNested(source.path))
    return {
      summary,
      steps: [replaced],
      edit: changeLine(run, source, client.writing.registry(null, url), lines.join('\n')),
    };
  return {
    summary,
    steps: [
      `take the setting out at ${formatSource(source)}: packages of other scopes then come from the public npm registry again`,
      ...(lines.length > 0
        ? [`map the private scope in its place: ${lines.map(oneLine).join('  and  ')}`]
        : mapping),
    ],
  };
}

/** The registry as a scope is mapped to it, and the scope that the line names: old lines of GitHub Packages have the owner behind the host (user reports). */
function withoutOwner(run: RunFacts, url: string): { registry: string; scope: string } {
  const github = githubRegistryOf(url, run.environment);
  const owner = github && pathBehindRegistry(url, github);
  return {
    registry: owner ? github.url : url,
    scope: owner && /^[\w-]+$/.test(owner) ? `@${owner.toLowerCase()}` : '@your-scope',
  };
}

/**
 * Whether the line stands in a file of a workflow outside the checkout that refers to NODE_AUTH_TOKEN, as actions/setup-node writes one for its input
 * `registry-url`: for all packages, unless its input `scope` is given or the registry is npm.pkg.github.com (GitHub notes, section C1).
 */
function isOfSetupNode({ client, environment }: RunFacts, { source }: RegistryChoice): boolean {
  if (environment.provider !== 'github' || source.kind !== 'file' || !isAbsolute(source.path)) return false;
  return client.settings.some(
    (one) =>
      one.source.kind === 'file' &&
      one.source.path === source.path &&
      one.variables.some(({ name }) => name === 'NODE_AUTH_TOKEN'),
  );
}

function oneLine(lines: string): string {
  return lines.replace(/\n\s*/g, ' ');
}

/** The scope of the consumer's own root group, or one that the project itself publishes under. */
function isKnownPrivate({ environment: { consumer }, project }: RunFacts, name: string): boolean {
  const scope = scopeOf(name);
  if (scope === null) return false;
  return (
    scope.slice(1).toLowerCase() === consumer?.rootNamespace.toLowerCase() ||
    project.publish.some((one) => scopeOf(one.name) === scope)
  );
}
