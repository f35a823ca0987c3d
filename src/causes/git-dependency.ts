import { type Cause, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import type { Dependency } from '../domain/dependency.ts';

/** A dependency on a repository or URL of the registry's server: registry credentials do not apply to it. */
export const gitDependency: Cause = {
  code: 'NP114',
  slug: 'git-dependency',
  title: 'a git or URL dependency: registry credentials do not apply',
  severity: 'warning',
  needs: [],
  example: 'git-dependency',
  weigh: () => ruledOut,
  state() {
    throw new Error('this cause only stands on the configuration');
  },
  inspect(run) {
    return run.project.dependencies
      .filter((one) => isOnServer(run, one))
      .map((dependency) => ({
        severity: 'warning',
        packages: [`${dependency.name}@${dependency.requested}`],
        statement: dependency.from === 'git' ? gitStatement(dependency) : urlStatement(dependency),
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
function urlStatement({ name, requested, source }: Dependency): Statement {
  const published = /\/packages\/npm\/(?:@[^/]+\/)?[^/]+\/-\/(?:@[^/]+\/)?[^/]*?-(\d+\.[^/]*)\.tgz$/.exec(
    requested,
  )?.[1];
  return {
    title: `${name} comes from a URL: no registry line applies to it`,
    seen: requested,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `install ${name} from the registry, by name and version`,
      steps: [
        published
          ? `it is in the registry already: "${name}": "${published}"`
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
