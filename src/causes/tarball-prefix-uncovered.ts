import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { describePrefix, type Prefix, prefixOf, prefixUrl } from '../domain/prefix.ts';
import { parsedUrl, sameOrigin } from '../domain/registry-key.ts';
import { addLine, configFile, fileIsNotThere } from './parts/add-line.ts';
import {
  credentialLine,
  credentialLines,
  fileSteps,
  plannedRegistry,
  tarballLine,
  tokenSteps,
} from './parts/config-lines.ts';
import { isKeptBack } from './parts/kept-back.ts';
import { type NamedElsewhere, namedElsewhere, ownAddressStep } from './parts/named-elsewhere.ts';
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
    if (uncovered?.request.kind !== 'tarball' || uncovered.mistyped || clues.github || isKeptBack(clues))
      return ruledOut;
    return uncoveredVerdict(uncovered, clues);
  },
  state(clues) {
    const { client } = clues.run.client;
    const url = clues.case.target.tarball?.url ?? 'https://server.example/';
    const prefix = prefixOf(url);
    const scope = scopeOf(clues.case.target.dependency.name);
    const alias = unscopedAlias(clues);
    if (alias !== null && scope !== null) return aliasStatement(clues, alias, scope);
    const named = namedElsewhere(clues);
    if (named && new URL(named.origin).hostname === parsedUrl(`https://${named.home}`)?.hostname)
      return otherOriginStatement(clues, named);
    const lines = mappingLines(clues, scope, prefix);
    const own = lines === null ? keyOfRegistry(clues) : null;
    const sent = lines || own ? null : sentOfRegistry(clues, url);
    const reader = lines || own ? null : readerOfMetadata(clues, url);
    const cover = lines ?? tarballLine(clues, url, sent?.variable ?? reader ?? undefined);
    // the registry's key may be the one that covers the tarball too
    const two = own !== null && own !== cover;
    return {
      title: `${client.name} ${client.version} sends no token to the tarball at ${prefix ? `the ${describePrefix(prefix)} prefix` : new URL(url).host}${prefix ? otherHost(clues, url) : ''}${own ? `, as it has none for the registry of ${scope}` : ''}`,
      seen: seenLine(clues, 'configuration'),
      location: clues.case.target.dependency.locked?.source ?? clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: lines
          ? `map ${scope} here too, with its credential keys`
          : own
            ? `add a credential key for the registry${two ? ', and one that covers the tarball' : ', which covers the tarball too'}`
            : 'add a credential key that covers the tarball',
        steps: [
          `add the ${lines || two ? 'lines' : 'line'} to ${configFile(clues.run)}`,
          ...(lines ? [`no file here maps ${scope}: the lockfile alone leads to the tarball`] : []),
          ...(two
            ? [
                `${client.name === 'bun' ? 'Bun' : 'Yarn 1'} sends a tarball the token of the registry that its scope is mapped to: without one there, a key for the tarball alone does nothing`,
              ]
            : []),
          ...(sent
            ? [
                `Yarn 1 then sends ${new URL(url).host} the credential of ${new URL(sent.home).host}, whatever the key holds: only where both take that one`,
              ]
            : reader !== null
              ? fileSteps(clues)
              : tokenSteps(clues, lines || own ? undefined : url)),
          ...fileIsNotThere(clues.run),
          ...(prefix && client.name !== 'yarn' && !lines && clues.run.client.writing.file === '.npmrc'
            ? ['one key for …/api/v4/projects/ covers the tarballs of every project of the server']
            : []),
        ],
        edit: addLine(clues.run, two ? `${own}\n${cover}` : cover),
      },
    };
  },
};

/** The server names its tarballs by another protocol or port than it is asked at, and no token goes along to there. */
function otherOriginStatement(clues: Clues, named: NamedElsewhere): Statement {
  const { client } = clues.run.client;
  const { home, origin } = named;
  return {
    title: `${client.name} ${client.version} sends no token to ${origin}, where ${home} says its tarballs are`,
    seen: seenLine(clues, 'configuration'),
    location: clues.case.target.registry.source,
    remedy: {
      who: `whoever runs ${home}`,
      summary: `let ${home} name its tarballs at the address that clients use`,
      steps: [ownAddressStep(clues, named)],
    },
  };
}

/** The host of a tarball that is not its registry's. */
function otherHost({ case: { target } }: Clues, url: string): string {
  const { url: registry } = target.registry;
  const isOther = registry !== null && !sameOrigin(registry, url);
  return isOther ? ` of ${new URL(url).host}, another host than its registry's` : '';
}

/**
 * The name without a scope under which Yarn 1 installs a locked package: it takes that one for the package's, and no registry with a token for it
 * (measured: clients.md section 4).
 */
function unscopedAlias({ run, case: { target } }: Clues): string | null {
  const { alias, locked } = target.dependency;
  const isYarn = run.client.client.name === 'yarn' && locked !== null;
  return isYarn && alias !== null && scopeOf(alias) === null ? alias : null;
}

function aliasStatement(clues: Clues, alias: string, scope: string): Statement {
  const { client } = clues.run.client;
  const { dependency } = clues.case.target;
  return {
    title: `${client.name} ${client.version} sends no token to the tarball of ${alias}, an alias without the scope ${scope}`,
    seen: seenLine(clues, 'configuration'),
    location: dependency.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `install ${dependency.name} under a name with its scope, like ${scope}/${alias}`,
      steps: [
        'Yarn 1 picks the token of a locked package by the name that it is installed under: a name without a scope belongs to the default registry, and no key for the tarball helps it',
        `in package.json: "${scope}/${alias}" in place of "${alias}", and the same where it is imported; then lock it again`,
      ],
    },
  };
}

/** Yarn 1, and Bun before 1.4, send a tarball the token of the package's registry and no other (measured: clients.md section 1). */
function takesTokenOfRegistry({ run }: Clues): boolean {
  return ['yarn', 'bun'].includes(run.client.client.name);
}

/** The variable whose token read the metadata on the server of the tarball, where the job's own is not known to open that. */
function readerOfMetadata(clues: Clues, url: string): string | null {
  const { metadata } = clues.case.target;
  if (uncoveredRequest(clues)?.token === 'proven' || !metadata || !sameOrigin(metadata.url, url)) return null;
  return metadata.credential.kind === 'token' ? metadata.credential.variable : null;
}

/** The credential of the registry that Yarn 1 sends to the tarball's host as soon as some key stands for that (measured: clients.md section 1). */
function sentOfRegistry(
  { run, case: { target } }: Clues,
  url: string,
): { home: string; variable: string | null } | null {
  const { registry, metadata } = target;
  const held = metadata?.credential;
  if (run.client.client.name !== 'yarn' || held?.kind !== 'token' || registry.url === null) return null;
  return sameOrigin(registry.url, url) ? null : { home: registry.url, variable: held.variable };
}

/** The key of the mapped registry, where such a client has none for it. */
function keyOfRegistry(clues: Clues): string | null {
  const { client } = clues.run;
  const { registry, metadata } = clues.case.target;
  const { url } = registry;
  if (!takesTokenOfRegistry(clues) || url === null || metadata?.credential.kind === 'token') return null;
  return client.credentialFor(url, url).kind === 'none' ? credentialLine(clues, url) : null;
}

/**
 * Where nothing maps the scope and no file of the project is there: its registry line with the keys. To those that send the token of the package's registry a key for the tarball
 * alone is no help.
 */
function mappingLines(clues: Clues, scope: string | null, prefix: Prefix | null): string | null {
  const { registry, dependency } = clues.case.target;
  const isNeeded = takesTokenOfRegistry(clues) || fileIsNotThere(clues.run).length > 0;
  if (scope === null || registryReach(registry) !== 'default' || !isNeeded) return null;
  const mapped = plannedRegistry(clues.run, dependency.name) ?? (prefix && prefixUrl(prefix));
  if (mapped === null) return null;
  const { file, registry: line } = clues.run.client.writing;
  return [...(file === '.npmrc' ? [line(scope, mapped)] : []), credentialLines(clues, mapped)].join('\n');
}
