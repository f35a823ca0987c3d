import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

const member = (name: string, version: string, more: object = {}) =>
  `${JSON.stringify({ name, version, publishConfig: { '@acme:registry': projectRegistry(512) }, ...more }, null, 2)}\n`;

export const publishWorkspaces = publishSituation({
  name: 'publish-workspaces',
  story: 'one of two packages has a new version; the third is private',
  gitlab: friends().package('acme/shop', '@acme/a', '1.0.0').package('acme/shop', '@acme/b', '2.0.0'),
  files: {
    'package.json': `${JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }, null, 2)}\n`,
    'packages/a/package.json': member('@acme/a', '1.0.0'),
    'packages/b/package.json': member('@acme/b', '2.1.0'),
    'packages/c/package.json': member('@acme/c', '0.0.1', { private: true }),
  },
  expected: { verdict: 'pass', exitCode: 0, findings: ['warning NP505 confirmed: @acme/a@1.0.0'] },
});
