import { type Cause, type Clues, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { prefixOf } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import { changeLine } from './parts/add-line.ts';
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
    const absent = isForwarded(request.observation) || statusOf(request.observation.outcome) === 404;
    if (!absent || isKnownPrivate(clues.run, dependency.name) || foundElsewhere(clues).length > 0) {
      return ruledOut;
    }
    const because = ['configuration', 'metadata'];
    // GitHub Packages holds packages with a scope only (GitHub notes, section A1)
    return scopeOf(dependency.name) === null && (prefix?.kind === 'instance' || clues.github !== null)
      ? { kind: 'confirmed', because }
      : { kind: 'possible', because, decidedBy: `whether ${dependency.name} is a public package` };
  },
  state: (clues) => statementOf(clues.run, clues),
  inspect(run) {
    const choice = run.client.registryFor('a-public-package');
    const unscopedPlanned = run.plan.scopes.some(({ scope }) => scope === null);
    const isPrivate =
      choice.url !== null &&
      (prefixOf(choice.url) !== null || githubRegistryOf(choice.url, run.environment) !== null);
    return isPrivate && !unscopedPlanned
      ? [{ statement: statementOf(run, null), severity: 'warning', packages: [] }]
      : [];
  },
};

function statementOf(run: RunFacts, clues: Clues | null): Statement {
  const choice = run.client.registryFor('a-public-package');
  const scope = run.plan.scopes.find((one) => one.scope !== null)?.scope ?? '@your-scope';
  return {
    title: 'registry= names the private registry, so every public package is asked there',
    seen: clues ? seenLine(clues, 'configuration') : `registry=${choice.url ?? ''}`,
    location: choice.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'map the private scope instead of the default registry',
      steps: ['replace the line: packages without that scope then come from the public npm registry again'],
      edit: changeLine(
        run,
        choice.source,
        run.client.writing.registry(null, choice.url ?? ''),
        run.client.writing.registry(scope, choice.url ?? ''),
      ),
    },
  };
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
