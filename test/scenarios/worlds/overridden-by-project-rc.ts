import { friends, rc, situation, url } from '../situation.ts';

export const overriddenByProjectRc = situation({
  name: 'overridden-by-project-rc',
  story: "the project's own file maps the scope to an old group, the user's file is right",
  gitlab: friends(),
  npmrc: `@acme:registry=${url}/api/v4/groups/old/-/packages/npm/\n`,
  home: { '.npmrc': `${rc.instance}${rc.key}` },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP108 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'package-not-found': 'the group has nothing, because the wrong line wins' },
});
