import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { describePrefix, type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import { addLine, configFile, fileIsNotThere } from './parts/add-line.ts';
import { credentialLines, plannedRegistry, tarballLine, tokenSteps } from './parts/config-lines.ts';
import { emptyKey } from './parts/empty-key.ts';
import { seenLine } from './parts/seen.ts';
import { uncoveredRequest, uncoveredVerdict } from './parts/uncovered.ts';

/** The keys cover the metadata and not the project prefix of the tarball, by this client's matching rule (measured: clients.md section 1, cells T). */
export const tarballPrefixUncovered: Cause = {
  code: 'NP103',
  slug: 'tarball-prefix-uncovered',
  title: 'no credential key covers the tarball, by the matching rule of this client',
  severity: 'error',
  needs: ['tarball-with-token', 'job'],
  example: 'tarball-prefix-uncovered',
  weigh(clues) {
    const uncovered = uncoveredRequest(clues);
    if (uncovered?.request.kind !== 'tarball' || uncovered.mistyped || clues.github || emptyKey(clues))
      return ruledOut;
    return uncoveredVerdict(uncovered, clues);
  },
  state(clues) {
    const { client } = clues.run.client;
    const url = clues.case.target.tarball?.url ?? 'https://server.example/';
    const prefix = prefixOf(url);
    const scope = scopeOf(clues.case.target.dependency.name);
    const lines = mappingLines(clues, scope, prefix);
    return {
      title: `${client.name} ${client.version} sends no token to the tarball at ${prefix ? `the ${describePrefix(prefix)} prefix` : new URL(url).host}`,
      seen: seenLine(clues, 'configuration'),
      location: clues.case.target.dependency.locked?.source ?? clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: lines
          ? `map ${scope} here too, with its credential keys`
          : 'add a credential key that covers the tarball',
        steps: [
          `add the ${lines ? 'lines' : 'line'} to ${configFile(clues.run)}`,
          ...(lines ? [`no file here maps ${scope}: the lockfile alone leads to the tarball`] : []),
          ...tokenSteps(clues),
          ...fileIsNotThere(clues.run),
          ...(prefix && client.name !== 'yarn' && !lines
            ? ['one key for …/api/v4/projects/ covers the tarballs of every project of the server']
            : []),
        ],
        edit: addLine(clues.run, lines ?? tarballLine(clues, url)),
      },
    };
  },
};

/**
 * Where nothing maps the scope and no file of the project is there: its registry line with the keys. Yarn 1 sends the token of the package's registry, so that a key for the tarball
 * alone never helps it (measured: clients.md section 1).
 */
function mappingLines(clues: Clues, scope: string | null, prefix: Prefix | null): string | null {
  const { registry, dependency } = clues.case.target;
  const isNeeded = clues.run.client.client.name === 'yarn' || fileIsNotThere(clues.run).length > 0;
  if (scope === null || registryReach(registry) !== 'default' || !isNeeded) return null;
  const mapped = plannedRegistry(clues.run, dependency.name) ?? (prefix && prefixUrl(prefix));
  if (mapped === null) return null;
  const { file, registry: line } = clues.run.client.writing;
  return [...(file === '.npmrc' ? [line(scope, mapped)] : []), credentialLines(clues, mapped)].join('\n');
}
