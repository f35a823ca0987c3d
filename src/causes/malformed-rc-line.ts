import { type Cause, type Clues, type RunFacts, ruledOut, type Statement } from '../domain/cause.ts';
import type { ClientStop } from '../domain/client.ts';
import { formatSource } from '../domain/source.ts';
import { changeLine } from './parts/add-line.ts';
import { emptyKey, emptyVerdict } from './parts/empty-key.ts';
import { correctedLine, guiltyLine, type MalformedLine, malformedLines } from './parts/guilty-line.ts';

/** A line that can not mean what it looks like (measured: clients.md section 2). */
export const malformedRcLine: Cause = {
  code: 'NP109',
  slug: 'malformed-rc-line',
  title: 'a line of the configuration can not mean what it looks like',
  severity: 'error',
  needs: ['metadata-with-token', 'tarball-with-token'],
  hides: [
    'token-rejected',
    'scope-not-mapped',
    'auth-key-missing',
    'auth-key-mismatch',
    'tarball-prefix-uncovered',
  ],
  example: 'malformed-line',
  weigh(clues) {
    if (emptyKey(clues)) return emptyVerdict(clues);
    return guiltyLine(clues) || stoppedByLine(clues)
      ? { kind: 'confirmed', because: ['configuration'] }
      : ruledOut;
  },
  state(clues) {
    const problem = emptyKey(clues) ?? guiltyLine(clues);
    if (problem) return statementOf(clues.run, { ...problem, corrected: correctedLine(problem, clues) });
    const stop = stoppedByLine(clues);
    if (!stop) throw new Error('no line is malformed');
    const { client } = clues.run.client;
    return {
      title: `${client.name} ${client.version} stops at ${formatSource(stop.source)}: ${stop.code}`,
      seen: stop.message,
      location: stop.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: 'take the setting out, or write it in the form that this version takes',
        steps: [
          stop.code === 'ERR_PNPM_META_FETCH_FAIL'
            ? 'take the user out of the URL: the credential belongs into a key, //host/path/:_authToken=${VARIABLE}'
            : stop.code === 'ERR_INVALID_AUTH'
              ? 'a credential needs the registry it belongs to in its key: //host/path/:_authToken=${VARIABLE}'
              : `until then no command of ${client.name} works here`,
        ],
      },
    };
  },
  inspect(run) {
    return malformedLines(run)
      .filter(({ isEmpty }) => !isEmpty)
      .map((problem) => ({
        statement: statementOf(run, problem),
        severity: 'warning',
        packages: [],
      }));
  },
};

function isNpmrc(source: MalformedLine['source']): boolean {
  return source.kind !== 'file' || /npmrc$|(?:^|[\\/])rc$|\.ini$/.test(source.path);
}

function statementOf(run: RunFacts, problem: MalformedLine): Statement {
  return {
    title: `${formatSource(problem.source)} does not mean what it looks like: ${problem.why}`,
    seen: problem.line,
    location: problem.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: 'correct the line',
      steps: [
        problem.corrected
          ? 'write it like this'
          : (problem.step ??
            (isNpmrc(problem.source)
              ? 'write the setting as key=value on a line of its own, or take the line out'
              : 'mend the file in its own grammar')),
      ],
      ...(problem.corrected
        ? { edit: changeLine(run, problem.source, problem.line, problem.corrected) }
        : {}),
    },
  };
}

/** The setting at which the client ends before it asks anything, unless it is a variable without a value (another cause). */
function stoppedByLine({ case: { result }, run }: Clues): ClientStop | null {
  if (result.kind === 'refused-by-client')
    return refusalsOfLines.includes(result.stop.code) ? result.stop : null;
  if (result.kind !== 'client-stops' || run.client.problems.some(({ kind }) => kind === 'unset-variable'))
    return null;
  return result.stop;
}

/** What clients say of a registry's line whose URL they can't ask. */
const refusalsOfLines = ['ERR_PNPM_META_FETCH_FAIL', 'InvalidURL'];
