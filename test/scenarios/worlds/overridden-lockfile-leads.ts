import { lockfile, rc, situation, strangers, tarballUrl, url } from '../situation.ts';

export const overriddenLockfileLeads = situation({
  name: 'overridden-lockfile-leads',
  story: 'an install from the lockfile never reads the registry line that is no route',
  gitlab: strangers({ version: '17.9' }).allow('acme/ui', 'acme/shop'),
  npmrc: `@acme:registry=${url}/api/v4/projects/acme/ui/packages/npm/\n${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') } },
  ),
  command: 'run',
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP302 possible: @acme/ui@1.4.0 | registry-restricted', 'warning NP109 confirmed'],
  },
  nearMissOf: { 'overridden-by-other-rc': 'the tarball gets its token whichever line is in force' },
});
