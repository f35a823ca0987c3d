import { load } from 'js-yaml';
import type { Finding } from '../../src/domain/report.ts';
import { GitHubBuilder } from '../../src/simulator/github/github.ts';
import type { TestWorld } from './test-world.ts';

/** Tokens that people make when a remedy asks for one. */
const freshClassic = 'ghp_freshTokenOfAReader00000000000000000';
const freshWorkflow = 'ghs_fresh.token-of_the.running-job';

/**
 * The world after the change on GitHub, or of the job's variables, that a finding asks for; `null` for remedies that are none of
 * these. Whom it concerns is taken from the finding's own words; of a cause that is named as an alternative only its slug is known. After an edit of the workflow file see `asWorkflowSays`.
 */
export function applyGitHubRemedy(world: TestWorld, finding: Finding): TestWorld | null {
  if (world.github === undefined) return null;
  const model = new GitHubBuilder(world.github);
  const { title, packages, remedy } = finding;
  const label = packages[0] ?? '';
  const at = label.lastIndexOf('@');
  const [name, version] = [label.slice(0, at), label.slice(at + 1).replace('^', '')];
  const words = [title, remedy.summary, ...remedy.steps].join('\n');
  const held = () => model.packages.find((one) => one.name === name);
  switch (finding.cause) {
    case 'workflow-permission-missing': {
      const token = model.tokens.find(({ kind }) => kind === 'workflow');
      return token?.kind === 'workflow' && words.includes('packages: read')
        ? { ...world, github: model.workflowToken(token.value, { ...token, packages: 'read' }) }
        : null;
    }
    case 'actions-access-missing': {
      const page = /\/(?:orgs|users)\/([^/]+)\/packages\/npm\/([^/]+)\/settings$/.exec(remedy.url ?? '');
      const repository = /Add Repository > (\S+) > role Read/.exec(words)?.[1];
      return page && repository
        ? { ...world, github: model.letIn(`@${page[1]}/${page[2]}`, repository) }
        : null;
    }
    case 'sso-not-authorised': {
      const token = tokenIn(world, title);
      const owner = /Authorize next to (\S+)/.exec(words)?.[1];
      return token?.kind === 'classic' && owner
        ? { ...world, github: model.classicToken(token.value, { ...token, authorised: [owner] }) }
        : null;
    }
    case 'token-scope-missing': {
      const token = tokenIn(world, title);
      const scope = /tick ([\w:]+)/.exec(words)?.[1];
      return token?.kind === 'classic' && scope
        ? {
            ...world,
            github: model.classicToken(token.value, { ...token, scopes: [...token.scopes, scope] }),
          }
        : null;
    }
    case 'role-missing': {
      const token = tokenIn(world, title);
      return token?.kind === 'classic' ? { ...world, github: model.reader(name, token.user) } : null;
    }
    case 'package-of-another-owner':
      return withReader(
        world,
        model,
        name,
        /pass it to each step that installs: env: (\w+):/.exec(words)?.[1],
      );
    case 'fork-run-restricted': {
      const one = held();
      return one
        ? {
            ...world,
            github: model.without(name).package(name, one.version, { ...one, visibility: 'public' }),
          }
        : null;
    }
    case 'token-rejected':
    case 'token-kind-unsupported':
    case 'token-missing':
    case 'variable-unset': {
      const variable = /^([A-Z_]+) (?:holds|has no|is not)|in ([A-Z_]+)$/.exec(title);
      const own = variable?.[1] ?? variable?.[2];
      const key = own ?? /\$\{(\w+)\}/.exec(world.files['.npmrc'] ?? '')?.[1];
      const asked = words.includes('env: ') && words.includes('${{ github.token }}');
      const cloud = !/\/_registry\/npm/.test(world.files['.npmrc'] ?? '');
      return asked || (own === undefined && cloud)
        ? withWorkflowToken(world, model, key)
        : withReader(world, model, name, key);
    }
    case 'package-not-found':
    case 'version-not-found':
      return {
        ...world,
        github: model.package(name, version, {
          actionsAccess: [world.env.GITHUB_REPOSITORY ?? ''],
          readers: ['alice'],
        }),
      };
    default:
      return null;
  }
}

/** The world with the token's permission as its workflow file has it now, read by other means than the program's. */
export function asWorkflowSays(world: TestWorld): TestWorld {
  const text = world.files['.github/workflows/ci.yml'];
  const token = world.github?.tokens.find(({ kind }) => kind === 'workflow');
  if (world.github === undefined || text === undefined || token?.kind !== 'workflow') return world;
  const file = load(text) as { permissions?: unknown; jobs?: { test?: { permissions?: unknown } } };
  const block = (file.jobs?.test?.permissions ?? file.permissions) as
    | Record<string, string>
    | string
    | undefined;
  const packages =
    block === undefined || typeof block === 'string'
      ? 'read'
      : ((block?.packages ?? 'none') as 'none' | 'read');
  return {
    ...world,
    github: new GitHubBuilder(world.github).workflowToken(token.value, { ...token, packages }),
  };
}

function tokenIn({ env, github }: TestWorld, title: string) {
  const variable = /in (\w+)/.exec(title)?.[1] ?? '';
  return github?.tokens.find(({ value }) => value === env[variable]);
}

function withReader(world: TestWorld, model: GitHubBuilder, name: string, key: string | undefined) {
  if (key === undefined) return null;
  const owner = name.slice(1, name.indexOf('/'));
  const scopes = ['read:packages', 'repo'];
  const github = model
    .classicToken(freshClassic, { user: 'bob', scopes, authorised: [owner] })
    .reader(name, 'bob');
  return { ...world, github, env: { ...world.env, [key]: freshClassic } };
}

/** The token of the running job, which may read what its workflow file lets it read. */
function withWorkflowToken(world: TestWorld, model: GitHubBuilder, key: string | undefined) {
  if (key === undefined) return null;
  const repository = world.env.GITHUB_REPOSITORY ?? '';
  const github = new GitHubBuilder({
    ...model,
    tokens: model.tokens.filter(({ kind }) => kind !== 'workflow'),
  }).workflowToken(freshWorkflow, { repository });
  return asWorkflowSays({ ...world, github, env: { ...world.env, [key]: freshWorkflow } });
}
