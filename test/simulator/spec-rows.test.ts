import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import { type SpecRow, specRows } from './spec-row.ts';
import { bodyFault } from './spec-row-body.ts';
import { predicateOf, unanswerable } from './spec-row-predicate.ts';
import { requestOf } from './spec-row-request.ts';
import { worldOf } from './spec-row-world.ts';

/** Rows with a status that the simulator does not play, each with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'C.dist_tag_put.project.0016': "a fault inside GitLab's own database",
  'C.dist_tag_put.instance.0015': "a fault inside GitLab's own database",
  'C.dist_tag_delete.group.0015': "a fault inside GitLab's own database",
  'H.project_lookup.project.0006': 'container registry routes only',
  'H.project_lookup.project.0009': 'a stub that no live token can bring about, says the row',
  'H.project_lookup.project.0017': 'a route that names no policy: none of ours',
};

const everyToken = ['oauth', 'personal_access_token', 'job_token', 'deploy_token'];
const rows = specRows();
const answered = rows.filter((row) => row.status !== null);
const predicates = rows.filter((row) => row.status === null);

const tally: string[] = [];
const passedOver: string[] = [];
let gitlab: RunningGitLab;
beforeAll(async () => {
  gitlab = await startGitLab(worldOf({ ...(rows[0] as SpecRow), auth: 'none' }), {
    publicRegistry: 'http://public.example',
  });
});
afterAll(async () => {
  await gitlab.close();
  const reasons = [...Object.entries(leftOut).map(([id, reason]) => `${id}: ${reason}`), ...passedOver];
  process.stdout.write(`spec rows run: ${tally.join(', ')}\nleft out: ${reasons.join('; ')}\n`);
});

describe('rows with a status, over HTTP', () => {
  const endpoints = [...new Set(answered.map((row) => row.endpoint))];
  test.each(endpoints)('%s', async (endpoint) => {
    const ours = answered.filter((row) => row.endpoint === endpoint && !(row.id in leftOut));
    const faults: string[] = [];
    for (const row of ours) faults.push(...(await faultsOf(row)));
    expect(faults).toEqual([]);
    tally.push(`${endpoint} ${ours.length}`);
  });

  test('every row left out is still there', () => {
    expect(Object.keys(leftOut).filter((id) => !answered.some((row) => row.id === id))).toEqual([]);
  });
});

describe('rows without a status, against predicates', () => {
  const endpoints = [...new Set(predicates.map((row) => row.endpoint))];
  test.each(endpoints)('%s', (endpoint) => {
    const ours = predicates.filter((row) => row.endpoint === endpoint);
    const judged = ours.flatMap((row) => {
      const result = predicateOf(row);
      return result === null ? [] : [{ row, result }];
    });
    const faults = judged
      .filter(({ row, result }) => result !== (row.facts.result ?? true))
      .map(({ row }) => row.id);
    expect(faults).toEqual([]);
    const missed = ours.filter((row) => predicateOf(row) === null && unanswerable(row) === null);
    expect(missed.map((row) => row.id)).toEqual([]);
    tally.push(`${endpoint} ${judged.length} of ${ours.length}`);
    for (const reason of new Set(ours.map(unanswerable)))
      if (reason) passedOver.push(`${endpoint}: ${reason}`);
  });
});

const folder =
  process.env.NPMRC_PREFLIGHT_TRUTH ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'truth');
const truthFile = join(folder, 'gitlab-spec-rows.json');
test.runIf(existsSync(truthFile))(
  'the fixture holds every row of the truth file that is not superseded',
  () => {
    const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as {
      id: string;
      expected_status: number | null;
      extra: { superseded_by_C?: unknown };
    }[];
    const wanted = truth
      .filter((row) => !row.extra.superseded_by_C)
      .map((row) => `${row.id} ${row.expected_status}`);
    expect(rows.map((row) => `${row.id} ${row.status}`).toSorted()).toEqual(wanted.toSorted());
  },
);

async function faultsOf(row: SpecRow): Promise<string[]> {
  const auths = row.auth === 'any_accepted' ? everyToken : [row.auth];
  const faults: string[] = [];
  for (const auth of auths) {
    const asked = row.endpoint === 'project_lookup' ? asPackagesApi(row) : row;
    gitlab.store.change(() => prepared(asked, auth));
    const request = requestOf(asked, auth);
    const response = await fetch(`${gitlab.apiUrl}${request.path}`, { ...request, redirect: 'manual' });
    const text = await response.text();
    const right = row.facts.any2xx ? response.ok : response.status === row.status;
    const fault = right
      ? bodyFault(row, response, text)
      : `${response.status} instead of ${row.status}: ${text}`;
    if (fault !== null) faults.push(`${row.id} (${auth}): ${fault}`);
  }
  return faults;
}

/** Rows about the settings' list that presuppose entries. */
function prepared(row: SpecRow, auth: string) {
  const world = worldOf(row, auth);
  const { path = '', method, condition } = row.facts;
  if (row.endpoint !== 'job_token_scope') return world;
  const linked = condition === 'already-linked' || method === 'DELETE';
  if (condition?.startsWith('2-inbound')) {
    return world
      .allow('test-group/my.project', 'test-group/second')
      .allow('test-group/my.project', 'test-group/target');
  }
  return linked
    ? world.allow(
        'test-group/my.project',
        path.includes('groups_allowlist') ? 'test-group' : 'test-group/target',
      )
    : world;
}

/** Project look-ups are GitLab's inner helpers; the routes that rest on them show their answers. */
function asPackagesApi(row: SpecRow): SpecRow {
  if (row.facts.helper === 'user_project_with_read_package') {
    return { ...row, endpoint: 'metadata', forwarding: false, name: 'non_existing', visibility: 'private' };
  }
  const path = '/projects/:id/packages';
  return {
    ...row,
    endpoint: 'project_packages',
    visibility: row.visibility ?? 'private',
    facts: { ...row.facts, path },
  };
}
