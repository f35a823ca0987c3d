import { asTable, own } from './bunfig-types.ts';

/** A registry that bunfig.toml gives a scope where Bun does not look for one. */
export interface StrayScope {
  path: readonly string[];
  /** Without its `@`. */
  scope: string;
  url: string;
  token: string | null;
  why: string;
  step: string;
}

type Table = Readonly<Record<string, unknown>>;

const places: readonly (readonly string[])[] = [['scopes'], ['install', 'scope'], ['install', 'registries']];

/** Scopes of other tables than `install.scopes`, and those that say `registry` for `url` (run for real: Bun 1.2.15, 1.3.14, 1.4.5). */
export function strayScopes(root: Table): readonly StrayScope[] {
  const elsewhere = places.flatMap((place) =>
    Object.entries(tableAt(root, place)).flatMap(([name, value]) =>
      strayOf([...place, name], name, value, ['url', 'registry'], {
        why: 'Bun looks the registries of scopes up in install.scopes alone',
        step: 'let the table be [install.scopes]',
      }),
    ),
  );
  const misnamed = Object.entries(tableAt(root, ['install', 'scopes'])).flatMap(([name, value]) =>
    asTable(value) !== null && own(asTable(value), 'url') === undefined
      ? strayOf(['install', 'scopes', name], name, value, ['registry'], {
          why: 'Bun takes the address of a scope from url, this one goes to the default registry',
          step: 'write url in the place of registry',
        })
      : [],
  );
  return [...elsewhere, ...misnamed];
}

function strayOf(
  path: readonly string[],
  name: string,
  value: unknown,
  keys: readonly string[],
  words: Pick<StrayScope, 'why' | 'step'>,
): StrayScope[] {
  const table = asTable(value);
  const url = keys.map((key) => own(table, key)).find((text) => typeof text === 'string') ?? value;
  const scope = /^@?([\w.~-]+)$/.exec(name)?.[1];
  if (scope === undefined || typeof url !== 'string' || !/^https?:\/\//i.test(url)) return [];
  const token = own(table, 'token');
  return [{ path, scope, url, token: typeof token === 'string' ? token : null, ...words }];
}

function tableAt(root: Table, path: readonly string[]): Table {
  return path.reduce<Table | null>((table, key) => asTable(own(table, key)), root) ?? {};
}
