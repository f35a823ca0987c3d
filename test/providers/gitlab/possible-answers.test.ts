import { describe, expect, it } from 'vitest';
import type { Observation, Outcome } from '../../../src/domain/probe.ts';
import { isRefusedInOtherWords, possibleAnswers } from '../../../src/providers/gitlab/possible-answers.ts';

const api = 'https://gitlab.example.com/api/v4';

/** A probe, where it asks, and what was answered. */
type Row = readonly [probe: string, status: number, body: string];

const urls: Readonly<Record<string, string>> = {
  job: `${api}/job`,
  'packages-api': `${api}/projects/324/packages?package_type=npm`,
  'public-project': `${api}/projects/324`,
  'git-refs': 'https://gitlab.example.com/acme/ui.git/info/refs?service=git-upload-pack',
  'allowed-agents': `${api}/job/allowed_agents`,
  metadata: `${api}/packages/npm/@acme%2fui`,
  'holds-package': `${api}/projects/324/packages/npm/@acme%2fui`,
};

const gatewayWords = '{"message":"no Route matched with those values"}';

describe('an answer beside the routes of packages', () => {
  const never: readonly Row[] = [
    ['job', 404, '{"error":"404 Not Found"}'],
    ['job', 403, '{"message":"403 Forbidden"}'],
    ['job', 401, '{"message":"Unauthorized"}'],
    ['job', 200, '{}'],
    ['packages-api:324', 404, gatewayWords],
    ['packages-api:324', 200, '{"items":[]}'],
    ['public-project', 404, '{"message":"404 Not Found"}'],
    ['public-project', 200, '{"id":324}'],
    ['git-refs:acme/ui', 404, '{"error":"404 Not Found"}'],
    ['git-refs:acme/ui', 403, '{"message":"Missing Authentication Token"}'],
    ['git-refs:acme/ui', 404, 'Not Found'],
    ['git-refs:acme/ui', 403, 'Forbidden'],
    ['holds-package:324', 404, gatewayWords],
  ];
  it.each(never)('is nobody that GitLab is: %s %i %s', (probe, status, body) => {
    expect(heard([[probe, status, body]])).toEqual([]);
  });

  const possible: readonly Row[] = [
    ['job', 401, '{"message":"401 Unauthorized"}'],
    ['job', 200, '{"id":7,"user":{"username":"alice"}}'],
    ['job', 503, 'Service Unavailable'],
    ['packages-api:324', 401, '{"message":"401 Unauthorized"}'],
    ['packages-api:324', 403, '{"message":"403 Forbidden"}'],
    [
      'packages-api:324',
      403,
      '{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from shop to ui."}',
    ],
    ['job', 403, '{"message":"403 Forbidden - Your account has been blocked."}'],
    ['packages-api:324', 404, '{"message":"404 Project Not Found"}'],
    ['packages-api:324', 404, '{"message":"404 Not Found"}'],
    ['packages-api:324', 200, '[]'],
    ['public-project', 404, '{"message":"404 Project Not Found"}'],
    ['public-project', 403, '{"message":"403 Forbidden"}'],
    ['public-project', 200, '{"path_with_namespace":"acme/ui","visibility":"public"}'],
    ['git-refs:acme/ui', 401, 'HTTP Basic: Access denied'],
    ['git-refs:acme/ui', 403, 'Insufficient permissions to pull from the repository of project ui.'],
    ['git-refs:acme/ui', 403, 'You are not allowed to download code from this project.'],
    ['git-refs:acme/ui', 404, 'A repository for this project does not exist yet.'],
    [
      'git-refs:acme/ui',
      404,
      "The project you were looking for could not be found or you don't have permission to view it.",
    ],
    ['metadata', 404, gatewayWords],
    ['holds-package:324', 404, '{"message":"404 Project Not Found"}'],
    ['holds-package:324', 302, ''],
  ];
  it.each(possible)('stays where GitLab may give it: %s %i %s', (probe, status, body) => {
    expect(heard([[probe, status, body]])).toEqual([probe]);
  });

  it('is nobody either in the words of one that is', () => {
    const forbidden = '{"message":"403 Forbidden"}';
    const asked: readonly Row[] = [
      ['metadata', 403, forbidden],
      ['job', 403, forbidden],
      ['packages-api:324', 403, forbidden],
      ['allowed-agents', 403, forbidden],
      ['git-refs:acme/ui', 401, 'HTTP Basic: Access denied'],
    ];
    expect(heard(asked)).toEqual(['metadata', 'git-refs:acme/ui']);
  });
});

describe("the client's own refusal", () => {
  const others: readonly Row[] = [
    ['metadata', 404, gatewayWords],
    ['metadata', 403, '{"message":"Forbidden"}'],
    ['metadata', 401, '{"message":"Unauthorized"}'],
    ['metadata', 403, '{"message":"403 Forbidden - Your request was rejected"}'],
  ];
  it.each(others)('may be somebody else’s: %s %i %s', (...row) => {
    expect(isRefusedInOtherWords(seen(row), new Map())).toBe(true);
  });

  const gitlabs: readonly Row[] = [
    ['metadata', 403, '{"message":"403 Forbidden"}'],
    ['metadata', 401, '{"message":"401 Unauthorized"}'],
    ['metadata', 401, '{"error":"invalid_token","error_description":"Token was revoked."}'],
    ['metadata', 403, '{"error":"insufficient_scope"}'],
    [
      'metadata',
      403,
      '{"message":"403 Forbidden - Your account is pending approval from your administrator and hence blocked."}',
    ],
    ['metadata', 404, '{"message":"404 Group Not Found"}'],
    ['metadata', 404, '{"message":"404 Packages Not Found","error":"Packages not found"}'],
    ['metadata', 503, gatewayWords],
    ['metadata', 200, '{}'],
  ];
  it.each(gitlabs)('is GitLab’s: %s %i %s', (...row) => {
    expect(isRefusedInOtherWords(seen(row), new Map())).toBe(false);
  });

  it('may be somebody else’s in the words that stood in place of an answer of GitLab alone', () => {
    const own: Row = ['metadata', 403, '{"message":"403 Forbidden"}'];
    const beside = (job: Row) => possibleAnswers(new Map([own, job].map((row) => [row[0], seen(row)])));
    expect(isRefusedInOtherWords(seen(own), beside(['job', 403, '{"message":"403 Forbidden"}']))).toBe(true);
    expect(isRefusedInOtherWords(seen(own), beside(['job', 404, gatewayWords]))).toBe(false);
  });
});

function heard(rows: readonly Row[]): readonly string[] {
  const after = possibleAnswers(new Map(rows.map((row) => [row[0], seen(row)])));
  return [...after].filter(([, { outcome }]) => outcome.kind === 'answered').map(([probe]) => probe);
}

function seen([probe, status, text]: Row): Observation {
  const url = urls[probe.split(':')[0] ?? ''] ?? '';
  const outcome: Outcome = {
    kind: 'answered',
    status,
    url,
    hops: [],
    headers: {},
    body: { kind: 'text', text, complete: true },
    attempts: 1,
  };
  return {
    question: {
      probe,
      url,
      authorization: { kind: 'none' },
      accept: '*/*',
      read: { kind: 'text', limit: 1000 },
      redirects: 'same-origin',
    },
    outcome,
  };
}
