import { type Cause, ruledOut } from '../domain/cause.ts';
import { accessProbes } from './parts/access-verdict.ts';
import { seenLine } from './parts/seen.ts';

/** The install of a package fails, and the answers fit none of the known causes. */
export const unexplainedAnswer: Cause = {
  code: 'NP902',
  slug: 'unexplained-answer',
  title: 'the answers of the server fit no known cause',
  severity: 'error',
  needs: [...accessProbes, 'other-prefixes'],
  example: 'unexplained-answer',
  ofPackage: true,
  weigh: () => ruledOut,
  state(clues) {
    const { dependency } = clues.case.target;
    return {
      title: `the install of ${dependency.name} would fail for a reason unknown to npmrc-preflight`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: 'the maintainers of npmrc-preflight, with your help',
        summary: 'look at what was asked and answered, and report it',
        steps: [
          'the evidence in the JSON report lists each request with its answer: --format json',
          'send it to the maintainers of npmrc-preflight: it holds no secret',
        ],
      },
    };
  },
};
