import { causes } from '../causes/list.ts';
import { readPage } from '../pages.ts';
import { renderCauseList, renderCausePage } from '../render/explain.ts';

/** The list of causes, or the page of one by code or slug; `null` when there is no such cause. */
export function explain(
  asked: string | null,
  options: { color: boolean; width: number; program: string },
): string | null {
  if (asked === null) return renderCauseList(causes, options);
  const cause = causes.find(({ code, slug }) => code === asked || slug === asked);
  return cause ? renderCausePage(cause, readPage(cause.code) ?? '', options) : null;
}
