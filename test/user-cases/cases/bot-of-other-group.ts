import { rc, situation, strangers } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

const bot = 'group_77_bot_0f3c9a';

/** A schedule that belongs to a group token's bot: listed everywhere, member of nothing private. */
export const scheduleOfBot: UserCase = {
  ids: ['UC-066'],
  world: situation({
    name: 'schedule-of-bot',
    story: 'both targets list the consumer; the internal one opens, the private one does not',
    gitlab: strangers({ version: '16.7' })
      .jobToken('glcbt-64_demo-job-token-of-acme-shop', { project: 'acme/shop', user: bot })
      .allow('acme/ui', 'acme/shop')
      .group('acme', { visibility: 'internal' })
      .project('acme/open', { id: 330, visibility: 'internal' })
      .allow('acme/open', 'acme/shop')
      .package('acme/open', '@acme/open', '2.0.0'),
    dependencies: { '@acme/ui': '^1.0.0', '@acme/open': '^2.0.0' },
    npmrc: `${rc.instance}${rc.key}`,
    variables: { GITLAB_USER_LOGIN: bot },
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP302 possible: @acme/ui@^1.0.0 | not-on-allowlist, outbound-limit, registry-restricted'],
    },
  }),
  fix: 'a role for that user in the target, a schedule of a user who has one, or a deploy token',
  remedy: [bot, 'Reporter', /start the pipeline as|run the job as/, 'deploy token'],
};

/** The pipelines of the update bot fail, those of people work. */
export const updateBot: UserCase = {
  ids: ['UC-067'],
  world: situation({
    name: 'update-bot',
    story: "the bot of a group's token is a member of that group alone",
    gitlab: strangers({ version: '17.5' })
      .jobToken('glcbt-64_demo-job-token-of-acme-shop', { project: 'acme/shop', user: bot })
      .allow('acme/ui', 'acme/shop'),
    npmrc: `${rc.instance}${rc.key}`,
    variables: { GITLAB_USER_LOGIN: bot },
    expected: {
      verdict: 'fail',
      exitCode: 1,
      findings: ['NP302 possible: @acme/ui@^1.0.0 | registry-restricted'],
    },
  }),
  fix: 'add the bot to the target, or put its token on a group above both',
  remedy: [bot, 'Reporter', 'acme/ui', /group above/],
};
