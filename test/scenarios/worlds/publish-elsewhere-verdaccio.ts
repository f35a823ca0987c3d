import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

const registry = 'https://npm.example.test/';

export const publishElsewhereVerdaccio = publishSituation({
  name: 'publish-elsewhere-verdaccio',
  story: 'another registry has an older version: no more than that can be seen there',
  gitlab: friends(),
  npmrc: '//npm.example.test/:_authToken=${CI_JOB_TOKEN}\n',
  manifest: { publishConfig: { '@acme:registry': registry } },
  passage: async ({ url }) => ({
    origin: new URL(url).origin,
    answers: (question) => ({
      kind: 'answered',
      status: 200,
      url: question.url,
      hops: [],
      headers: { 'content-type': 'application/json' },
      body: {
        kind: 'text',
        text: JSON.stringify({ name: '@acme/shop-kit', versions: { '1.0.0': { name: '@acme/shop-kit' } } }),
        complete: true,
      },
      attempts: 1,
    }),
  }),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'already-published': 'only another version is listed' },
});
