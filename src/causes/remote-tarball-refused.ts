import { type Cause, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { addLine, configFile } from './parts/add-line.ts';

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
  state(clues) {
    const { client } = clues.run.client;
    const { result, target } = clues.case;
    const tarball = target.tarball?.url ?? target.dependency.locked?.tarball ?? '';
    const prefix = prefixOf(tarball);
    const scope = scopeOf(target.dependency.name);
    return {
      title: `${client.name} ${client.version} refuses the tarball of ${target.dependency.name}: it lies outside the registry's path`,
      seen: result.kind === 'refused-by-client' ? `${result.stop.code}: ${result.stop.message}` : null,
      location:
        result.kind === 'refused-by-client' && result.stop.source.kind === 'file'
          ? result.stop.source
          : target.registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'allow remote tarballs, or use the project prefix',
        steps: [
          `add the line to ${configFile(clues.run)} (or set NPM_CONFIG_ALLOW_REMOTE=all in the job)`,
          ...(prefix && scope
            ? [
                `or map ${scope} to the prefix of its project, where all of its packages live there: ${prefixUrl(prefix)}`,
              ]
            : []),
        ],
        edit: addLine(clues.run, 'allow-remote=all'),
      },
    };
  },
};
