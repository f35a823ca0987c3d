import type { AccessAnswer } from '../domain/access-state.ts';
import { percentEncoded } from '../domain/percent-form.ts';
import { message } from '../providers/gitlab/access-messages.ts';

/** What goes back over the wire. A `null` body is an empty one. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer | string | null;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: text };
}

/** `to` may hold a name as it was asked for; a header takes ASCII only. */
export function redirect(status: number, to: string): Reply {
  const location = to.replace(/[^!-~]/gu, (character) => percentEncoded(character));
  return { status, headers: { location, 'content-type': 'text/plain' }, body: '' };
}

export const empty: Reply = { status: 204, headers: {}, body: null };

/** The answer to a path that is no route of the API. */
export const noRoute: Reply = json(404, { error: '404 Not Found' });

/** A route of a feature that the administrator switched off. */
export const switchedOff: Reply = json(404, { message: '404 Not Found' });

/**
 * A refusal as the API's routes put it: `message`, and on 404 of the npm routes `error` beside it (spec rows, section 6).
 * `text` is the refusal's message with the real names in it.
 */
export function refusal(answer: AccessAnswer, text: string, style: 'npm' | 'api'): Reply {
  if (text === message.insufficientScope) {
    return json(403, {
      error: text,
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api read_api',
    });
  }
  const reason = style === 'npm' && answer.status === 404 ? { error: sentence(text) } : {};
  return json(answer.status, { message: text, ...reason });
}

/** A 404 of the npm routes for something that is not in the model: `Package tag` gives `404 Package Tag Not Found`. */
export function notThere(what: string): Reply {
  const title = `${what} not found`.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return json(404, { message: `404 ${title}`, error: `${what} not found` });
}

/** A refusal of bad input: both `message` and `error` (spec rows, section 6). */
export function badRequest(reason: string): Reply {
  return json(400, { message: `400 Bad request - ${reason}`, error: reason });
}

/** `404 Package Tag Not Found` becomes `Package tag not found`. */
function sentence(text: string): string {
  const words = text.replace(/^\d+ /, '').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
