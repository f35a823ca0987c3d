import type { ClientStop, ConfigProblem, RegistryChoice } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { publicHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { Setting } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { isMetadata } from '../npmrc/is-metadata.ts';
import { withoutCredentials } from '../npmrc/printable-line.ts';
import { userOf, withoutUser } from '../npmrc/url-user.ts';
import { publicByDefault } from '../public-by-default.ts';
import type { AuthRoute } from './pnpm-auth-setting.ts';
import { pnpmVariable } from './pnpm-environment.ts';
import { hasReference } from './pnpm-references.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';
import { keptRegistry, lookedUpAs } from './pnpm-urls.ts';
import { type DeclaredRegistry, noRegistries, yamlRegistries } from './pnpm-yaml-registries.ts';

/** The registries that pnpm at these rules asks. */
export interface PnpmRegistries {
  choose(packageName: string): RegistryChoice;
  /** The registries of scopes. */
  ofScopes: ReadonlyMap<string, RegistryChoice>;
  /** Why metadata of a registry is never asked; `null` when it is. */
  refusesUrl(url: string, registry?: string | null): ClientStop | null;
  /** What a registry's own URL sends with it (base64 of `user:password`), with the key that has it. */
  userOf(registry: string): { basic: string; key: string; source: Source } | null;
  /** The URL by which the credential for metadata of a registry is looked up, for a package of a scope. */
  lookedUpAs(registry: string, scope: string | null): string;
  /** Settings that YAML files make. */
  settings: readonly Setting[];
  problems: readonly ConfigProblem[];
  stop: ClientStop | null;
}

const jsrHost = ['npm', 'jsr', 'io'].join('.');

/**
 * pnpm's choice of registry, weakest first: rc files, `_auth` of the global `config.yaml`, its `registries`, those of pnpm-workspace.yaml,
 * `_auth` and `registry` of the environment (measured: n01-n12, p07-p09; @pnpm/config.reader getConfig/registries).
 */
export function pnpmRegistries(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): PnpmRegistries {
  const rc = fromRc(settings);
  const trusted = settings.layers.global
    ? yamlRegistries(settings.layers.global, true, world, rules)
    : noRegistries;
  const { workspace } = settings.layers;
  const project =
    workspace && rules.workspaceFile === 'settings'
      ? yamlRegistries(workspace, false, world, rules)
      : noRegistries;
  const yamlRoutes = settings.auth.yaml.routes.map(declaredBy);
  const envRoutes = settings.auth.env.routes.map(declaredBy);
  const order =
    rules.authRegistryYields === 'to-every-declaration'
      ? [yamlRoutes, rc, trusted.declared, project.declared, envRoutes]
      : rules.authRegistryYields === 'to-yaml'
        ? [rc, yamlRoutes, trusted.declared, project.declared, envRoutes]
        : [rc, trusted.declared, project.declared, yamlRoutes, envRoutes];
  const replaces = rules.yamlReplacesRegistries && project.declared.length > 0;
  const byScope = new Map<string | null, DeclaredRegistry>();
  for (const declared of replaces ? project.declared : order.flat()) byScope.set(declared.scope, declared);
  const variable = pnpmVariable(world, rules, 'registry');
  if (variable && URL.canParse(variable.value)) {
    const source: Source = { kind: 'env', name: variable.name };
    byScope.set(null, {
      scope: null,
      written: variable.value,
      open: variable.value,
      source,
      key: 'registry',
    });
  }
  const choices = new Map([...byScope].map(([scope, declared]) => [scope, choiceOf(declared, rules)]));
  const userless = new Set(
    [...byScope.values()].flatMap((declared) =>
      userOf(declared.written) ? [] : [choiceOf(declared, rules).url],
    ),
  );
  // a URL that one scope has with a user and another without: by the URL alone they can't be told apart
  const users = new Map(
    [...byScope.values()].flatMap((declared) => {
      const basic = userOf(declared.written);
      const url = choiceOf(declared, rules).url;
      return basic && url !== null && !userless.has(url)
        ? [[url, { basic, key: declared.key, source: declared.source }] as const]
        : [];
    }),
  );
  return {
    choose(packageName) {
      const scope = scopeOf(packageName);
      const own = scope === null ? undefined : choices.get(scope);
      if (!own && scope === '@jsr' && rules.unsetReference === 'empty') return jsr;
      return own ?? choices.get(null) ?? unset;
    },
    ofScopes: new Map(
      [...choices].flatMap(([scope, choice]) => (scope === null ? [] : [[scope, choice] as const])),
    ),
    userOf: (registry) => users.get(registry) ?? null,
    lookedUpAs(registry, scope) {
      const by = choices.has(scope) ? scope : null;
      const written = choices.get(by)?.url === registry ? byScope.get(by)?.written : undefined;
      return lookedUpAs(written ?? registry, withSlash(registry), rules);
    },
    refusesUrl(url, registry) {
      const user = registry ? users.get(registry) : undefined;
      return rules.reader === 'ini' && user && isMetadata(url, registry ?? null)
        ? userInUrl(user.key, user.source)
        : null;
    },
    settings: [...trusted.settings, ...project.settings],
    problems: [...trusted.problems, ...project.problems],
    stop: trusted.stop ?? project.stop ?? notAUrl([...byScope.values()], choices, rules),
  };
}

const unset = publicByDefault('pnpm');

const jsr: RegistryChoice = {
  url: `https://${jsrHost}/`,
  source: { kind: 'default', why: 'pnpm asks the registry of JSR for this scope' },
  key: null,
};

function fromRc({ effective }: PnpmSettings): readonly DeclaredRegistry[] {
  return [...effective.values()].flatMap(({ key, value, open, setting }) => {
    const scope = /^(@[^:]*):(?:.*:)?registry$/s.exec(key)?.[1];
    if (scope === undefined && key !== 'registry') return [];
    return [{ scope: scope ?? null, written: value, open, source: setting.source, key: setting.key }];
  });
}

function declaredBy({ scope, url, source }: AuthRoute): DeclaredRegistry {
  const own = scope === '@' ? null : scope;
  return { scope: own, written: url, open: url, source, key: own === null ? 'registry' : `${own}:registry` };
}

function choiceOf(declared: DeclaredRegistry, rules: PnpmRules): RegistryChoice {
  const url = keptRegistry(withoutCredentials(withoutUser(declared.open)), rules);
  return { url: isPublic(url) ? null : url, source: declared.source, key: declared.key };
}

/** For the default registry, and for one of pnpm-workspace.yaml that stays unexpanded (measured: n12); other scopes may never be asked. */
function notAUrl(
  declared: readonly DeclaredRegistry[],
  choices: ReadonlyMap<string | null, RegistryChoice>,
  rules: PnpmRules,
): ClientStop | null {
  for (const { scope, written, source, key } of declared) {
    const url = choices.get(scope)?.url ?? null;
    if (scope !== null && !hasReference(written)) continue;
    if (url !== null && !URL.canParse(url)) {
      return { code: 'ERR_INVALID_URL', message: `the registry of ${key} is no URL`, source };
    }
    if (rules.reader === 'ini' && userOf(written) !== null) return userInUrl(key, source);
  }
  return null;
}

/** pnpm 11 can't ask metadata of a registry whose URL names a user: its HTTP client takes no such URL (run for real: 11.28). */
function userInUrl(key: string, source: Source): ClientStop {
  const message = `pnpm 11 asks no URL with a user in it, as that of ${key}`;
  return { code: 'ERR_PNPM_META_FETCH_FAIL', message, source };
}

function isPublic(url: string): boolean {
  return URL.parse(url)?.hostname === publicHost;
}
