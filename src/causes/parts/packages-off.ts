import type { Clues, Statement } from '../../domain/cause.ts';
import { packageRoute } from '../../domain/package-route.ts';
import { type Observation, serverMessage, statusOf } from '../../domain/probe.ts';
import type { Remedy } from '../../domain/remedy.ts';
import { failingRequest } from './failing-request.ts';
import { seenLine } from './seen.ts';

/**
 * Whether packages may be switched off for the whole server: every one of npm's routes is then not found, in plain words and whoever asks, while the job's
 * token is alive (GitLab model, section 3: instance prefix, step 1). The packages API looks at the project first.
 */
export function packagesMayBeOff(clues: Clues): boolean {
  const request = failingRequest(clues);
  if (request === null || clues.case.target.prefix === null || clues.github !== null) return false;
  const asked = [...clues.case.observations.values()].filter(({ question, outcome }) => {
    return outcome.kind === 'answered' && packageRoute(question.url) !== null;
  });
  return isPlainlyAbsent(request.observation) && asked.every(isPlainlyAbsent);
}

function isPlainlyAbsent({ outcome }: Observation): boolean {
  return statusOf(outcome) === 404 && /^404 not found$/i.test(serverMessage(outcome)?.trim() ?? '');
}

/** What to do about it: only an administrator of the server can. */
export function packagesOffStatement(clues: Clues): Statement {
  const { host } = new URL(failingRequest(clues)?.url ?? 'https://server.example');
  const remedy: Remedy = {
    who: `an administrator of ${host}`,
    summary: `switch packages on for the whole of ${host}`,
    steps: [
      "in gitlab.rb: gitlab_rails['packages_enabled'] = true, then gitlab-ctl reconfigure; with Helm: global.appConfig.packages.enabled",
      'GitLab is seen to be without them where projects have no page Deploy > Package Registry at all',
    ],
  };
  return {
    title: `no package route is found on ${host}: packages look switched off for the whole server`,
    seen: seenLine(clues),
    location: null,
    remedy,
  };
}
