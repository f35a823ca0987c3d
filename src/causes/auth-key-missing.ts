import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { registryReach } from '../domain/client.ts';
import { scopeOf } from '../domain/dependency.ts';
import type { Remedy } from '../domain/remedy.ts';
import type { Setting } from '../domain/setting.ts';
import { formatSource } from '../domain/source.ts';
import { unaskedCredentials } from '../domain/unasked-credentials.ts';
import { addLine, configFile, fileIsNotThere } from './parts/add-line.ts';
import { asksDefaultRegistry } from './parts/asks-default-registry.ts';
import {
  credentialLine,
  credentialLines,
  strangersStep,
  tokenSteps,
  tokenVariable,
} from './parts/config-lines.ts';
import { isKeptBack } from './parts/kept-back.ts';
import { toInstall } from './parts/needed-rights.ts';
import { keyedAtGitHub } from './parts/only-unmapped.ts';
import { writtenByRun } from './parts/pass-token.ts';
import { publishesWithout } from './parts/publishing.ts';
import { seenLine } from './parts/seen.ts';
import { isThere, variableFor } from './parts/token-of-server.ts';
import { asksForOne, uncoveredRequest, uncoveredVerdict } from './parts/uncovered.ts';

/** The registry is mapped and no credential key covers its URL (measured: clients.md section 1, cells M). */
export const authKeyMissing: Cause = {
  code: 'NP102',
  slug: 'auth-key-missing',
  title: 'the registry is mapped, but no credential key belongs to it',
  severity: 'error',
  needs: ['metadata-with-token', 'job', 'dist-tags'],
  example: 'auth-key-missing',
  inspect: (run) =>
    unaskedCredentials(run).flatMap(({ scope, registry, credential }) => {
      if (credential.kind !== 'none') return [];
      const variable = variableFor(run, registry.url, scope);
      const isGiven =
        isThere(run, variable) || run.plan.scopes.some(({ tokenVariable }) => tokenVariable === variable);
      return [
        {
          severity: 'warning' as const,
          packages: [],
          statement: {
            title: `no credential for ${scope ?? 'unscoped packages'}: no key matches ${registry.url}`,
            seen: null,
            location: registry.source,
            remedy: {
              who: 'whoever maintains this repository',
              summary: 'add the credential key of the registry',
              steps: [
                `add the line to ${configFile(run)}; a registry that is open to everybody needs none`,
                ...(isGiven ? [] : [strangersStep(run, variable, toInstall)]),
              ],
              edit: addLine(run, run.client.writing.credential(scope, registry.url, variable)),
            },
          },
        },
      ];
    }),
  weigh(clues) {
    if (publishesWithout(clues)) return { kind: 'confirmed', because: ['configuration'] };
    const uncovered = uncoveredRequest(clues);
    const expected = clues.github ? ['metadata', 'tarball'] : ['metadata'];
    if (!uncovered || !expected.includes(uncovered.request.kind) || uncovered.mistyped || isKeptBack(clues))
      return ruledOut;
    if (keyedAtGitHub(clues) !== null) return ruledOut;
    const because = ['metadata'];
    if (asksDefaultRegistry(clues))
      return { kind: 'possible', because, decidedBy: 'where the packages of the scope are published' };
    if (asksForOne(uncovered.request) && uncovered.token !== 'refused') return { kind: 'confirmed', because };
    return uncoveredVerdict(uncovered, clues);
  },
  state(clues) {
    const { registry } = clues.case.target;
    const url =
      clues.github?.registry.url ??
      registry.url ??
      clues.case.target.metadata?.url ??
      'https://server.example/';
    const { name } = clues.run.client.client;
    // These two look a tarball's own address up, which GitLab has at the project prefix (measured: k01).
    const lines = clues.github
      ? githubLines(clues, url)
      : name === 'pnpm' || name === 'yarn'
        ? credentialLines(clues, url)
        : credentialLine(clues, url);
    const written = writtenByRun(clues, url) ?? alwaysAuth(clues, url);
    const several = lines.includes('\n') && clues.run.client.writing.file === '.npmrc';
    const what = clues.github && several ? 'registry line and the credential key' : null;
    return {
      title: titleOf(clues, url),
      seen: publishesWithout(clues)
        ? `the push of ${clues.case.target.dependency.name} would carry no credential`
        : seenLine(clues, 'configuration'),
      location: registry.source,
      remedy: written ?? {
        who: 'whoever maintains this repository',
        summary: `add the ${what ?? `credential ${several ? 'keys of the registry and of its tarballs' : 'key of the registry'}`}`,
        steps: [
          `add the ${several ? 'lines' : 'line'} to ${configFile(clues.run)}; \${${tokenVariable(clues)}} in ${several ? 'them' : 'it'} is a reference, the token itself stays out of files`,
          ...tokenSteps(clues),
          ...fileIsNotThere(clues.run),
        ],
        edit: addLine(clues.run, lines),
      },
    };
  },
};

/** GitHub serves tarballs below the registry's own address. Where only the lockfile leads there, the scope is mapped too. */
function githubLines(clues: Clues, url: string): string {
  const { registry, dependency } = clues.case.target;
  const { file, registry: line } = clues.run.client.writing;
  const scope = scopeOf(dependency.name);
  const mapping =
    file === '.npmrc' && scope !== null && registryReach(registry) !== 'scope' ? [line(scope, url)] : [];
  return [...mapping, credentialLine(clues, url)].join('\n');
}

/** Both Yarns send nothing for unscoped packages unless they are told to (measured: a05, a16, y08). */
function titleOf({ run: { client }, case: { target } }: Clues, url: string): string {
  const { name } = target.dependency;
  const scope = scopeOf(name);
  const always = { yarn: 'always-auth', 'yarn-berry': 'npmAlwaysAuth' }[String(client.client.name)];
  const isSet = client.settings.some(
    ({ key, value, inEffect }) =>
      inEffect && /(?:^|:)always-auth$|(?:^|\.)npmAlwaysAuth$/.test(key) && String(value) === 'true',
  );
  const beside = scope === null ? berryKey(client.settings, url) : null;
  if (beside)
    return `no credential for ${name}: ${client.client.name} sends that of ${formatSource(beside.source)} for unscoped packages only with npmAlwaysAuth beside it`;
  return scope === null && always !== undefined && !isSet
    ? `no credential for ${name}: ${client.client.name} sends one for unscoped packages only with ${always}`
    : `no credential for ${scope ?? name}: no key matches ${url}`;
}

/** The line that lets Yarn 2+ send the credential of its default registry for unscoped packages too, where one is there (measured: y08). */
function alwaysAuth({ run, case: { target } }: Clues, url: string): Remedy | null {
  const { client, settings } = run.client;
  if (client.name !== 'yarn-berry' || scopeOf(target.dependency.name) !== null) return null;
  if (registryReach(target.registry) !== 'all' || target.registry.url !== url) return null;
  const held = settings.findLast(({ key, inEffect }) => inEffect && /^npmAuth(?:Token|Ident)$/.test(key));
  if (!held || settings.some(({ key }) => key === 'npmAlwaysAuth')) return null;
  return {
    who: 'whoever maintains this repository',
    summary: `let ${client.name} send the credential of ${formatSource(held.source)} for unscoped packages too`,
    steps: [`add the line to ${configFile(run)}`],
    edit: addLine(run, 'npmAlwaysAuth: true'),
  };
}

/** The token of Yarn 2+ for the very registry, which was not sent. */
function berryKey(settings: readonly Setting[], url: string): Setting | null {
  const place = url.replace(/^https?:|\/$/g, '');
  return (
    settings.find(({ key }) => key.startsWith('npmRegistries[') && key.endsWith(`${place}"].npmAuthToken`)) ??
    null
  );
}
