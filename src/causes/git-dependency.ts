import { type Cause, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import { type Dependency, versionOfTarball } from '../domain/dependency.ts';
import { prefixOf } from '../domain/prefix.ts';
import { seenLine } from './parts/seen.ts';
import { uncoveredVerdict, withheldRequest } from './parts/uncovered.ts';

/**
 * A dependency on a repository or URL of the registry's server: git has no credential of the registry, and Yarn 2+ and Bun ask a URL without any (run for
 * real: 3.8.7, 4.18.1, 1.4.5; npm, pnpm and Yarn 1 send what their keys say).
 */
export const gitDependency: Cause = {
  code: 'NP114',
  slug: 'git-dependency',
  title: 'a git or URL dependency: registry credentials do not apply',
  severity: 'error',
  needs: ['tarball-with-token', 'job'],
  example: 'git-dependency',
  weigh(clues) {
    const withheld = withheldRequest(clues);
    return withheld === null ? ruledOut : uncoveredVerdict(withheld, clues);
  },
  state(clues) {
    const { dependency } = clues.case.target;
    return { ...urlStatement(clues.run, dependency), seen: seenLine(clues, 'configuration') };
  },
  inspect(run) {
    return run.project.dependencies
      .filter((one) => isOnServer(run, one))
      .map((dependency) => ({
        severity: 'warning',
        packages: [`${dependency.name}@${dependency.requested}`],
        statement: dependency.from === 'git' ? gitStatement(dependency) : urlStatement(run, dependency),
      }));
  },
};

function gitStatement(dependency: Dependency): Statement {
  return {
    title: `${dependency.name} comes from a git repository: the registry configuration does not cover it`,
    seen: dependency.requested,
    location: dependency.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `install ${dependency.name} from the registry, or give git a credential`,
      steps: [
        `publish it and ask for it by version: "${dependency.name}": "^1.0.0"`,
        `or give git the job's token through a credential helper: node dist/index.js explain NP114`,
      ],
    },
  };
}

/** npm 7 takes every URL on the public GitLab for a git repository (reported); a tarball of the registry has a name and a version there. */
function urlStatement(run: RunFacts, dependency: Dependency): Statement {
  const { client, asks } = run.client;
  const { name, requested, source } = dependency;
  const published = prefixOf(requested) && versionOfTarball(requested);
  return {
    title: asks(dependency).bare
      ? `${name} comes from a URL, which ${client.name} ${client.version} asks without a credential`
      : `${name} comes from a URL: no registry line says where it is fetched`,
    seen: requested,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `install ${name} from the registry, by name and version`,
      steps: [
        published
          ? `ask for that version by name: "${name}": "${published}"`
          : `publish it and ask for it by version: "${name}": "^1.0.0"`,
        'a URL is fetched as it stands, and some clients take one on a GitLab for a git repository',
      ],
    },
  };
}

function isOnServer(run: RunFacts, { from, requested }: Dependency): boolean {
  const { serverUrl } = run.environment;
  if ((from !== 'git' && from !== 'url') || serverUrl === null) return false;
  return requested.toLowerCase().includes(new URL(serverUrl).hostname.toLowerCase());
}
