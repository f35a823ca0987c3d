import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { percentEncoded } from './domain/percent-form.ts';
import type { FileEdit } from './domain/plan.ts';
import type { ProblemReport } from './domain/problem-report.ts';
import { printable } from './domain/redaction.ts';
import type { Report } from './domain/report.ts';
import { componentVariable, type Inputs } from './inputs.ts';
import { checkoutAround, checkoutOf } from './io/checkout-around.ts';
import type { World } from './io/world.ts';
import type { ReportContext } from './render/report-context.ts';
import { withTexts } from './render/with-texts.ts';

type Written = { kind: 'report'; report: Report } | { kind: 'problem'; problem: ProblemReport };

/**
 * The folder that reports are written to: the input `report-dir`; without it `npmrc-preflight-report` in the runner's temporary folder
 * on GitHub, and none elsewhere. The template of GitLab gives the input.
 */
export function reportFolder(world: Pick<World, 'env' | 'directory'>, inputs: Inputs): string | null {
  const { env, directory } = world;
  const given = inputs.reportDir.value;
  if (given === 'none') return null;
  if (given !== null) return resolve(directory, given);
  return env.GITHUB_ACTIONS === 'true' && env.RUNNER_TEMP
    ? join(env.RUNNER_TEMP, 'npmrc-preflight-report')
    : null;
}

/** How readers get to a cause's page: by a call of the program, at an address, or (`page: null`) not at all. */
type Naming = Pick<ReportContext, 'program' | 'page'>;

/**
 * Writes every report file, each without the secrets that `redact` knows; after a run without a report, what says so, and takes away
 * what would speak of an earlier run. Nothing throws and nothing fails the run: the answer is a line for each file that was not written.
 */
export async function writeReports(
  world: World,
  what: Written,
  { inputs, program, page, redact }: Naming & { inputs: Inputs; redact: (text: string) => string },
): Promise<readonly string[]> {
  const folder = reportFolder(world, inputs);
  if (folder === null) return [];
  // a folder of the checkout may be a link that whoever wrote the checkout laid
  const checkout = checkoutAround(world, folder);
  const within = checkout === null ? {} : { within: checkout };
  const context = contextOf(world, { folder, inputs, program, page });
  // A secret that markup would escape is no longer found in the whole text, so it goes before; what escaping puts together, behind.
  const { kind } = what;
  const texts =
    kind === 'report'
      ? { kind, report: withTexts(what.report, redact) }
      : { kind, problem: withTexts(what.problem, redact) };
  const { reportFiles } = await import('./render/report-files.ts');
  return reportFiles.flatMap((file) => {
    const path = join(folder, file.name);
    const text =
      texts.kind === 'report'
        ? file.ofReport(texts.report, context)
        : (file.ofProblem?.(texts.problem, context) ?? null);
    const why =
      text === null ? world.removeLasting(path, within.within) : writeFile(world, path, redact(text), within);
    return why === null ? [] : [`${printable(path)} can not be written: ${printable(why)}`];
  });
}

/** In place of what is there: a link that somebody put into the folder is not followed. */
function writeFile(
  world: World,
  path: string,
  text: string,
  within: Pick<FileEdit, 'within'>,
): string | null {
  const left = world.removeLasting(path, within.within);
  if (left !== null) return left;
  const write = world.writeLasting({ path, before: null, after: text, mode: 0o644, ...within });
  return write.kind === 'failed' ? write.why : null;
}

function contextOf(
  world: World,
  { folder, inputs, program, page: causePage }: Naming & { folder: string; inputs: Inputs },
): ReportContext {
  const { env, directory, version } = world;
  const project = resolve(directory, inputs.workingDirectory.value);
  const root = checkoutOf(world);
  const page = env.GITLAB_CI && env.CI_PROJECT_DIR ? below(root, join(folder, 'report.html')) : null;
  const server = env.GITLAB_CI ? env.CI_SERVER_URL?.replace(/\/+$/, '') : undefined;
  return {
    version,
    program,
    page: causePage,
    repositoryPath: (file) => {
      const path = below(root, resolve(project, file));
      // what the component makes for later jobs lies in the checkout, and in no commit
      const made = env[componentVariable];
      return path !== null && made && path.startsWith(`${made}/`) ? null : path;
    },
    pageUrl:
      page !== null && env.CI_JOB_URL
        ? `${env.CI_JOB_URL.replace(/\/+$/, '')}/artifacts/file/${page.split('/').map(percentEncoded).join('/')}`
        : null,
    helpUrl: server ? `${server}/help` : null,
  };
}

/** The path from a folder to a file below it, with `/`; `null` for any other. */
function below(folder: string, file: string): string | null {
  const path = relative(folder, file);
  return path === '' || isAbsolute(path) || path.split(sep)[0] === '..' ? null : path.split(sep).join('/');
}
