import type { Finding, Report } from '../../src/domain/report.ts';
import { allAnswers } from './all-answers.ts';
import { GitLabs } from './direct-http.ts';
import { partsOf } from './proof-space.ts';
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
/** More rounds of remedies than these are only right where about as many things are wrong: a possible cause may cost one. */
const enoughSteps = 4;
const mostExamples = 3;

/** The failing states that give the same answers to everything. */
interface TwinClass {
  states: number;
  /** The true causes that all of them have. */
  shared: ReadonlySet<Mending>;
  /** What is said of them: one report, unless an answer that says nothing was asked for. */
  reports: Map<Report, Counted>;
}

/** A block under way. */
class BlockProof {
  readonly runs = new SharedRuns();
  readonly stepsOf = new Map<string, number>();
  readonly classes = new Map<string, TwinClass>();
  readonly working = new Set<string>();
}

/**
 * Proves blocks that share version, scope and credential, part by part: what a GitLab said once to the states of one block serves those of
 * the others. `progress` hears of each number of states that is done.
 */
export async function proveBlocks(
  blocks: readonly KnownPart[],
  progress: (states: number) => void = () => {},
): Promise<Figures> {
  const figures: Figures = { ...noFigures, below: {}, shared: {}, steps: {}, faults: {} };
  const gitlabs = new GitLabs();
  const truth = new Truth(gitlabs);
  const parts = new Map<string, (() => Promise<void>)[]>();
  const proofs = blocks.map((block) => {
    const proof = new BlockProof();
    for (const { key, states } of partsOf(block)) {
      const prove = async () => {
        const before = figures.states;
        for (const state of states()) await proveState(state, proof, truth, gitlabs, figures);
        progress(figures.states - before);
      };
      parts.set(key, [...(parts.get(key) ?? []), prove]);
    }
    return proof;
  });
  for (const part of parts.values()) for (const prove of part) await prove();
  for (const { classes, runs } of proofs) {
    for (const twins of classes.values()) judgeClass(twins, figures);
    figures.classes += classes.size;
    figures.runs += runs.runs;
  }
  return figures;
}

async function proveState(
  state: ProofState,
  { runs, stepsOf, classes, working }: BlockProof,
  truth: Truth,
  gitlabs: GitLabs,
  figures: Figures,
): Promise<void> {
  const name = () => [Object.values(state).join(' ')];
  const fault = (kind: string) => count(figures.faults, kind, 1, name);
  figures.states++;
  const start: Mended = { state, served: false };
  const gitlab = gitlabs.of(state);
  const report = await runs.reportOf(start, gitlab);
  const works = truth.installs(start);
  if (works !== (report.verdict === 'pass')) {
    fault(`verdict ${report.verdict}, but the install ${works ? 'works' : 'fails'}`);
    return;
  }
  const errors = errorsOf(report);
  const answers = allAnswers(state, gitlab);
  const twins = classes.get(answers);
  if (works ? twins !== undefined : working.has(answers))
    fault('a state that works has the answers of one that fails');
  if (works) {
    for (const { cause } of errors) fault(`${cause} where nothing is wrong`);
    working.add(answers);
    return;
  }
  figures.failing++;
  const causes = truth.causes(start);
  const knowable = truth.comeUpon(start);
  if (errors.some(isConfirmed)) figures.confirmed++;
  for (const kind of wrongs(errors, causes)) fault(kind);
  if (twins) {
    twins.states++;
    twins.shared = new Set([...twins.shared].filter((mending) => knowable.has(mending)));
    addCounted(twins.reports, report, name);
  } else {
    const reports = new Map<Report, Counted>();
    addCounted(reports, report, name);
    classes.set(answers, { states: 1, shared: knowable, reports });
  }
  const steps = await remediesToGreen(start, report, truth, gitlabs, runs, stepsOf);
  if (typeof steps === 'string') return fault(steps);
  figures.steps[steps] = (figures.steps[steps] ?? 0) + 1;
  if (steps > enoughSteps && steps > truth.fewest(start) + 1)
    fault(`${steps} rounds of remedies where ${truth.fewest(start)} things are wrong`);
}

export function errorsOf({ findings }: Report): readonly Finding[] {
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
export function wrongs(errors: readonly Finding[], truth: ReadonlySet<Mending>): readonly string[] {
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
 * All states of one class share what can be known of them: a cause that they have in common has to be confirmed. Another prefix, where it
 * brings the key of the tarball, and to lock anew are ways round another cause.
 */
function judgeClass(twins: TwinClass, figures: Figures): void {
  const tarball = twins.shared.has('tarball-key');
  const beside: readonly Mending[] = ['lock', ...(tarball ? (['prefix'] as const) : [])];
  const shared = [...twins.shared].filter((one) => !beside.includes(one));
  const reports = [...twins.reports].map(([report, counted]) => ({ errors: errorsOf(report), ...counted }));
  if (shared.length > 0 || reports.some(({ errors }) => errors.some(isConfirmed)))
    figures.knowable += twins.states;
  if (shared.length === 0) return;
  for (const { errors, count: states, examples } of reports) {
    const said = new Set(errors.filter(isConfirmed).flatMap(({ cause }) => mendedBy[cause] ?? []));
    for (const mending of shared) addShared(figures, mending, states, said.has(mending) ? states : 0);
    if (shared.some((mending) => said.has(mending))) continue;
    figures.knowableUnconfirmed += states;
    const kind = `all share ${shared.join(' ')}, named ${namedIn(errors).join(' ')}`;
    count(figures.below, kind, states, () => examples);
  }
}

/** How many rounds of remedies make a state green; a text when one changes nothing or there are too many. */
async function remediesToGreen(
  start: Mended,
  first: Report,
  truth: Truth,
  gitlabs: GitLabs,
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
    report ??= await runs.reportOf(now, gitlabs.of(now.state));
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

/**
 * A cause with two mendings is mended by publishing, or by the other place where the package is held there; a lockfile by what the registry names, where that
 * is another project which gives the very version; a version by mapping to the project that has it.
 */
function remedied(all: readonly Mending[], { state }: Mended): readonly Mending[] {
  if (all.includes('version') && state.place.startsWith('version-')) return [...all, 'prefix'];
  const anew = all.includes('lock') && state.place === 'twin-guest';
  const done = all.filter((mending) => mending !== (anew ? 'prefix' : 'lock'));
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
  examples: () => readonly string[],
): void {
  const known = kinds[kind] ?? { count: 0, examples: [] };
  kinds[kind] = counted(known, more, examples);
}

function addCounted(of: Map<Report, Counted>, report: Report, name: () => readonly string[]): void {
  of.set(report, counted(of.get(report) ?? { count: 0, examples: [] }, 1, name));
}

function counted(known: Counted, more: number, examples: () => readonly string[]): Counted {
  return {
    count: known.count + more,
    examples:
      known.examples.length < mostExamples
        ? [...known.examples, ...examples()].slice(0, mostExamples)
        : known.examples,
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
    for (const [kind, found] of Object.entries(b[part]))
      count(all[part], kind, found.count, () => found.examples);
  }
  return all;
}
