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
  /** Where they were seen. */
  sources: readonly string[];
}

/**
 * GitHub Packages' own words, one row a meaning. None was measured on a live registry: each stands in a public report, whose address is beside it.
 * The first pattern that fits decides.
 */
export const refusals: readonly Refusal[] = [
  {
    kind: 'no-token',
    statuses: [401],
    pattern: /authentication token not provided/i,
    text: 'authentication token not provided',
    sources: [
      'https://github.com/WYRE-AI/ninjaone-mcp/issues/33',
      'https://github.com/IQSS/dataverse-frontend/issues/152',
    ],
  },
  {
    kind: 'bad-token',
    statuses: [401],
    pattern: /cannot be authenticated with the token provided/i,
    text: 'unauthenticated: User cannot be authenticated with the token provided.',
    sources: [
      'https://github.com/ts4nfdi/terminology-service-suite/issues/8',
      'https://github.com/w3spi5/codepack/pull/28',
      'https://qiita.com/chan_jun/items/18ae78973aa21d31ea43',
    ],
  },
  {
    kind: 'unsupported-kind',
    statuses: [401],
    pattern: /credential type is not supported for registry/i,
    text: 'This credential type is not supported for registry. Please use a Personal Access Token or GitHub Actions token instead.',
    sources: [
      'https://github.com/github/docs/issues/9547',
      'https://github.com/dependabot/dependabot-core/issues/16258',
    ],
  },
  {
    kind: 'missing-scope',
    statuses: [401],
    pattern: /has not been granted the required scopes/i,
    text: "Your token has not been granted the required scopes to execute this query. Your token requires one of the following scopes: ['read:packages'].",
    sources: ['https://github.com/dxatscale/dxatscale-guide/pull/30'],
  },
  {
    kind: 'missing-scope',
    statuses: [403],
    pattern: /token provided does not match expected scopes/i,
    text: 'permission_denied: The token provided does not match expected scopes.',
    sources: ['https://github.com/algoan/nestjs-components/pull/829'],
  },
  {
    kind: 'no-packages-permission',
    statuses: [403],
    pattern: /installation not allowed to read organization package/i,
    text: 'Permission installation not allowed to Read organization package',
    sources: [
      'https://github.com/scality/core-ui/pull/1117',
      'https://github.com/actions/create-github-app-token/issues/314',
    ],
  },
  {
    kind: 'no-access',
    statuses: [403],
    pattern: /permission_denied: read_package/i,
    text: 'Permission permission_denied: read_package',
    sources: [
      'https://github.com/actions/setup-node/pull/704',
      'https://github.com/capire/xtravels/issues/32',
      'https://github.com/knicos/genai-somekone/issues/5',
    ],
  },
  {
    kind: 'owner-not-found',
    statuses: [403],
    pattern: /not_found: owner not found/i,
    text: 'Permission not_found: owner not found',
    sources: ['https://github.com/provenance-io/provenance/issues/1500'],
  },
  {
    kind: 'not-found',
    statuses: [404],
    pattern: /does not exist under owner/i,
    text: 'npm package "NAME" does not exist under owner "OWNER"',
    sources: [
      'https://github.com/google-gemini/gemini-cli/issues/11213',
      'https://github.com/4teamwork/cypress-drag-drop/issues/135',
    ],
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
