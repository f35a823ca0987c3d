import type { GitLabBuilder } from '../../src/simulator/gitlab.ts';
import type { TestWorld } from './test-world.ts';

/** A token of mona for the settings, as a job's variable holds it. */
export const maintainerToken = 'glpat-9-mona-may-read-settings';

/** The variable and the input that name that token. */
export const withApiToken = {
  variables: { SETTINGS_TOKEN: maintainerToken },
  inputs: { 'api-token-env': 'SETTINGS_TOKEN' },
} as const satisfies { variables: Readonly<Record<string, string>>; inputs: TestWorld['inputs'] };

/** A GitLab with mona as Maintainer of the whole group, or as what else is given. */
export function maintained(
  gitlab: GitLabBuilder,
  {
    role = 'maintainer',
    in: place = 'acme',
    scopes = ['api'],
  }: Readonly<{
    role?: 'developer' | 'maintainer';
    in?: string;
    scopes?: readonly string[];
  }> = {},
): GitLabBuilder {
  return gitlab.member('mona', role, place).personalToken(maintainerToken, { user: 'mona', scopes });
}
