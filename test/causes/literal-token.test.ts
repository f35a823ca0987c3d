import { expect, it } from 'vitest';
import { play } from '../scenarios/play.ts';
import { rc } from '../scenarios/situation.ts';
import { tokenScopeMissing } from '../scenarios/worlds/token-scope-missing.ts';

it('names the line of a literal token that lacks a scope, and proposes a variable for the new one', async () => {
  const { text, report } = await play({
    ...tokenScopeMissing,
    files: {
      ...tokenScopeMissing.files,
      '.npmrc': `${rc.instance}//gitlab.example.com/api/v4/:_authToken=glpat-reads-repositories-only\n`,
    },
  });
  const finding = report.findings.find(({ code }) => code === 'NP204');
  expect(finding?.title).toBe('the token in .npmrc:2 may not read packages: it lacks the scope');
  expect(finding?.remedy.steps[0]).toBe(
    'the scopes of a token can not be changed: make a new one and keep it in a masked variable, and refer to that in .npmrc:2',
  );
  expect(text).not.toContain('store it as');
});
