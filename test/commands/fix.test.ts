import { afterEach, describe, expect, it } from 'vitest';
import type { GitLabBuilder } from '../../src/simulator/gitlab.ts';
import { maintained, maintainerToken } from '../scenarios/maintainer.ts';
import { friends, rc, type situation, strangers, token } from '../scenarios/situation.ts';
import { findLeaks } from '../support/leak-scan.ts';
import { type Fixed, type FixJob, fixJob } from './fix-world.ts';

const list = '/api/v4/projects/324/job_token_scope/allowlist';
const jobs: FixJob[] = [];

afterEach(async () => {
  await Promise.all(jobs.splice(0).map((job) => job.close()));
});

async function job(gitlab: GitLabBuilder, parts?: Partial<Parameters<typeof situation>[0]>): Promise<FixJob> {
  const made = await fixJob(gitlab, parts);
  jobs.push(made);
  return made;
}

/** A GitLab where only the entry is missing. */
function noEntry(version = '18.2'): GitLabBuilder {
  return strangers({ version }).member('alice', 'reporter', 'acme/ui');
}

function entriesOf(made: FixJob, path = 'acme/ui'): readonly string[] {
  const project = made.server.store.model.projects.find((one) => one.path === path);
  return (project?.allowlist.entries ?? []).map((entry) => `${entry.kind} ${entry.path}`);
}

function clean(fixed: Fixed): void {
  for (const secret of [maintainerToken, token])
    expect(findLeaks(secret, { output: fixed.output, complaint: fixed.complaint })).toEqual([]);
}

describe('without --yes', () => {
  it('shows exactly the request, and sends none', async () => {
    const made = await job(maintained(noEntry()));
    const shown = await made.fix();
    expect(shown.exitCode).toBe(1);
    expect(shown.changes).toEqual([]);
    expect(entriesOf(made)).toEqual([]);
    expect(shown.output).toContain(`POST https://gitlab.example.com${list}\n  {"target_project_id":512}\n`);
    expect(shown.output).toContain('nothing was changed: --yes sends exactly this');
    expect(shown.output).toContain('NP301');
    clean(shown);
  });

  it('says the same as JSON', async () => {
    const made = await job(maintained(noEntry()));
    const shown = await made.fix({ format: 'json' });
    expect(shown.json()).toMatchObject({
      schema: 1,
      command: 'fix',
      exitCode: 1,
      applied: false,
      byHand: [],
      entries: [
        {
          project: 324,
          kind: 'project',
          adds: 'acme/shop',
          state: 'needed',
          request: {
            method: 'POST',
            url: `https://gitlab.example.com${list}`,
            data: { target_project_id: 512 },
          },
        },
      ],
      report: { schema: 1, command: 'verify', verdict: 'fail' },
    });
    clean(shown);
  });

  it('has nothing to do where everything is granted', async () => {
    const made = await job(maintained(friends()));
    const shown = await made.fix();
    expect(shown.exitCode).toBe(0);
    expect(shown.output).toMatch(/^no allowlist entry is known to be missing\n/);
    expect(shown.requests.filter((one) => one.authorization === 'private-token')).toEqual([]);
  });
});

describe('with --yes', () => {
  it.each(['16.9', '17.3', '17.5', '18.2', '18.5', '19.0'])(
    'adds the entry on %s and checks again',
    async (version) => {
      const made = await job(maintained(noEntry(version)));
      const fixed = await made.fix({ yes: true });
      expect(fixed.output).toMatch(/^1 of 1 allowlist entry in place\n/);
      expect(fixed.changes).toEqual([
        { method: 'POST', url: list, authorization: 'private-token', status: 201 },
      ]);
      expect(entriesOf(made)).toEqual(['project acme/shop']);
      expect(fixed.exitCode).toBe(0);
      clean(fixed);
    },
  );

  it('is safe to repeat', async () => {
    const made = await job(maintained(noEntry()));
    await made.fix({ yes: true });
    const again = await made.fix({ yes: true });
    expect(again).toMatchObject({ exitCode: 0, changes: [] });
    expect(entriesOf(made)).toEqual(['project acme/shop']);
  });

  it('counts an entry that somebody else added meanwhile', async () => {
    const made = await job(maintained(noEntry()));
    const fixed = await made.fix({
      yes: true,
      before: ({ store }) => store.change((model) => model.allow('acme/ui', 'acme/shop')),
    });
    expect(fixed.changes.map(({ status }) => status)).toEqual([400]);
    expect(fixed.output).toContain('already there: project 324');
    expect(fixed.exitCode).toBe(0);
  });

  it('looks again where the answer was lost, and sends nothing twice', async () => {
    const made = await job(maintained(noEntry()));
    const fixed = await made.fix({ yes: true, losing: true });
    expect(fixed.changes).toHaveLength(1);
    expect(fixed.output).toContain('sent, but not confirmed: project 324');
    expect(fixed.exitCode).toBe(0);
  });

  it.each([
    ['a page', {}],
    ['the words of another service', { ok: true }],
    ['the entry of another project', { source_project_id: 324, target_project_id: 7 }],
  ])('takes a success with %s for no entry', async (_, fields) => {
    const made = await job(maintained(noEntry()));
    const instead = { kind: 'answered', status: 200, message: null, fields } as const;
    const fixed = await made.fix({ yes: true, format: 'json', instead });
    expect(fixed.exitCode).toBe(1);
    expect(fixed.json().entries).toMatchObject([
      { state: 'unknown', why: expect.stringContaining('200 without the entry') },
    ]);
    const shown = await made.fix({ yes: true, instead });
    expect(shown.output).toMatch(/^0 of 1 allowlist entry in place\n/);
    expect(shown.output).not.toContain('added');
  });

  it.each([
    ['already-there', 400, 'This project is already in the job token allowlist.', {}],
    ['added', 201, null, { source_project_id: 324, target_project_id: 512 }],
  ])('says so where the entry is %s and still missed', async (state, status, message, fields) => {
    const made = await job(maintained(noEntry()));
    const instead = { kind: 'answered', status, message, fields } as const;
    const fixed = await made.fix({ yes: true, format: 'json', instead });
    expect(fixed.exitCode).toBe(1);
    expect(fixed.json().entries).toMatchObject([
      { state, why: expect.stringContaining('still finds no entry') },
    ]);
    expect((await made.fix({ yes: true, instead })).output).toMatch(/^0 of 1 allowlist entry in place\n/);
  });

  it('adds one entry for a project, however many of its packages fail, and one for each project', async () => {
    const world = noEntry()
      .package('acme/ui', '@acme/icons', '1.0.0')
      .project('acme/core', { id: 325 })
      .member('alice', 'reporter', 'acme/core')
      .package('acme/core', '@acme/core', '1.0.0');
    const made = await job(maintained(world), {
      npmrc: `${rc.instance}${rc.key}`,
      dependencies: { '@acme/ui': '^1.0.0', '@acme/icons': '^1.0.0', '@acme/core': '^1.0.0' },
    });
    const fixed = await made.fix({ yes: true });
    expect(fixed.changes.map(({ url }) => url)).toEqual([list, list.replace('324', '325')]);
    expect(fixed.exitCode).toBe(0);
  });

  it('goes on to the next cause and says so', async () => {
    const made = await job(maintained(strangers()));
    const fixed = await made.fix({ yes: true });
    expect(fixed.changes).toHaveLength(1);
    expect(fixed.output).toContain('added: project 324');
    expect(fixed.output).toMatch(/checked again: [\s\S]*error\[NP302\]: /);
    expect(fixed.exitCode).toBe(1);
  });

  it('finds the number of a project that only its path is known of', async () => {
    const made = await job(maintained(noEntry('18.4')), { npmrc: `${rc.instance}${rc.key}` });
    const fixed = await made.fix({ yes: true });
    expect(fixed.changes.map(({ url, status }) => [url, status])).toEqual([[list, 201]]);
    expect(fixed.exitCode).toBe(0);
  });
});

describe('--entry group', () => {
  it('adds the group right above the project of the job', async () => {
    const deep = noEntry()
      .project('acme/web/shop', { id: 513 })
      .member('alice', 'developer', 'acme/web/shop')
      .jobToken(token, { project: 'acme/web/shop', user: 'alice' });
    const made = await job(maintained(deep), {
      variables: {
        SETTINGS_TOKEN: maintainerToken,
        CI_PROJECT_PATH: 'acme/web/shop',
        CI_PROJECT_ID: '513',
      },
    });
    const fixed = await made.fix({ yes: true, entry: 'group' });
    expect(fixed.changes.map(({ url }) => url)).toEqual([list.replace('allowlist', 'groups_allowlist')]);
    expect(entriesOf(made)).toEqual(['group acme/web']);
    expect(fixed.exitCode).toBe(0);
    expect(await made.fix({ yes: true, entry: 'group' })).toMatchObject({ exitCode: 0, changes: [] });
  });

  it('adds nothing before 17.0, which knows no groups', async () => {
    const made = await job(maintained(noEntry('16.9')));
    const fixed = await made.fix({ yes: true, entry: 'group' });
    expect(fixed).toMatchObject({ exitCode: 1, changes: [] });
    expect(fixed.output).toContain(
      'by hand: no group can be added: an allowlist takes groups since GitLab 17.0',
    );
  });

  it('adds nothing for a project that lies in no group', async () => {
    const own = strangers()
      .user('alice')
      .member('alice', 'reporter', 'acme/ui')
      .project('alice/tool', { id: 514 })
      .jobToken(token, { project: 'alice/tool', user: 'alice' });
    const made = await job(maintained(own).member('mona', 'guest', 'alice/tool'), {
      variables: { SETTINGS_TOKEN: maintainerToken, CI_PROJECT_PATH: 'alice/tool', CI_PROJECT_ID: '514' },
    });
    const fixed = await made.fix({ yes: true, entry: 'group' });
    expect(fixed).toMatchObject({ exitCode: 1, changes: [] });
    expect(fixed.output).toContain('alice/tool lies in no group; use --entry project');
  });
});

describe('a token that is not enough', () => {
  it('of a Developer: what is only possible stays as it is', async () => {
    const made = await job(maintained(noEntry('17.3'), { role: 'developer' }));
    const fixed = await made.fix({ yes: true });
    expect(fixed).toMatchObject({ exitCode: 1, changes: [] });
    expect(fixed.output).toContain('by hand: not certain, so nothing is added: acme/shop is not on');
    expect(
      fixed.complaint.match(
        /^note: api-token-env: the token in SETTINGS_TOKEN may not read the settings of project 324, /gm,
      ),
    ).toHaveLength(1);
    clean(fixed);
  });

  it('of a Developer: what the refusals prove is tried once, and the refusal is passed on', async () => {
    const made = await job(maintained(noEntry('18.4'), { role: 'developer' }));
    const fixed = await made.fix({ yes: true });
    expect(fixed.changes.map(({ status }) => status)).toEqual([403]);
    expect(fixed.output).toMatch(/^0 of 1 allowlist entry in place\n[\s\S]*refused: project 324[\s\S]*= 403/);
    expect(fixed.exitCode).toBe(1);
    expect(entriesOf(made)).toEqual([]);
  });

  it('with a scope that may only read: the entry is refused', async () => {
    const made = await job(maintained(noEntry(), { scopes: ['read_api'] }));
    const fixed = await made.fix({ yes: true });
    expect(fixed.changes.map(({ status }) => status)).toEqual([403]);
    expect(fixed.output).toContain('refused: project 324');
    expect(fixed.output).toMatch(/say: allowlist without\s+acme\/shop and the groups above it/);
    expect(fixed.exitCode).toBe(1);
    expect(entriesOf(made)).toEqual([]);
  });

  it('of a Maintainer who does not see the project of the job', async () => {
    const made = await job(maintained(noEntry(), { in: 'acme/ui' }));
    const fixed = await made.fix({ yes: true });
    expect(fixed.changes.map(({ status }) => status)).toEqual([400]);
    expect(fixed.output).toMatch(/refused: project 324[\s\S]*= 400: 400 Bad request - The target_project/);
    expect(fixed.exitCode).toBe(1);
  });

  it('that GitLab does not know: one note, and the findings of the job token', async () => {
    const made = await job(noEntry('17.3'));
    const fixed = await made.fix({ yes: true });
    expect(fixed).toMatchObject({ exitCode: 1, changes: [] });
    expect(fixed.complaint).toBe(
      'note: api-token-env: GitLab does not accept the token in SETTINGS_TOKEN; findings rest on what the job token sees\n',
    );
    expect(fixed.output).toContain('error[NP301] (possible)');
    clean(fixed);
  });

  it('that is the job token: it is not asked with', async () => {
    const made = await job(noEntry('17.3'), { variables: { SETTINGS_TOKEN: token } });
    const fixed = await made.fix({ yes: true });
    expect(fixed.complaint).toContain('SETTINGS_TOKEN holds the job token, which reads no settings');
    expect(fixed.requests.filter((one) => one.authorization === 'private-token')).toEqual([]);
  });
});

describe('wrong usage', () => {
  it.each([
    ['no variable is named', { inputs: {} }, 'fix needs the token of a Maintainer'],
    ['the variable is empty', { variables: { SETTINGS_TOKEN: '' } }, 'SETTINGS_TOKEN is unset or empty'],
    [
      'it is no job of GitLab',
      { variables: { SETTINGS_TOKEN: maintainerToken, GITLAB_CI: null } },
      'fix works in a job of GitLab',
    ],
  ] as const)('%s: exit code 2, nothing asked', async (_, parts, message) => {
    const made = await job(maintained(noEntry()), parts);
    const fixed = await made.fix({ yes: true });
    expect(fixed).toMatchObject({ exitCode: 2, output: '', requests: [] });
    expect(fixed.complaint).toContain(message);
  });
});

describe('the API token', () => {
  it('goes to routes of settings only, never to a package', async () => {
    const made = await job(maintained(noEntry('17.3')));
    const { requests } = await made.fix({ yes: true });
    const withIt = requests.filter((one) => one.authorization === 'private-token').map((one) => one.url);
    expect(withIt.length).toBeGreaterThan(3);
    expect(withIt.filter((path) => /\/packages\//.test(path))).toEqual([]);
    expect(
      withIt.filter(
        (path) => !/^\/api\/v4\/projects\/\d+(\/job_token_scope|\/members\/all\/\d+$|$)/.test(path),
      ),
    ).toEqual([]);
  });

  it('goes to no other server, whatever the checkout names', async () => {
    const npmrc = rc.project.replace('gitlab.example.com', 'elsewhere.example');
    const made = await job(maintained(noEntry()), {
      npmrc: `${npmrc}//elsewhere.example/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
    });
    const fixed = await made.fix({ yes: true });
    expect(made.elsewhere.length).toBeGreaterThan(0);
    expect(made.elsewhere.filter((one) => one.authorization === 'private-token')).toEqual([]);
    expect(fixed.changes).toEqual([]);
    clean(fixed);
  });

  it('needs as many requests for twenty packages of a project as for one', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `@acme/part-${index}`);
    const many = names.reduce((model, name) => model.package('acme/ui', name, '1.0.0'), noEntry('17.3'));
    const made = await job(maintained(many), {
      dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])),
    });
    const { requests } = await made.fix();
    expect(requests.filter((one) => one.authorization === 'private-token').length).toBeLessThanOrEqual(6);
  });
});

it('leaves an entry without the permission to a Maintainer', async () => {
  const made = await job(maintained(friends({ version: '18.4' }).allow('acme/ui', 'acme/shop', [])));
  const fixed = await made.fix({ yes: true });
  expect(fixed).toMatchObject({ exitCode: 1, changes: [] });
  expect(fixed.output).toMatch(
    /by hand: the allowlist entry of project 324 .* lacks the permission Packages: Read: the API can't set that, see https:/,
  );
});
