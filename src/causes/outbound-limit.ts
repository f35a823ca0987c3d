import type { Cause } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { consumerName, projectForPeople } from './parts/people.ts';
import { seenLine } from './parts/seen.ts';

/** The consumer limits where its own token may go; the setting was removed in 18.0 (GitLab model, section 3). */
export const outboundLimit: Cause = {
  code: 'NP306',
  slug: 'outbound-limit',
  title: 'the consumer limits its own job token (up to 17.x)',
  severity: 'error',
  needs: accessProbes,
  example: 'outbound-limit',
  weigh: (clues) =>
    accessVerdict(
      'outbound-limit',
      clues,
      `a Maintainer of ${consumerName(clues.run)} looks at Settings > CI/CD > Job token permissions > "Limit access from this project"`,
    ),
  state: (clues) => {
    const web = clues.run.environment.consumer?.webUrl;
    const page = web ? `${web}/-/settings/ci_cd#js-token-access` : null;
    return {
      title: `${consumerName(clues.run)} limits its own job token and does not list ${describeProject(clues.packageProject)}`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: `a Maintainer of ${consumerName(clues.run)}`,
        summary: `switch off "Limit access from this project" in ${consumerName(clues.run)}, or list ${projectForPeople(clues.packageProject)} there`,
        steps: [
          `a Maintainer of ${consumerName(clues.run)} opens ${page ?? 'its Settings > CI/CD'}`,
          `"Limit access from this project": off, or Add > ${projectForPeople(clues.packageProject)}`,
          'GitLab 18.0 removes this setting',
        ],
        ...(page ? { url: page } : {}),
      },
    };
  },
};
