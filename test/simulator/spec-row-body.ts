import type { SpecRow } from './spec-row.ts';
import { nameOf } from './spec-row-world.ts';

interface ErrorBody {
  message?: string;
  error?: string;
}

/** What is wrong with a body by what its row says of it, `null` when nothing is. */
export function bodyFault(row: SpecRow, response: Response, text: string): string | null {
  const [word = '', wanted = ''] = splitWord(row.facts.body ?? '');
  const right = check(word, wanted, row, response, text);
  return right ? null : `body is not ${row.facts.body}: ${text} ${response.headers.get('location') ?? ''}`;
}

function check(word: string, wanted: string, row: SpecRow, response: Response, text: string): boolean {
  switch (word) {
    case 'packument':
      return packument(text).name === nameOf(row) && packument(text).versions.length > 0;
    case 'versions':
      return packument(text).versions.join() === versions[wanted];
    case 'tags':
      return Object.keys(parsed(text)).toSorted().join() === 'latest,tag-one,tag-two';
    case 'location':
      return response.headers.get('location') === `http://public.example/${target(row)}`;
    case 'empty':
      return text === '';
    case 'empty-list':
      return text === '[]';
    case 'both-packages':
      return (JSON.parse(text) as unknown[]).length === 6;
    case 'tarball':
      return response.headers.get('content-type') === 'application/octet-stream';
    case 'error-key':
      return (parsed(text).error ?? '') !== '';
    case 'error':
      return parsed(text).error?.startsWith(wanted) ?? false;
    case 'error-one-of':
      return wanted.split('|').includes(parsed(text).error ?? '');
    case 'forbidden':
      return parsed(text).message === '403 Forbidden';
    case 'lacks-read-packages':
    case 'lacks-admin-packages':
      return (
        parsed(text).message === lacks(word === 'lacks-read-packages' ? 'read_packages' : 'admin_packages')
      );
    case 'scope-defaults':
      return text === '{"inbound_enabled":true,"outbound_enabled":false}';
    default:
      return true;
  }
}

const versions: Record<string, string> = {
  both: '1.0.0,1.1.0,1.2.0',
  first: '1.0.0,1.1.0',
  second: '1.2.0',
};

function lacks(policy: string): string {
  return `403 Forbidden - Insufficient permissions to access this resource in project my.project. The following token permission is required: ${policy}.`;
}

function target(row: SpecRow): string {
  return row.endpoint.startsWith('audit') ? `-/npm/v1/security/${row.facts.path}` : nameOf(row);
}

function packument(text: string): { name: string; versions: string[] } {
  const { name, versions } = JSON.parse(text) as { name: string; versions: Record<string, unknown> };
  return { name, versions: Object.keys(versions) };
}

function parsed(text: string): ErrorBody {
  return JSON.parse(text) as ErrorBody;
}

function splitWord(body: string): string[] {
  const mark = body.indexOf(':');
  return mark < 0 ? [body] : [body.slice(0, mark), body.slice(mark + 1)];
}
