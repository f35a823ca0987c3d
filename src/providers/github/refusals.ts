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
}

/**
 * GitHub Packages' own words, one entry a meaning. None was measured on a live registry: each stands in public reports. Above it are the row of the table
 * of answers and the repositories of the reports.
 * The first pattern that fits decides.
 */
export const refusals: readonly Refusal[] = [
  // row 1: WYRE-AI/ninjaone-mcp, IQSS/dataverse-frontend
  {
    kind: 'no-token',
    statuses: [401],
    pattern: /authentication token not provided/i,
    text: 'authentication token not provided',
  },
  // row 2: ts4nfdi/terminology-service-suite, w3spi5/codepack, an article on qiita.com
  {
    kind: 'bad-token',
    statuses: [401],
    pattern: /cannot be authenticated with the token provided/i,
    text: 'unauthenticated: User cannot be authenticated with the token provided.',
  },
  // row 4: github/docs, dependabot/dependabot-core
  {
    kind: 'unsupported-kind',
    statuses: [401],
    pattern: /credential type is not supported for registry/i,
    text: 'This credential type is not supported for registry. Please use a Personal Access Token or GitHub Actions token instead.',
  },
  // row 5: dxatscale/dxatscale-guide
  {
    kind: 'missing-scope',
    statuses: [401],
    pattern: /has not been granted the required scopes/i,
    text: "Your token has not been granted the required scopes to execute this query. Your token requires one of the following scopes: ['read:packages'].",
  },
  // row 5: algoan/nestjs-components
  {
    kind: 'missing-scope',
    statuses: [403],
    pattern: /token provided does not match expected scopes/i,
    text: 'permission_denied: The token provided does not match expected scopes.',
  },
  // row 6: scality/core-ui, actions/create-github-app-token
  {
    kind: 'no-packages-permission',
    statuses: [403],
    pattern: /installation not allowed to read organization package/i,
    text: 'Permission installation not allowed to Read organization package',
  },
  // row 7: actions/setup-node, capire/xtravels, knicos/genai-somekone
  {
    kind: 'no-access',
    statuses: [403],
    pattern: /permission_denied: read_package/i,
    text: 'Permission permission_denied: read_package',
  },
  // row 10: provenance-io/provenance
  {
    kind: 'owner-not-found',
    statuses: [403],
    pattern: /not_found: owner not found/i,
    text: 'Permission not_found: owner not found',
  },
  // row 9: google-gemini/gemini-cli, 4teamwork/cypress-drag-drop
  {
    kind: 'not-found',
    statuses: [404],
    pattern: /does not exist under owner/i,
    text: 'npm package "NAME" does not exist under owner "OWNER"',
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
