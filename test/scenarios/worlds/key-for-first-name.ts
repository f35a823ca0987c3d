import { secondName } from '../passages.ts';
import { friends, rc, situation, url } from '../situation.ts';

const inner = 'https://gitlab-inner.example';

export const keyForFirstName = situation({
  name: 'key-for-first-name',
  story:
    'the registry line names the GitLab of the job by its inner name, the key by the one in CI_API_V4_URL',
  gitlab: friends(),
  npmrc: `${rc.instance.replace(url, inner)}${rc.key}`,
  passage: secondName(inner),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP104 possible: @acme/ui@^1.0.0'] },
});
