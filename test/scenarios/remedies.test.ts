import { describe, expect, it } from 'vitest';
import { allWorlds } from './all-worlds.ts';
import { applyRemedy } from './apply-remedy.ts';
import { findingLine, play } from './play.ts';
import type { TestWorld } from './test-world.ts';

const mostSteps = 4;

/** Worlds whose remedy lies outside what a test can do, or whose cause nobody can name. */
const beyond: Readonly<Record<string, string>> = {
  'address-not-allowed': 'the proxy has to let the address in',
  'published-elsewhere': 'the package has to be published there, or renamed',
  'check-crashed': 'the crash is ours',
  'client-stops-at-broken-file': 'nobody can tell what the file was meant to say',
  'client-stops-optional': 'the line is described, not given: its registry is for a person to choose',
  'gateway-hides-scope': 'the gateway has to let the requests through',
  'guard-before-another-gitlab': 'the guard has to let the requests through',
  'guard-before-github-packages': 'the guard has to let the requests through',
  'gateway-refuses': 'the gateway has to let the requests through',
  'guess-is-another-project': 'nothing names the project by more than its last word',
  'metadata-names-public-tarball': 'the mirror must have the package itself',
  'integrity-mismatch': 'somebody has to compare two tarballs',
  'key-for-first-name': 'the variable of the new line needs a token',
  'pages-of-github-server': 'somebody has to know which address the registry of the server has',
  'prefix-unsupported': 'the line is described, not given: it depends on where the packages lie',
  'project-deleted': 'the package has to be locked again',
  'project-of-several-deleted': 'the packages have to be locked again',
  'registry-at-another-gitlab': 'the other GitLab has to give out a token',
  'registry-variable-unset': 'nobody knows what the variable was to hold',
  'registry-url-without-scope': 'the step of setup-node has to be given the scope',
  'sign-in-page': 'the page in between has to go',
  'tarball-changed-on-the-way': 'the cache in between has to be emptied',
  'tarball-damaged': 'the cache in between has to be emptied',
  'token-with-line-end': 'the variable has to be stored again',
  'unexplained-answer': 'nothing is known of the cause',
};

const failing = (await allWorlds()).filter(
  ({ name, expected }) => expected.verdict === 'fail' && !(name in beyond),
);

describe.each(failing.map((world) => ({ name: world.name, world })))('$name', ({ world }) => {
  it(`passes within ${mostSteps} steps when each remedy is carried out, and never hears the same cause twice`, async () => {
    let now: TestWorld = world;
    const heard: string[] = [];
    for (let step = 0; step <= mostSteps; step++) {
      const { report } = await play(now);
      if (report.verdict === 'pass') return;
      const errors = report.findings.filter(({ severity }) => severity === 'error');
      expect(errors.length, heard.join('; ')).toBeGreaterThan(0);
      const confirmed = errors.filter(({ certainty }) => certainty === 'confirmed');
      for (const finding of confirmed) {
        const line = findingLine(finding);
        expect(heard, 'a confirmed remedy moves things on').not.toContain(line);
        heard.push(line);
      }
      for (const finding of errors) {
        const causes =
          finding.certainty === 'confirmed' ? [finding.cause] : [finding.cause, ...finding.alternatives];
        const mended = causes.map((cause) => {
          // the edit is that of the first cause alone
          const { edit: _, ...others } = finding.remedy;
          const remedy = cause === finding.cause ? finding.remedy : others;
          const next = applyRemedy(now, { ...finding, cause, remedy });
          if (next) now = next;
          return next !== null;
        });
        expect(mended.some(Boolean), `a remedy for ${findingLine(finding)}`).toBe(true);
      }
    }
    expect.fail(`still failing after ${mostSteps} steps: ${heard.join('; ')}`);
  });
});
