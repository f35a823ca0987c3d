import type { Finding, Report } from '../../src/domain/report.ts';
import { allAnswers } from './all-answers.ts';
import { directGitLab } from './direct-http.ts';
import { statesOf } from './proof-space.ts';
import type { KnownPart, ProofState } from './proof-state.ts';
import { SharedRuns } from './proof-world.ts';
import { keyOf, type Mended, type Mending, mend, mendedBy, Truth } from './true-causes.ts';

/** What was found of some states. `faults` counts each kind of fault and keeps a few of them. */
export interface Figures {
  states: number;
  failing: number;
  confirmed: number;
  /**
   * Failing states whose every twin (the same answers to everything) shares one true cause: one thing to mend, or one cause that is mended
   * in different ways and is confirmed.
   */
  knowable: number;
  /** Of these the ones whose shared cause is not confirmed, and by what is shared and named. */
  knowableUnconfirmed: number;
  below: Record<string, Counted>;
  /** By what is shared: states whose class shares it, and those of them where a confirmed cause says so. */
  shared: Record<string, { states: number; confirmed: number }>;
  classes: number;
  runs: number;
  /** How many failing states are green after so many remedies. */
  steps: Record<number, number>;
  faults: Record<string, Counted>;
}

interface Counted {
  count: number;
  examples: readonly string[];
}

export const noFigures: Figures = {
  states: 0,
  failing: 0,
  confirmed: 0,
  knowable: 0,
  knowableUnconfirmed: 0,
  below: {},
  shared: {},
  classes: 0,
  runs: 0,
  steps: {},
  faults: {},
};

const mostSteps = 8;
const mostExamples = 3;

/** Everything about one failing state that its class is judged by. */
interface Twin {
  state: ProofState;
  truth: ReadonlySet<Mending>;
  errors: readonly Finding[];
}

/** Proves every state of a block. */
export async function proveBlock(known: KnownPart): Promise<Figures> {
  const truth = new Truth();
  const runs = new SharedRuns();
  const figures: Figures = { ...noFigures, below: {}, shared: {}, steps: {}, faults: {} };
  const classes = new Map<string, Twin[]>();
  const stepsOf = new Map<string, number>();
  const fault = (kind: string, state: ProofState) =>
    count(figures.faults, kind, 1, [Object.values(state).join(' ')]);
  for (const state of statesOf(known)) {
    figures.states++;
    const start: Mended = { state, served: false };
    const gitlab = directGitLab(state);
    const report = await runs.reportOf(start, gitlab);
    const works = truth.installs(start, gitlab);
    if (works !== (report.verdict === 'pass')) {
      fault(`verdict ${report.verdict}, but the install ${works ? 'works' : 'fails'}`, state);
      continue;
    }
    const errors = errorsOf(report);
    const digest = allAnswers(state, gitlab);
    if (works) {
      for (const { cause } of errors) fault(`${cause} where nothing is wrong`, state);
      if (classes.has(digest)) fault('a state that works has the answers of one that fails', state);
      continue;
    }
    figures.failing++;
    const causes = truth.causes(start);
    if (errors.some(isConfirmed)) figures.confirmed++;
    for (const kind of wrongs(errors, causes)) fault(kind, state);
    const twins = classes.get(digest);
    if (twins) twins.push({ state, truth: causes, errors });
    else classes.set(digest, [{ state, truth: causes, errors }]);
    const steps = await remediesToGreen(start, report, truth, runs, stepsOf);
    if (typeof steps === 'string') fault(steps, state);
    else figures.steps[steps] = (figures.steps[steps] ?? 0) + 1;
  }
  for (const twins of classes.values()) judgeClass(twins, figures);
  figures.classes = classes.size;
  figures.runs = runs.runs;
  return figures;
}

function errorsOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function isConfirmed({ certainty }: Finding): boolean {
  return certainty === 'confirmed';
}

function fits(cause: string, truth: ReadonlySet<Mending>): boolean {
  return (mendedBy[cause] ?? []).some((mending) => truth.has(mending));
}

function namedIn(errors: readonly Finding[]): readonly string[] {
  return errors.flatMap(({ cause, alternatives }) => [cause, ...alternatives]);
}

/** Confirmed causes that are none, and a report that names no true one. */
function wrongs(errors: readonly Finding[], truth: ReadonlySet<Mending>): readonly string[] {
  const all = [...truth].join(' ');
  const named = namedIn(errors);
  return [
    ...errors
      .filter((error) => isConfirmed(error) && !fits(error.cause, truth))
      .map(({ cause }) => `confirmed ${cause}, true: ${all}`),
    ...(named.some((cause) => fits(cause, truth)) ? [] : [`named ${named.join(' ')}, true: ${all}`]),
  ];
}

/**
 * All states of one class share what can be known of them: a cause that they have in common has to be confirmed. A missing key for the
 * tarball is none while the client does not get as far as the tarball.
 */
function judgeClass(twins: readonly Twin[], figures: Figures): void {
  const [first] = twins;
  if (!first) return;
  const shared = [...first.truth].filter(
    (mending) => mending !== 'tarball-key' && twins.every(({ truth }) => truth.has(mending)),
  );
  if (shared.length > 0 || twins.some(({ errors }) => errors.some(isConfirmed)))
    figures.knowable += twins.length;
  for (const { state, errors } of shared.length > 0 ? twins : []) {
    const said = new Set(errors.filter(isConfirmed).flatMap(({ cause }) => mendedBy[cause] ?? []));
    for (const mending of shared) addShared(figures, mending, 1, said.has(mending) ? 1 : 0);
    if (shared.some((mending) => said.has(mending))) continue;
    figures.knowableUnconfirmed++;
    const kind = `all share ${shared.join(' ')}, named ${namedIn(errors).join(' ')}`;
    count(figures.below, kind, 1, [Object.values(state).join(' ')]);
  }
}

/** How many rounds of remedies make a state green; a text when one changes nothing or there are too many. */
async function remediesToGreen(
  start: Mended,
  first: Report,
  truth: Truth,
  runs: SharedRuns,
  known: Map<string, number>,
): Promise<number | string> {
  const trail: string[] = [];
  let now = start;
  let report: Report | null = first;
  for (let step = 0; step <= mostSteps; step++) {
    const key = keyOf(now);
    const rest = truth.installs(now) ? 0 : known.get(key);
    if (rest !== undefined) {
      trail.forEach((passed, index) => void known.set(passed, rest + trail.length - index));
      return rest + trail.length;
    }
    trail.push(key);
    report ??= await runs.reportOf(now, directGitLab(now.state));
    const errors = errorsOf(report);
    const confirmed = errors.filter(isConfirmed).map(({ cause }) => cause);
    const done = (confirmed.length > 0 ? confirmed : namedIn(errors)).flatMap(
      (cause) => mendedBy[cause] ?? [],
    );
    const before = keyOf(now);
    now = mend(now, remedied(done, now));
    if (keyOf(now) === before) return `no remedy of ${namedIn(errors).join(' ')} changes anything`;
    report = null;
  }
  return `not green after ${mostSteps} remedies`;
}

/** A cause with two mendings is mended by publishing, or by the other place where the package is held there. */
function remedied(done: readonly Mending[], { state }: Mended): readonly Mending[] {
  const both = done.includes('publish') && done.includes('prefix');
  if (!both) return done;
  return done.filter((mending) => mending !== (state.package === 'absent' ? 'prefix' : 'publish'));
}

function addShared({ shared }: Figures, mending: string, states: number, confirmed: number): void {
  const known = shared[mending] ?? { states: 0, confirmed: 0 };
  shared[mending] = { states: known.states + states, confirmed: known.confirmed + confirmed };
}

function count(
  kinds: Record<string, Counted>,
  kind: string,
  more: number,
  examples: readonly string[],
): void {
  const known = kinds[kind] ?? { count: 0, examples: [] };
  kinds[kind] = {
    count: known.count + more,
    examples: [...known.examples, ...examples].slice(0, mostExamples),
  };
}

/** The figures of two sets of states together. */
export function sum(a: Figures, b: Figures): Figures {
  const all: Figures = {
    ...noFigures,
    below: { ...a.below },
    shared: { ...a.shared },
    steps: { ...a.steps },
    faults: { ...a.faults },
  };
  for (const key of [
    'states',
    'failing',
    'confirmed',
    'knowable',
    'knowableUnconfirmed',
    'classes',
    'runs',
  ] as const) {
    all[key] = a[key] + b[key];
  }
  for (const [steps, states] of Object.entries(b.steps)) {
    all.steps[Number(steps)] = (all.steps[Number(steps)] ?? 0) + states;
  }
  for (const [mending, one] of Object.entries(b.shared)) addShared(all, mending, one.states, one.confirmed);
  for (const part of ['below', 'faults'] as const) {
    for (const [kind, found] of Object.entries(b[part])) count(all[part], kind, found.count, found.examples);
  }
  return all;
}
