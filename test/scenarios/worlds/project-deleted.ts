import { friends, lockfile, rc, situation, tarballUrl, url } from '../situation.ts';

export const projectDeleted = situation({
  name: 'project-deleted',
  story: 'the project of the registry line was deleted',
  gitlab: friends(),
  npmrc: `@acme:registry=${url}/api/v4/projects/999/packages/npm/\n${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '1.4.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(999, '@acme/ui', '1.4.0') } },
  ),
  dependencies: { '@acme/ui': '1.4.0' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP305 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'role-missing': 'hidden and gone look alike at the registry, not at the packages API',
    'version-not-found': 'the whole project is gone',
  },
});
