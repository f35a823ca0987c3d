import type { ConfigProblem } from '../../domain/client.ts';
import { printableText } from '../npmrc/printable-line.ts';
import type { BunRules } from './bun-rules.ts';
import type { BunSettings } from './bun-settings.ts';
import type { StrayScope } from './bunfig-strays.ts';

/** The keys of the user's `.npmrc` that this version takes for none of the registries of the project's (user reports; run for real: Bun 1.1.30, 1.1.38, 1.1.39). */
export function keysOfOtherFile({ npmrc, files }: BunSettings, { keysByFile }: BunRules): ConfigProblem[] {
  const file = files.find(
    ({ path, role, state }) => role === 'user' && state === 'read' && /npmrc$/.test(path),
  );
  const own = [...npmrc.values()].filter(
    ({ key, layer }) => layer === 'user' && /^\/\/.*:_(?:authToken|auth|password)$/.test(key),
  );
  const isMapped = [...npmrc].some(
    ([key, { layer }]) => layer === 'project' && /^(?:@[^:]*:)?registry$/.test(key),
  );
  const [first] = own;
  if (!keysByFile || !file || !first || !isMapped) return [];
  return [
    {
      kind: 'ignored-file',
      file: {
        ...file,
        why: "before 1.1.39 Bun takes the keys of the user's file for the registries of that file alone",
      },
      partly: true,
      source: first.source,
      keys: own.map(({ key }) => printableText(key)),
      variables: new Map(
        own.flatMap(({ key, references: [only] }) =>
          only ? [[printableText(key), only.name] as const] : [],
        ),
      ),
    },
  ];
}

/** Entries whose name in `install.scopes` is more than a scope, and scopes elsewhere: nothing is looked up there (run for real: Bun 1.1.39 to 1.4.5). */
export function namesOfNoScope({ bunfigs }: BunSettings): ConfigProblem[] {
  return bunfigs.flatMap(({ file, bunfig: { scopes, strays, places } }) => {
    const named = [...scopes.values()].flatMap(({ path, url, token }): Nameless[] => {
      const scope = /^@?([\w.~-]+)(?::registry|\/.*)$/.exec(path.at(-1) ?? '')?.[1];
      const why = 'a scope stands alone in install.scopes, this one is never looked up';
      return scope === undefined
        ? []
        : [{ path, url, token, scope, why, step: `write "@${scope}" in its place` }];
    });
    return [...named, ...strays].map((one) => problemOf(one, file.shown, places.placeOf(one.path)));
  });
}

type Nameless = Omit<StrayScope, 'url'> & { url: string | null };

function problemOf(
  { path, scope, url, token, why, step }: Nameless,
  shown: string,
  place: { line: number; column: number },
): ConfigProblem {
  const address = url?.replace(/^https?:/i, '').replace(/\/?$/, '/');
  return {
    kind: 'malformed-line',
    source: { kind: 'file', path: shown, ...place },
    line: printableText(`"${path.at(-1) ?? ''}"`),
    corrected: null,
    why,
    step,
    ...(url === null ? {} : { registries: new Map([[`@${scope}`, printableText(url)]]) }),
    ...(token === null || address === undefined ? {} : { hides: [printableText(`${address}:_authToken`)] }),
  };
}
