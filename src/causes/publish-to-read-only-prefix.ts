import { type Cause, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import { describePrefix, type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { PublishTarget } from '../domain/project.ts';
import { formatSource, type Source } from '../domain/source.ts';
import { projectRegistry, publishTo } from './parts/publish-place.ts';

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
  const { steps, command } = publishTo(run, target, registry);
  return {
    title: `${name} would be published to the ${describePrefix(prefix)} prefix, which only reads`,
    seen: inManifest
      ? `${formatSource(source)} names ${prefixUrl(prefix)}`
      : `${formatSource(named)} maps the scope to ${prefixUrl(prefix)}${passedOver(target)}`,
    location: named.kind === 'file' ? named : source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `publish to the prefix of a project: ${registry}`,
      steps: [
        ...steps,
        ...(command ? ['the registry line of the scope stays as it is: it is right for installing'] : []),
      ],
      ...(command ? { command } : {}),
    },
  };
}

function passedOver({ registry, source }: PublishTarget): string {
  return registry !== null && source.kind === 'file'
    ? `, and this client takes that before ${source.key ?? 'publishConfig'}`
    : '';
}
