import { type Cause, type Clues, type RunFacts, ruledOut } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import type { Setting } from '../domain/setting.ts';
import { formatSource } from '../domain/source.ts';
import { addLine, changeLine, configFile } from './parts/add-line.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { refusedKinds } from './parts/refused-kinds.ts';

/**
 * npm 12 takes tarballs only from below the registry's own path; the instance and group prefixes name tarballs of the project
 * prefix (measured: clients.md x01, x02, x05-x11).
 */
export const remoteTarballRefused: Cause = {
  code: 'NP117',
  slug: 'remote-tarball-refused',
  title: 'npm 12 refuses tarballs outside the path of the registry',
  severity: 'error',
  needs: [],
  example: 'remote-tarball-refused',
  weigh: ({ case: { result } }) =>
    result.kind === 'refused-by-client' && result.stop.code === 'EALLOWREMOTE'
      ? { kind: 'confirmed', because: ['configuration'] }
      : ruledOut,
  inspect: refusedKinds,
  state(clues) {
    const { client } = clues.run.client;
    const { result, target } = clues.case;
    const tarball = target.tarball?.url ?? target.dependency.locked?.tarball ?? '';
    const prefix = prefixOf(tarball);
    const scope = scopeOf(target.dependency.name);
    const set = clues.run.client.settings.findLast(({ key, inEffect }) => key === 'allow-remote' && inEffect);
    return {
      title: `${client.name} ${client.version} refuses the tarball of ${target.dependency.name}: it lies outside the registry's path`,
      seen: result.kind === 'refused-by-client' ? `${result.stop.code}: ${result.stop.message}` : null,
      location:
        result.kind === 'refused-by-client' && result.stop.source.kind === 'file'
          ? result.stop.source
          : target.registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `allow remote tarballs, or ${prefix && scope ? 'use the project prefix' : 'let a registry line lead where they lie'}`,
        steps: [
          stepFor(clues.run, set),
          ...againStep(clues, tarball),
          ...(prefix && scope
            ? [
                `or map ${scope} to the prefix of its project, where all of its packages live there: ${prefixUrl(prefix)}`,
              ]
            : [
                `or, where the package lies elsewhere too: delete ${clues.run.project.lockfile?.path ?? 'the lockfile'}, install where no such registry is configured, and commit the lockfile`,
              ]),
        ],
        ...(set?.source.kind === 'env'
          ? {}
          : {
              edit: set
                ? changeLine(clues.run, set.source, `${set.key}=${set.written}`, 'allow-remote=all')
                : addLine(clues.run, 'allow-remote=all'),
            }),
      },
    };
  },
};

/** The lockfile leads to another server than the registry line of the scope: it may have been made before that. */
function againStep(clues: Clues, tarball: string): readonly string[] {
  const { registry, dependency } = clues.case.target;
  const { locked } = dependency;
  if (registry.url === null || registryReach(registry) !== 'scope' || !locked?.tarball) return [];
  if (sameOrigin(registry.url, tarball)) return [];
  return [
    `or, where ${new URL(registry.url).host} holds it today: lock it again from there, ${lockfileCommand(clues, locked.version)}`,
  ];
}

/** Where it is set already, a line in a weaker place would do nothing (measured: clients.md section 5). */
function stepFor(run: RunFacts, set: Setting | undefined): string {
  if (set?.source.kind === 'env')
    return `the variable ${set.source.name} says ${set.written} and wins over every file: set it to all, or take it out`;
  return set
    ? `${formatSource(set.source)} says ${set.written}: change it there (or set NPM_CONFIG_ALLOW_REMOTE=all in the job)`
    : `add the line to ${configFile(run)} (or set NPM_CONFIG_ALLOW_REMOTE=all in the job)`;
}
