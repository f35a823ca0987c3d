import { maintained, withApiToken } from '../maintainer.ts';
import { rc, situation, strangers } from '../situation.ts';

const others = Array.from({ length: 130 }, (_, index) => `other/project-${index}`);
const crowded = others.reduce(
  (model, path) => model.project(path).allow('acme/ui', path),
  strangers({ version: '17.3' }),
);

export const apiTokenLongList = situation({
  name: 'api-token-long-list',
  story: '17.3: the entry stands on the second page of the list',
  gitlab: maintained(crowded.allow('acme/ui', 'acme/shop')),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'not-on-allowlist': 'the first page alone is without it' },
});
