import type { Exchange } from './exchange.ts';
import { json, type Reply } from './reply.ts';

/** One page of a list with GitLab's headers for it (GitLab docs: offset-based pagination; at most a hundred items). */
export function pageOf(exchange: Exchange, items: readonly unknown[]): Reply {
  const perPage = Math.min(positive(exchange.query.get('per_page'), 20), 100);
  const page = positive(exchange.query.get('page'), 1);
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  return json(200, items.slice((page - 1) * perPage, page * perPage), {
    'x-page': String(page),
    'x-per-page': String(perPage),
    'x-next-page': page < pages ? String(page + 1) : '',
    'x-total': String(items.length),
    'x-total-pages': String(pages),
  });
}

function positive(text: string | null, otherwise: number): number {
  return /^[1-9]\d{0,6}$/.test(text ?? '') ? Number(text) : otherwise;
}
