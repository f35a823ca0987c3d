import type { ScopePlan } from '../../domain/plan.ts';
import type { RcMap, RcPlace, RcValue } from './berry-value.ts';

/** A key of the outermost level with what it must come to: entries of a mapping, items of a list, or a text. */
export type WantedKey =
  | { key: string; kind: 'entries'; entries: ReadonlyMap<string, ReadonlyMap<string, string>> }
  | { key: string; kind: 'items'; items: readonly string[] }
  | { key: string; kind: 'text'; text: string };

/** A scope's registry whose texts are safe to write; `name` is the scope without its `@`, `spellings` the registry's URL without final slash. */
export interface BerryScope {
  name: string | null;
  registry: string;
  spellings: readonly string[];
  variable: string | null;
}

/**
 * The scopes that can be written: those whose texts can't break out of the grammar. `spelling` is how the configuration of today writes a scope's registry:
 * keys of `npmRegistries` must match it to the letter (measured: y05, y16b).
 */
export function writableScopes(
  plans: readonly ScopePlan[],
  spelling: (scope: string | null) => string,
): readonly BerryScope[] {
  return plans.flatMap((plan): BerryScope[] => {
    const registry = safeRegistry(plan.registry);
    const isSafe = plan.scope === null || /^@(?!__proto__$)[\w.~!*()-]+$/.test(plan.scope);
    if (registry === null || !isSafe) return [];
    const name = plan.scope?.slice(1) ?? null;
    const today = spelling(name);
    const own = registry.replace(/\/$/, '');
    const alike = /^[\x21-\x7e]+$/.test(today) && safeRegistry(today) === registry;
    const variable = plan.tokenVariable !== null && /^[A-Za-z]\w*$/.test(plan.tokenVariable);
    return [
      {
        name,
        registry,
        spellings: alike && today !== own ? [own, today] : [own],
        variable: variable ? plan.tokenVariable : null,
      },
    ];
  });
}

/**
 * What a file must say beside its own: the registries in `npmScopes`, the tokens in `npmRegistries`, where every version finds them whatever the
 * project's `npmScopes` say (measured: y12, y12b); http hosts (y03) and packages without times (yq3) let through. `own` are the settings of the file;
 * what they say already is left out.
 */
export function wantedKeys(
  scopes: readonly BerryScope[],
  own: RcMap,
  takes: { preapprovals: boolean; allows: (hostname: string) => boolean },
): readonly WantedKey[] {
  const variables = new Map<string, Set<string>>();
  for (const { spellings, variable } of scopes) {
    for (const url of variable === null ? [] : spellings)
      variables.set(url, (variables.get(url) ?? new Set()).add(variable ?? ''));
  }
  const isShared = ({ spellings }: BerryScope) =>
    spellings.some((url) => (variables.get(url)?.size ?? 0) > 1);
  const groups = new Map<string, ReadonlyMap<string, string>>();
  const tokens = new Map<string, Map<string, string>>();
  for (const scope of scopes) {
    const { name, registry, spellings, variable } = scope;
    const token = variable === null ? null : `\${${variable}-}`;
    const inScope = name !== null && token !== null && isShared(scope);
    if (name !== null) {
      const fields = scopeFields(groupOf(own, 'npmScopes', name), registry, inScope ? token : null);
      if (fields) groups.set(name, fields);
    }
    if (token === null || inScope) continue;
    for (const url of spellings) {
      const fields = tokens.get(url) ?? otherFields(groupOf(own, 'npmRegistries', url));
      fields.set('npmAuthToken', token);
      if (name === null) fields.set('npmAlwaysAuth', 'true');
      tokens.set(url, fields);
    }
  }
  const hosts = scopes
    .filter(({ registry }) => registry.startsWith('http:'))
    .map(({ registry }) => new URL(registry).hostname);
  const general = scopes.find(({ name }) => name === null)?.registry;
  const before = own.entries.get('npmRegistryServer');
  const says = before?.kind === 'text' && withoutSlash(before.text) === withoutSlash(general ?? '');
  const patterns = scopes.map(({ name }) => (name === null ? '*' : `@${name}/*`));
  const approved = itemsOf(own.entries.get('npmPreapprovedPackages'));
  const all: readonly WantedKey[] = [
    ...(general === undefined || says
      ? []
      : [{ key: 'npmRegistryServer', kind: 'text', text: general } as const]),
    { key: 'npmScopes', kind: 'entries', entries: groups },
    { key: 'npmRegistries', kind: 'entries', entries: tokens },
    { key: 'unsafeHttpWhitelist', kind: 'items', items: unique(hosts.filter((host) => !takes.allows(host))) },
    {
      key: 'npmPreapprovedPackages',
      kind: 'items',
      items: takes.preapprovals ? unique(patterns.filter((pattern) => !approved.includes(pattern))) : [],
    },
  ];
  return all.filter(
    (one) => one.kind === 'text' || (one.kind === 'items' ? one.items.length > 0 : one.entries.size > 0),
  );
}

/** The items of a list as Yarn takes them: a text is split at its commas. */
export function itemsOf(value: RcValue | undefined): readonly string[] {
  if (value?.kind === 'text') return value.text.split(',');
  return value?.kind === 'list'
    ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []))
    : [];
}

/** What a key comes to: the file's own value with the wanted parts put in. `null` where the own value is of another kind. */
export function valueWith(own: RcValue | undefined, wanted: WantedKey, place: RcPlace): RcValue | null {
  const textAt = (text: string): RcValue => ({ kind: 'text', text, place });
  switch (wanted.kind) {
    case 'text':
      return textAt(wanted.text);
    case 'items': {
      if (own?.kind === 'map' || (own?.kind === 'list' && own.items.some(({ kind }) => kind !== 'text')))
        return null;
      return { kind: 'list', items: [...itemsOf(own), ...wanted.items].map(textAt), place };
    }
    case 'entries': {
      if (own !== undefined && own.kind !== 'map' && own.kind !== 'nothing') return null;
      const entries = new Map(own?.kind === 'map' ? own.entries : []);
      for (const [key, fields] of wanted.entries) {
        const texts = [...fields].map(([field, text]) => [field, textAt(text)] as const);
        entries.set(key, { kind: 'map', entries: new Map(texts), place });
      }
      return { kind: 'map', entries, place };
    }
  }
}

/** The fields of a scope, those of today but registry and credential with it; `null` when the file says it already. */
function scopeFields(
  today: RcMap | null,
  registry: string,
  token: string | null,
): ReadonlyMap<string, string> | null {
  const server = today?.entries.get('npmRegistryServer');
  const same = server?.kind === 'text' && withoutSlash(server.text) === withoutSlash(registry);
  const hasCredential = today?.entries.has('npmAuthToken') || today?.entries.has('npmAuthIdent');
  if (same && !hasCredential && token === null) return null;
  return new Map([
    ['npmRegistryServer', registry],
    ...(token === null ? [] : ([['npmAuthToken', token]] as const)),
    ...otherFields(today),
  ]);
}

/** The fields of a group that are neither registry nor credential. */
function otherFields(group: RcMap | null): Map<string, string> {
  const others = new Map<string, string>();
  for (const [field, value] of group?.entries ?? []) {
    if (value.kind === 'text' && !/^npm(?:RegistryServer|AuthToken|AuthIdent)$/.test(field))
      others.set(field, value.text);
  }
  return others;
}

function groupOf(own: RcMap, name: string, key: string): RcMap | null {
  const groups = own.entries.get(name);
  const group = groups?.kind === 'map' ? groups.entries.get(key) : undefined;
  return group?.kind === 'map' ? group : null;
}

/** An http(s) URL with its final slash, without user, query and fragment; `$` percent-encoded, which would start a reference. */
function safeRegistry(url: string): string | null {
  if (!URL.canParse(url) || /[\p{Cc}\s]/u.test(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || host === '') return null;
  const path = pathname.replaceAll('$', '%24').replaceAll('"', '%22').replaceAll('\\', '%5C');
  return `${protocol}//${host}${path.endsWith('/') ? path : `${path}/`}`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
