import type { RemedyRequest } from '../domain/remedy.ts';

/**
 * The words of a curl command for a remedy's request, each with the blank that follows, quoted for a POSIX shell. The token is a
 * placeholder: whoever runs it puts in their own. The URL is the last word.
 */
export function requestCommand(request: RemedyRequest): readonly string[] {
  const data = Object.entries(request.data).map(([key, value]) => {
    const field = `${key}=${value}`;
    // Plain characters need no encoding; in everything else curl must encode the value, or `&` would start a new field.
    return /^[\w.,:@/=-]*$/.test(field) ? `--data ${quoted(field)} ` : `--data-urlencode ${quoted(field)} `;
  });
  return [
    'curl ',
    `--request ${request.method} `,
    '--header "PRIVATE-TOKEN: …" ',
    ...data,
    quoted(request.url),
  ];
}

/** A word that a POSIX shell reads as exactly this text. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
