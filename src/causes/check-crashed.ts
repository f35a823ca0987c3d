import { type Cause, ruledOut, type Statement } from '../domain/cause.ts';

/** Our own fault: a check ended with an error. The rest of the report stands. */
export const checkCrashed: Cause = {
  code: 'NP901',
  slug: 'check-crashed',
  title: 'a check of npmrc-preflight itself failed',
  severity: 'error',
  needs: [],
  example: 'check-crashed',
  weigh: () => ruledOut,
  state: () => crashStatement('a check', ''),
};

/** What is said of a crash: which check, and its message. */
export function crashStatement(check: string, message: string): Statement {
  return {
    title: `${check} of npmrc-preflight crashed: this is our fault`,
    seen: message,
    location: null,
    remedy: {
      who: 'the maintainers of npmrc-preflight',
      summary: 'report it with the JSON report',
      steps: [
        'the other findings of this run stand; what this check would have found is missing',
        'run again with --format json and send the report: it holds no secret',
      ],
    },
  };
}
