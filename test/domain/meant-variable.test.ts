import { expect, it } from 'vitest';
import { meantVariable } from '../../src/domain/meant-variable.ts';

const job = ['CI', 'CI_JOB_ID', 'CI_JOB_TOKEN', 'CI_PROJECT_ID', 'HOME', 'PATH'];

it.each([
  ['CI_JOBTOKEN', job, 'CI_JOB_TOKEN'],
  ['ci_job_token', job, 'CI_JOB_TOKEN'],
  ['CI_TOKEN', job, 'CI_JOB_TOKEN'],
  ['NPM_TOKN', ['NPM_TOKEN'], 'NPM_TOKEN'],
  ['NMP_REGISTRY_TOKEM', ['NPM_REGISTRY_TOKEN'], null],
  ['NPM_TOKEN', ['NPM_TOKENS'], 'NPM_TOKENS'],
  ['GITLAB_TOKEN', ['GITLAB_NPM_TOKEN'], 'GITLAB_NPM_TOKEN'],
  ['GITLAB_NPM_TOKEN', ['GITLAB_TOKEN'], 'GITLAB_TOKEN'],
  ['NPM_TOKEN', ['ACME_NPM_TOKEN'], 'ACME_NPM_TOKEN'],
  ['NPM_TOKN', ['ACME_NPM_TOKEN', 'NPM_TOKEN'], 'NPM_TOKEN'],
])('%s, where %j are there, may mean %s', (name, there, meant) => {
  expect(meantVariable(name, there)).toBe(meant);
});

it.each([
  ['another word', 'NPM_TOKEN', ['PYPI_TOKEN', 'DEV_TOKEN', 'GEM_TOKEN', 'GITHUB_TOKEN']],
  ['another short word', 'GH_TOKEN', ['CI_TOKEN']],
  ['another number', 'TOKEN_1', ['TOKEN_2']],
  ['another thing of the same', 'NPM_TOKEN', ['NPM_TOKEN_FILE', 'NPM_TOKEN_EXPIRES_AT']],
  ['a word that everything ends with', 'TOKEN', ['CI_JOB_TOKEN', 'NPM_TOKEN']],
  ['two words more', 'NPM_TOKEN', ['ACME_WEB_NPM_TOKEN']],
  ['two that are alike near', 'GITLAB_TOKEN', ['GITLAB_NPM_TOKEN', 'GITLAB_API_TOKEN']],
  ['nothing', 'NPM_TOKEN', []],
])('%s is not meant', (_, name, there) => {
  expect(meantVariable(name, there)).toBeNull();
});
