import { githubTokens, onGitHub, openGitHub, permissions, workflowFile } from '../github-situation.ts';

/** A job's block counts alone. */
export const workflowPermissionOfJob = onGitHub({
  name: 'workflow-permission-of-job',
  story: "the job's own permissions replace those of the workflow, which name packages",
  github: openGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', packages: 'none' }),
  workflow: workflowFile({
    permissions: permissions.both,
    jobPermissions: '    permissions: {} # nothing\n',
  }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP311 confirmed: @acme/ui@^1.0.0'] },
});
