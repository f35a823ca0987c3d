import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { isWebUrl } from '../domain/registry-key.ts';
import type { Setting } from '../domain/setting.ts';
import { formatSource, type Source, sameSource } from '../domain/source.ts';
import { referenceTo } from './parts/add-line.ts';
import { isStranger } from './parts/config-lines.ts';
import { failingRequest } from './parts/failing-request.ts';
import { tokenName } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';
import { moreThanToken } from './parts/token-shape.ts';

/**
 * The value of the credential holds a line end or another character that no HTTP header can carry: clients end before they send it. Or it holds more
 * than the token, which is sent and refused.
 */
export const tokenMalformed: Cause = {
  code: 'NP205',
  slug: 'token-malformed',
  title: 'the token holds a character that no header can carry, or more than the token',
  severity: 'error',
  needs: [],
  hides: ['token-rejected'],
  example: 'token-with-line-end',
  weigh(clues) {
    const request = failingRequest(clues);
    if (request && moreThanToken(clues)) return { kind: 'confirmed', because: [request.kind] };
    return request?.credential.kind === 'token' &&
      request.observation.outcome.kind === 'skipped' &&
      isWebUrl(request.url)
      ? { kind: 'confirmed', because: [request.kind] }
      : ruledOut;
  },
  state(clues) {
    const credential = failingRequest(clues)?.credential;
    const variable = credential?.kind === 'token' ? credential.variable : null;
    const more = moreThanToken(clues);
    const line = variable !== null && credential?.kind === 'token' ? lineAround(clues, credential) : null;
    if (more)
      return {
        title: `the value of ${line ? formatSource(line.source) : (variable ?? 'the credential')} is more than a token: ${more}`,
        seen: seenLine(clues),
        location: credential?.kind === 'token' ? credential.source : null,
        remedy: {
          who: line ? 'whoever maintains this repository' : 'whoever maintains this pipeline',
          summary: line
            ? `let ${formatSource(line.source)} hold the reference to ${variable} alone`
            : `store the token ${variable ? `in ${variable} ` : ''}alone`,
          steps: [
            'without quotes, "Bearer", a key in front or anything behind it: the whole value is sent as the token',
          ],
        },
      };
    return {
      title: `the token in ${variable === null ? 'the configuration' : tokenName(variable)} holds a character that no header can carry`,
      seen: 'no request was sent with it: a line end, a control character or a character beyond Latin-1 is in it',
      location: credential?.kind === 'token' ? credential.source : null,
      remedy: {
        who: 'whoever maintains this pipeline',
        summary: `store the token ${variable ? `in ${tokenName(variable)} ` : ''}again, without line end`,
        steps: [
          'most often a line end came along when the token was pasted or read from a file: store it again as one line',
          ...(clues.github || clues.run.environment.provider === 'github' || isStranger(clues)
            ? []
            : [
                `inside GitLab CI the job token needs no storing: refer to ${referenceTo(clues.run, credential?.kind === 'token' ? credential.source : null, 'CI_JOB_TOKEN')}`,
              ]),
        ],
      },
    };
  },
};

/** The setting of a credential whose text holds more than the reference to its variable; `null` where that is all of it. */
function lineAround({ run }: Clues, { key, source: at }: { key: string; source: Source }): Setting | null {
  const setting = run.client.settings.find(({ key: own, source }) => own === key && sameSource(source, at));
  return setting && /\S\s|^["'`]|_auth/.test(setting.written) ? setting : null;
}
