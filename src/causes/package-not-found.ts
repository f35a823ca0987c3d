import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { describePrefix, prefixUrl } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { configFile } from './parts/add-line.ts';
import { failingRequest, isForwarded } from './parts/failing-request.ts';
import { askedElsewhere, foundElsewhere } from './parts/found-elsewhere.ts';
import { seenLine } from './parts/seen.ts';

/** The place can be read and holds no such package (GitLab model, section 3, step 3 and 5). */
export const packageNotFound: Cause = {
  code: 'NP501',
  slug: 'package-not-found',
  title: 'the registry can be read and holds no such package',
  severity: 'error',
  needs: ['other-prefixes', 'job', 'packages-api', 'holds-package', 'as-nobody', 'dist-tags'],
  hides: ['role-missing'],
  example: 'package-not-published',
  weigh(clues) {
    const request = failingRequest(clues);
    if (!request || clues.case.publishing) return ruledOut;
    if (clues.access === null) {
      return statusOf(request.observation.outcome) === 404
        ? { kind: 'possible', because: [request.kind], decidedBy: 'the list of packages in the registry' }
        : ruledOut;
    }
    if (!isForwarded(request.observation)) {
      return accessVerdict('package-not-found', clues, 'the list of packages in the registry of the project');
    }
    if (foundElsewhere(clues).length > 0 && clues.case.target.prefix?.kind !== 'instance') {
      return { kind: 'confirmed', because: ['metadata', 'other-prefixes'] };
    }
    return ruledOut;
  },
  state(clues) {
    const { name } = clues.case.target.dependency;
    const place = clues.case.target.prefix
      ? `the ${describePrefix(clues.case.target.prefix)} prefix`
      : 'the registry';
    return {
      title: `${place} holds no package ${name}`,
      seen: seenLine(clues, 'place'),
      location: null,
      remedy: remedyOf(clues, name, place),
    };
  },
};

function remedyOf(clues: Clues, name: string, place: string) {
  const better = foundElsewhere(clues)[0];
  const scope = scopeOf(name);
  if (better && scope) {
    const source = clues.case.target.registry.source;
    return {
      who: 'whoever maintains this repository',
      summary: `map ${scope} to the ${describePrefix(better)} prefix`,
      steps: [`${name} is found at the ${describePrefix(better)} prefix, not at ${place}`],
      edit: {
        file: source.kind === 'file' ? source.path : configFile(clues.run),
        line: source.kind === 'file' ? source.line : null,
        before: clues.case.target.registry.url ? `${scope}:registry=${clues.case.target.registry.url}` : null,
        after: `${scope}:registry=${prefixUrl(better)}`,
      },
    };
  }
  return {
    who: 'whoever publishes the package',
    summary: `publish ${name}, or correct its name`,
    steps: [
      `compare the spelling of ${name} with the package registry page of the project that publishes it`,
      askedElsewhere(clues)
        ? 'the other prefixes of this server were asked too and do not have it: publish it first'
        : 'publish it first if it was never published there',
      ...(clues.case.target.prefix
        ? [
            'GitLab takes packages at the project prefix alone, …/api/v4/projects/<id>/packages/npm/: what was sent to another prefix was not stored',
          ]
        : []),
    ],
  };
}
