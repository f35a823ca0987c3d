import { dirname } from 'node:path/posix';
import { type Cause, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { routeName } from '../domain/own-project.ts';
import { describePrefix, type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { PublishTarget } from '../domain/project.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { formatSource, type Source } from '../domain/source.ts';

/** The instance and group prefixes of GitLab only read: a push needs the exact prefix of a project (GitLab model, section 5). */
export const publishToReadOnlyPrefix: Cause = {
  code: 'NP116',
  slug: 'publish-to-read-only-prefix',
  title: 'the package would be published to the instance or group prefix, which only read',
  severity: 'error',
  needs: [],
  example: 'publish-to-read-only-prefix',
  weigh: ({ case: { publishing, result, target } }) =>
    publishing && result.kind === 'publish-refused' && target.prefix && target.prefix.kind !== 'project'
      ? { kind: 'confirmed', because: ['configuration'] }
      : ruledOut,
  state({ run, case: { target } }) {
    const { prefix, registry, dependency } = target;
    const own = run.project.publish.find(
      ({ name, source }) => name === dependency.name && source === dependency.source,
    );
    if (!prefix || !own) throw new Error('this cause needs a prefix and a package of the checkout');
    return statement(run, own, prefix, registry.source);
  },
  inspect(run) {
    return run.project.publish.flatMap((target) => {
      const prefix = target.registry === null ? null : prefixOf(target.registry);
      if (!prefix || prefix.kind === 'project') return [];
      return [
        {
          severity: 'warning' as const,
          packages: [`${target.name}@${target.version ?? '*'}`],
          statement: statement(run, target, prefix, target.source),
        },
      ];
    });
  },
};

function statement(run: RunFacts, target: PublishTarget, prefix: Prefix, named: Source): Statement {
  const { name, source } = target;
  const inManifest = named === source;
  const registry = projectRegistry(run, prefix);
  const key = keyFor(run, target);
  const isBun = run.client.client.name === 'bun';
  const folder = source.kind === 'file' ? dirname(source.path) : '.';
  return {
    title: `${name} would be published to the ${describePrefix(prefix)} prefix, which only reads`,
    seen: inManifest
      ? `${formatSource(source)} names ${prefixUrl(prefix)}`
      : `${formatSource(named)} maps the scope to ${prefixUrl(prefix)}${passedOver(target)}`,
    location: named.kind === 'file' ? named : source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `publish to the prefix of a project: ${registry}`,
      steps: isBun
        ? [
            `Bun publishes to the registry of the scope, whatever publishConfig says: map it to ${registry} in the job that publishes`,
          ]
        : [
            `set publishConfig["${key}"] in ${source.kind === 'file' ? source.path : 'package.json'} to ${registry}`,
            'the registry line of the scope stays as it is: it is right for installing',
          ],
      ...(isBun
        ? {}
        : {
            command: `npm pkg set${folder === '.' ? '' : ` --workspace=${folder}`} "${settingPath(key)}=${registry}"`,
          }),
    },
  };
}

function passedOver({ registry, source }: PublishTarget): string {
  return registry !== null && source.kind === 'file'
    ? `, and this client takes that before ${source.key ?? 'publishConfig'}`
    : '';
}

/** The prefix of the job's own project where the server is the job's; else with a place for the number. */
function projectRegistry({ environment }: RunFacts, { apiUrl }: Prefix): string {
  const { consumer } = environment;
  const isJobs = environment.apiUrl !== null && sameOrigin(environment.apiUrl, apiUrl);
  const project = isJobs && consumer !== null ? routeName(consumer) : 'PROJECT_ID';
  return prefixUrl({ kind: 'project', apiUrl, project });
}

/** The path of a key of `publishConfig` for npm, which takes a dot for the end of a key outside of brackets (run for real: npm 10). */
function settingPath(key: string): string {
  return key.includes('.') ? `publishConfig[${key}]` : `publishConfig.${key}`;
}

/** The key of `publishConfig` that the client heeds: of a scope's own one Yarn knows nothing. */
function keyFor({ client }: RunFacts, { name }: PublishTarget): string {
  const scope = scopeOf(name);
  return scope === null || client.client.name.startsWith('yarn') ? 'registry' : `${scope}:registry`;
}
