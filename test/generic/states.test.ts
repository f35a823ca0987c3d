import { expect, it } from 'vitest';
import type { Finding, Report } from '../../src/domain/report.ts';
import { seeded } from '../proof/proof-state.ts';
import { drawState, type State } from './generic-state.ts';
import { causesOf, fetched } from './generic-truth.ts';
import { reportOf } from './judge-state.ts';

const count = Number(process.env.GENERIC_STATES ?? 250);
const seed = Number(process.env.GENERIC_SEED ?? 17);

/** What each cause says should be mended. */
const mendedBy: Readonly<Record<string, readonly string[]>> = {
  // a lockfile that leads to the public registry comes of a scope without a line
  'scope-not-mapped': ['line', 'lock'],
  'rc-file-not-read': ['line', 'lock'],
  'auth-key-missing': ['key', 'cover'],
  'auth-key-mismatch': ['key'],
  // one of two faults of a file that pnpm drops
  'malformed-rc-line': ['key', 'token', 'variable'],
  'tarball-prefix-uncovered': ['cover', 'key'],
  'variable-unset': ['variable'],
  'token-missing': ['variable'],
  'token-rejected': ['token', 'password', 'narrow'],
  'token-kind-unsupported': ['password', 'key', 'token', 'narrow'],
  'package-not-found': ['publish', 'narrow'],
  'version-not-found': ['version'],
  // which says to configure the registry that the lockfile names, with its key
  'lockfile-pins-other-registry': ['lock', 'line', 'key', 'cover'],
  'remote-tarball-refused': ['cover', 'line', 'lock'],
  'default-registry-replaced': ['line', 'publish'],
  'host-unresolved': ['lock'],
};

it(`is right about registries that are neither GitLab's nor GitHub's (${count} states, seed ${seed})`, async () => {
  const random = seeded(seed);
  const wrong = new Map<string, string[]>();
  let confirmed = 0;
  for (let index = 0; index < count; index += 1) {
    const state = drawState(random);
    const { report } = await reportOf(state);
    if (report.findings.some(({ certainty }) => certainty === 'confirmed')) confirmed += 1;
    for (const what of complaints(state, report))
      wrong.set(what, [...(wrong.get(what) ?? []), JSON.stringify(state)]);
  }
  expect(Object.fromEntries([...wrong].map(([what, states]) => [what, states.slice(0, 2)]))).toEqual({});
  expect(confirmed).toBeGreaterThan(count / 10);
}, 240_000);

/** A wrong verdict, a confirmed cause that is none, and what is said twice. */
function complaints(state: State, { verdict, findings }: Report): readonly string[] {
  if (isUnknowable(state)) return [];
  const works = fetched(state).step === 5;
  // which of them send a credential to any host, and this check does not
  const isKept = /^(?:yarn-berry|bun)/.test(state.client);
  const found: string[] = [];
  const isRight = verdict === 'undecided' ? isKept || !works : (verdict === 'pass') === works;
  if (!isRight) found.push(`${verdict} of an install that ${works ? 'works' : 'fails'}`);
  if (works) return found;
  const truth = causesOf(state);
  const errors = findings.filter(({ severity, packages }) => severity === 'error' && packages.length > 0);
  for (const finding of errors)
    if (!isTrue(finding, truth)) found.push(`${finding.cause} confirmed: ${truth}`);
  const titles = errors.map(({ title }) => title);
  if (new Set(titles).size !== titles.length) found.push(`said twice: ${titles}`);
  return found;
}

function isTrue({ cause, certainty }: Finding, truth: readonly string[]): boolean {
  return certainty !== 'confirmed' || (mendedBy[cause] ?? []).some((kind) => truth.includes(kind));
}

/** Nothing of the checkout says that the package is private: no line maps its scope, and no lockfile leads to a private host that is asked at once. */
function isUnknowable({ named, line, lock, key, client }: State): boolean {
  if (named || line === 'right') return false;
  const asksFirst = /^pnpm 1[12]/.test(client);
  const isMirror = line === 'default' && (key === 'none' || key === 'other host');
  return lock === 'none' || lock === 'public' || asksFirst || isMirror || line === 'ignored file';
}
