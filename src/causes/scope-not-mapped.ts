import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { scopeInOtherCase } from '../domain/scope-case.ts';
import type { Setting } from '../domain/setting.ts';
import { formatSource, sameSource } from '../domain/source.ts';
import { addLine, changeRegistry, configFile, fileIsNotThere } from './parts/add-line.ts';
import { asksDefaultRegistry, isMirror } from './parts/asks-default-registry.ts';
import { credentialLines, plannedRegistry, tokenSteps } from './parts/config-lines.ts';
import { onlyUnmapped } from './parts/only-unmapped.ts';
import { writesAnew } from './parts/pass-token.ts';
import { projectRegistry, publishTo } from './parts/publish-place.ts';

/** No registry line for a private scope: the client asks the public npm registry (measured: clients.md section 1, cells P). */
export const scopeNotMapped: Cause = {
  code: 'NP101',
  slug: 'scope-not-mapped',
  title: 'no registry line for a private scope: the client asks the public npm registry',
  severity: 'error',
  needs: [],
  example: 'scope-not-mapped',
  hides: ['auth-key-missing', 'auth-key-mismatch', 'package-not-found', 'token-rejected'],
  weigh(clues) {
    const because = ['configuration'];
    if (clues.case.result.kind === 'asks-public-registry' || onlyUnmapped(clues) !== null)
      return { kind: 'confirmed', because };
    if (!asksDefaultRegistry(clues)) return ruledOut;
    return isMirror(clues)
      ? { kind: 'confirmed', because }
      : { kind: 'possible', because, decidedBy: 'where the packages of the scope are published' };
  },
  state(clues) {
    const { name } = clues.case.target.dependency;
    const scope = scopeOf(name);
    const { writing } = clues.run.client;
    const key = scope ? `${scope}:registry` : 'registry';
    const registry = meantRegistry(clues);
    const keyed = registry !== null && lacksKey(clues, registry) ? registry : null;
    const { client } = clues.run.client;
    const cased = scope && scopeInOtherCase(clues.run.client, scope);
    if (clues.case.publishing) return publishedToPublic(clues);
    if (scope && cased) return otherCase(clues, scope, cased);
    const alone = scope && scopeAlone(clues, scope);
    if (scope && alone) return withoutField(clues, scope, alone);
    if (scope && registryReach(clues.case.target.registry) === 'scope') return mappedToPublic(clues, scope);
    if (scope && registryReach(clues.run.client.registryFor(name)) === 'scope') return passedOver(clues);
    return {
      title: `no registry line for ${scope ?? name}: ${consequence(clues)}`,
      seen: `none of the files that ${client.name} ${client.version} reads here ${writing.file === '.npmrc' ? `has ${key}` : `maps ${scope ?? 'unscoped packages'}`}`,
      location: null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `map ${scope ?? name} to its registry`,
        steps: [
          ...(registry === null
            ? unknownRegistry(clues, scope)
            : [
                `add the ${keyed === null ? 'line' : 'lines'} to ${configFile(clues.run)}${keyed === null ? '' : ', with the key of the registry'}`,
                ...(keyed === null ? [] : tokenSteps(clues, keyed)),
              ]),
          ...fileIsNotThere(clues.run),
          ...unpassedToken(clues),
          ...(clues.run.command === 'verify'
            ? [
                `or let the job call npmrc-preflight without \`verify\`: it then writes ${keyed === null ? 'the line' : 'the lines'} itself`,
              ]
            : []),
        ],
        ...(registry ? { edit: addLine(clues.run, linesFor(clues, registry, keyed !== null)) } : {}),
      },
    };
  },
};

/** What the client does for want of the line. */
function consequence(clues: Clues): string {
  const { name } = clues.run.client.client;
  const locked = onlyUnmapped(clues);
  if (locked !== null) return `${name} sends ${locked} the token of a mapped scope only`;
  return `${name} asks ${asksDefaultRegistry(clues) ? `the default registry ${clues.case.target.registry.url}` : 'the public npm registry'}`;
}

/** Where the packages of the scope are: by the plan, else by the lockfile. */
function meantRegistry(clues: Clues): string | null {
  return plannedRegistry(clues.run, clues.case.target.dependency.name) ?? onlyUnmapped(clues);
}

/** Nothing says where a package of the checkout is published, and the public registry gets no credential. */
function publishedToPublic({ run, case: { target } }: Clues): Statement {
  const { dependency } = target;
  const { client, writing } = run.client;
  const { apiUrl } = run.environment;
  const own = run.project.publish.find(({ name }) => name === dependency.name);
  const registry = apiUrl === null ? null : projectRegistry(run, { apiUrl });
  return {
    title: `nothing says where ${dependency.name} is published: ${client.name} takes the public npm registry, for which it has no credential`,
    seen: `neither publishConfig nor ${writing.file} names a registry for it`,
    location: dependency.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `name the registry that takes it${registry === null ? '' : `: ${registry}`}`,
      ...(own && registry !== null
        ? publishTo(run, own, registry)
        : { steps: ['set publishConfig.registry in its package.json'] }),
    },
  };
}

/** Whether no credential that the client has would go to a registry that nothing maps yet. */
function lacksKey({ run: { client, environment }, case: { target } }: Clues, registry: string): boolean {
  if (githubRegistryOf(registry, environment)) return false;
  const { name } = target.dependency;
  return client.credentialFor(client.metadataUrl(registry, name), registry).kind === 'none';
}

/** The line that maps the scope, in a file of nested settings as a part of those of its credential. */
function linesFor(clues: Clues, registry: string, withKey: boolean): string {
  const { writing } = clues.run.client;
  const mapping = writing.registry(scopeOf(clues.case.target.dependency.name), registry);
  if (!withKey) return mapping;
  const credential = credentialLines(clues, registry);
  return writing.file === '.npmrc' ? `${mapping}\n${credential}` : credential;
}

/** A line maps the scope, to the public registry, and something else says that its packages are private. */
function mappedToPublic(clues: Clues, scope: string): Statement {
  const {
    run,
    case: { target },
  } = clues;
  const { client, settings } = run.client;
  const locked = onlyUnmapped(clues);
  const { registry, dependency } = target;
  const { key, source } = registry;
  const written = settings.find((one) => one.key === key && sameSource(one.source, source))?.written ?? null;
  const planned = meantRegistry(clues);
  return {
    title: `${formatSource(source)} maps ${scope} to the public npm registry, so that ${locked === null ? `${client.name} asks there` : `${client.name} sends ${locked} no token`}`,
    seen: written === null ? null : `${formatSource(source)} has ${key} with the value ${written}`,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `map ${scope} to the registry that holds ${dependency.name}`,
      steps: [
        `change the line in ${formatSource(source)}`,
        `where ${dependency.name} is a public package after all: leave ${scope} out of the input scopes, and let neither a lockfile nor publishConfig nor another file name a private registry for it`,
      ],
      ...(planned === null
        ? {}
        : { edit: changeRegistry(run, { url: written, source, key }, scope, planned) }),
    },
  };
}

/** The line is there, and this client does not go by it for what the manifest asks (pnpm 11 and later, `npm:` without a name). */
function passedOver({ case: { target }, run }: Clues): Statement {
  const { name, requested, source } = target.dependency;
  const { client } = run.client;
  const range = requested.replace(/^npm:/i, '');
  return {
    title: `"${requested}" names no package: ${client.name} asks the default registry for ${name}, whatever the line of its scope says`,
    seen: `"${name}": "${requested}"`,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `write "${range}", or "npm:${name}@${range}"`,
      steps: [
        `${client.name} ${client.version} looks for the scope in what stands behind npm:, and there is none`,
      ],
    },
  };
}

/** Nothing tells where the scope lives, so a person says it: in the project's own file, which may map scopes for every client, or here. */
function unknownRegistry({ run }: Clues, scope: string | null): readonly string[] {
  const { writing } = run.client;
  const { github } = run.environment;
  if (scope === null || !writesAnew(run)) return [`add the line to ${configFile(run)}`];
  const known = github?.registries ?? [];
  const places = known.length > 0 ? known : ['https://npm.example.com/'];
  return [
    `add the line to ${writing.file} of the project: ${places.map((url) => writing.registry(scope, url).replace(/\n\s*/g, ' ')).join('  or  ')}${known.length > 1 ? ', by whether the server has subdomain isolation' : ''}`,
    `or name it in the input registries: ${scope}=URL, with token=NAME behind it where the token is one of its own`,
  ];
}

/** A line that sets the scope itself to an address, which no client looks up (user reports). */
function scopeAlone({ run }: Clues, scope: string): Setting | null {
  return (
    run.client.settings.findLast(({ key, written }) => key === scope && /^https?:/i.test(written)) ?? null
  );
}

function withoutField(clues: Clues, scope: string, { key, written, source }: Setting): Statement {
  const { client } = clues.run.client;
  return {
    title: `no registry line for ${scope}: ${formatSource(source)} sets ${key}, which ${client.name} does not look up`,
    seen: `${formatSource(source)} has ${key}=${written}`,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `let the key be ${scope}:registry`,
      steps: [`change the line in ${formatSource(source)}`],
      edit: changeRegistry(clues.run, { url: written, source, key }, scope, written),
    },
  };
}

function otherCase(clues: Clues, scope: string, { key, written, source }: Setting): Statement {
  const { client } = clues.run.client;
  return {
    title: `no registry line for ${scope}: ${client.name} compares scopes letter by letter, and the line is for ${key.replace(/:registry$/, '')}`,
    seen: `${formatSource(source)} has ${key}`,
    location: source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `write the scope as the package has it: ${scope}`,
      steps: ['names of packages are in lower case, and so are their scopes'],
      edit: changeRegistry(clues.run, { url: written, source, key }, scope, written),
    },
  };
}

/** In a workflow this program maps the scopes of GitHub's registry itself, once it has a token to write for them. */
function unpassedToken({ run }: Clues): readonly string[] {
  const { github } = run.environment;
  if (run.environment.action) return [];
  return github && github.credential.secret === null && run.command === 'run'
    ? [
        `where GitHub's own registry holds it, pass the token to this step, and the line is written: env: ${github.credential.variable}: ${'${{ github.token }}'}`,
      ]
    : [];
}
