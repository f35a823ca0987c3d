import { shownReference } from './shown-url.ts';

const secretive =
  /^(set-cookie2?|cookie|authorization|proxy-authorization|private-token|job-token|deploy-token)$/;
const references = new Set(['location', 'content-location', 'refresh', 'link']);

/** An answer's headers without those that hold secrets; URLs in them lose user information and query (presigned links). */
export function reportableHeaders(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (secretive.test(name)) continue;
    kept[name] = references.has(name) ? withoutQueries(name, value) : value;
  }
  return kept;
}

function withoutQueries(name: string, value: string): string {
  if (name === 'link')
    return value.replace(/<([^>]*)>/g, (_, target: string) => `<${shownReference(target)}>`);
  return shownReference(value);
}
