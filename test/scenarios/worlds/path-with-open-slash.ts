import { friends, rc, situation, url } from '../situation.ts';

export const pathWithOpenSlash = situation({
  name: 'path-with-open-slash',
  story:
    'the line names the project by a path that is not encoded, and run writes a good one into the file of the user',
  gitlab: friends(),
  npmrc: `@acme:registry=${url}/api/v4/projects/acme/ui/packages/npm/\n${rc.key}`,
  command: 'run',
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP109 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'overridden-by-other-rc': 'the line that wins is mended where it stands',
    'project-not-found': 'the project is there, the line names it in a way that is no route',
    'unexplained-answer': 'the line says why nothing answers',
  },
});
