/** What one of GitHub Packages' refusals says, by the rows of the table of answers (GitHub notes, section A2). */
export type RefusalClass =
  | 'no-token'
  | 'bad-token'
  | 'unsupported-kind'
  | 'missing-scope'
  | 'no-packages-permission'
  | 'no-access'
  | 'not-found'
  | 'owner-not-found'
  | 'other';

interface Refusal {
  kind: Exclude<RefusalClass, 'other'>;
  /** The status that the words were seen with; some were seen with two. */
  statuses: readonly number[];
  pattern: RegExp;
  /** The words as they were seen. `NAME` and `OWNER` stand for those of the package. */
  text: string;
  /** The row of the table, and the public repositories in whose reports the words were seen. */
  row: number;
  sources: readonly string[];
}

/**
 * GitHub Packages' own words, one row a meaning. None was measured on a live registry: each stands in a public report, whose repository is beside it.
 * The first pattern that fits decides.
 */
export const refusals: readonly Refusal[] = [
  {
    kind: 'no-token',
    row: 1,
    statuses: [401],
    pattern: /authentication token not provided/i,
    text: 'authentication token not provided',
    sources: ['WYRE-AI/ninjaone-mcp', 'IQSS/dataverse-frontend'],
  },
  {
    kind: 'bad-token',
    row: 2,
    statuses: [401],
    pattern: /cannot be authenticated with the token provided/i,
    text: 'unauthenticated: User cannot be authenticated with the token provided.',
    sources: ['ts4nfdi/terminology-service-suite', 'w3spi5/codepack', 'an article on qiita.com'],
  },
  {
    kind: 'unsupported-kind',
    row: 4,
    statuses: [401],
    pattern: /credential type is not supported for registry/i,
    text: 'This credential type is not supported for registry. Please use a Personal Access Token or GitHub Actions token instead.',
    sources: ['github/docs', 'dependabot/dependabot-core'],
  },
  {
    kind: 'missing-scope',
    row: 5,
    statuses: [401],
    pattern: /has not been granted the required scopes/i,
    text: "Your token has not been granted the required scopes to execute this query. Your token requires one of the following scopes: ['read:packages'].",
    sources: ['dxatscale/dxatscale-guide'],
  },
  {
    kind: 'missing-scope',
    row: 5,
    statuses: [403],
    pattern: /token provided does not match expected scopes/i,
    text: 'permission_denied: The token provided does not match expected scopes.',
    sources: ['algoan/nestjs-components'],
  },
  {
    kind: 'no-packages-permission',
    row: 6,
    statuses: [403],
    pattern: /installation not allowed to read organization package/i,
    text: 'Permission installation not allowed to Read organization package',
    sources: ['scality/core-ui', 'actions/create-github-app-token'],
  },
  {
    kind: 'no-access',
    row: 7,
    statuses: [403],
    pattern: /permission_denied: read_package/i,
    text: 'Permission permission_denied: read_package',
    sources: ['actions/setup-node', 'capire/xtravels', 'knicos/genai-somekone'],
  },
  {
    kind: 'owner-not-found',
    row: 10,
    statuses: [403],
    pattern: /not_found: owner not found/i,
    text: 'Permission not_found: owner not found',
    sources: ['provenance-io/provenance'],
  },
  {
    kind: 'not-found',
    row: 9,
    statuses: [404],
    pattern: /does not exist under owner/i,
    text: 'npm package "NAME" does not exist under owner "OWNER"',
    sources: ['google-gemini/gemini-cli', '4teamwork/cypress-drag-drop'],
  },
];

/** The class of a refusal's text; `other` for words that are not in the table, and for none. */
export function classifyRefusal(text: string | null): RefusalClass {
  return (text !== null && refusals.find(({ pattern }) => pattern.test(text))?.kind) || 'other';
}

/** The words of a class with a status, with the package's own names in them. */
export function refusalText(
  kind: Exclude<RefusalClass, 'other'>,
  status: number,
  { name = '', owner = '' }: { name?: string; owner?: string } = {},
): string {
  const found = refusals.find((one) => one.kind === kind && one.statuses.includes(status));
  return (found?.text ?? '').replace('NAME', () => name).replace('OWNER', () => owner);
}
