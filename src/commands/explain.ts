import { causes } from '../causes/list.ts';
import { nearest } from '../domain/nearest.ts';
import { renderCauseList, renderCausePage } from '../render/explain.ts';

/**
 * The list of causes, or the page of one by code or slug; `null` when there is no such cause. `pages` is the text of
 * `cause-pages.json` (Markdown by code), `null` where the bundle travels without it: then the page is one line.
 */
export function explain(
  asked: string | null,
  pages: string | null,
  options: { color: boolean; width: number; program: string },
): string | null {
  if (asked === null) return renderCauseList(causes, options);
  const cause = causes.find(({ code, slug }) => code === asked || slug === asked);
  if (!cause) return null;
  const body = pages === null ? null : pageOf(pages, cause.code);
  return renderCausePage(
    cause,
    body ?? `The page is docs/causes/${cause.code}.md of npmrc-preflight: only its bundle is here.\n`,
    options,
  );
}

/** The question whether a misspelt name stands for a cause, `null` when none is near. Codes are never guessed: all of them are near each other. */
export function likelyCause(asked: string): string | null {
  const near = nearest(
    asked,
    causes.map(({ slug }) => slug),
  );
  return near === null ? null : `did you mean ${near}?`;
}

function pageOf(pages: string, code: string): string | null {
  const parsed: unknown = JSON.parse(pages);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const page = (parsed as Record<string, unknown>)[code];
  return typeof page === 'string' ? page : null;
}
