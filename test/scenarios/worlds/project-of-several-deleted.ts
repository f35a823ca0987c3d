import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

const locked = (name: string, version: string, project: number) => ({
  [name]: { version, resolved: tarballUrl(project, name, version) },
});

export const projectOfSeveralDeleted = situation({
  name: 'project-of-several-deleted',
  story: 'the lockfile takes two packages from one project that was deleted, and a third from another one',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/icons': '1.0.0', '@acme/theme': '3.0.0', '@acme/old': '2.0.0' },
  lock: lockfile(
    { '@acme/icons': '1.0.0', '@acme/theme': '3.0.0', '@acme/old': '2.0.0' },
    {
      ...locked('@acme/icons', '1.0.0', 999),
      ...locked('@acme/theme', '3.0.0', 999),
      ...locked('@acme/old', '2.0.0', 998),
    },
  ),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP305 confirmed: @acme/icons@1.0.0, @acme/theme@3.0.0', 'NP305 confirmed: @acme/old@2.0.0'],
  },
});
