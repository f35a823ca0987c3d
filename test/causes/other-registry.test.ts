import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { packTarball } from '../../src/simulator/tarball.ts';
import { serve } from '../io/support/servers.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, situation } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';

const origin = 'https://npm.other.example';
const key = '//npm.other.example/';
const line = `@acme:registry=${origin}/\n`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What the registry says to an `Authorization` header; `undefined`: to none. */
type Answers = (header: string | undefined, isTarball: boolean) => number;

/** The registry of somebody else, which holds `@acme/ui` 1.4.0. */
function registry(answers: Answers): NonNullable<TestWorld['passage']> {
  return async ({ url }) => {
    const tarball = packTarball({
      'package.json': JSON.stringify({ name: '@acme/ui', version: '1.4.0' }),
    });
    const server = await serve((request, response) => {
      const isTarball = request.url?.endsWith('.tgz') ?? false;
      const status = answers(request.headers.authorization, isTarball);
      if (status !== 200) {
        response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":"refused"}');
      } else if (isTarball) {
        response.writeHead(200).end(tarball);
      } else {
        const dist = { tarball: `${origin}/@acme/ui/-/ui-1.4.0.tgz` };
        const versions = { '1.4.0': { name: '@acme/ui', version: '1.4.0', dist } };
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ name: '@acme/ui', 'dist-tags': { latest: '1.4.0' }, versions }));
      }
    });
    return { origin: new URL(url).origin, origins: { [origin]: server.url } };
  };
}

/** Gives everything to whoever sends nothing, or this. */
const open =
  (status: number, good: string | null = null): Answers =>
  (header) =>
    header === undefined || header === good ? 200 : status;
/** Gives everything to whoever sends this. */
const closed =
  (status: number, good: string): Answers =>
  (header) =>
    header === good ? 200 : status;

async function told(answers: Answers, lines: string, parts: Partial<Parameters<typeof situation>[0]> = {}) {
  const { report } = await play(
    situation({
      name: 'other-registry',
      story: 'the registry of somebody else',
      gitlab: friends(),
      npmrc: `${line}${lines}`,
      passage: registry(answers),
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      ...parts,
    }),
  );
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  return { findings: report.findings, errors: errors.map(findingLine), first: errors[0] };
}

const deadToken = { variables: { NPM_TOKEN: 'token-of-another-year' } };
const byToken = `${key}:_authToken=\${NPM_TOKEN}\n`;

describe('a registry that is open to anybody, and refuses a dead token', () => {
  it.each<[string, Answers]>([
    ['401', open(401)],
    ['403', open(403)],
    ['404, as if there were no such package', open(404)],
    ['403 for the tarball alone', (header, isTarball) => (isTarball && header !== undefined ? 403 : 200)],
  ])('by %s: the line of the token is to blame, which need not be there', async (_what, answers) => {
    const { errors, first } = await told(answers, byToken, deadToken);
    expect(errors).toEqual([expect.stringMatching(/^NP202 confirmed: @acme\/ui@/)]);
    expect(first?.location).toMatchObject({ file: '.npmrc', line: 2 });
    expect(first?.remedy.summary).toBe('take .npmrc:2 out, or put a live token there');
    expect(first?.remedy.steps[0]).toBe(
      'npm.other.example gives @acme/ui to anybody who sends no credential, and refuses this one: without .npmrc:2 it installs',
    );
  });

  it('refuses a user with a password alike', async () => {
    const { errors } = await told(open(403), `${key}:_auth=\${NPM_TOKEN}\n`, {
      variables: { NPM_TOKEN: base64('ci:gone') },
    });
    expect(errors).toEqual(['NP202 confirmed: @acme/ui@^1.0.0']);
  });

  it('installs without the line', async () => {
    expect((await told(open(403), '')).findings).toEqual([]);
  });

  it('is not what refuses everybody', async () => {
    const { errors, first } = await told(closed(401, 'Bearer good'), byToken, deadToken);
    expect(errors).toEqual(['NP202 possible: @acme/ui@^1.0.0']);
    expect(first?.remedy.summary).toBe('put a live token into NPM_TOKEN');
  });
});

it('says of a refused user and password only what is true of any registry', async () => {
  const login = `${key}:_auth=\${NPM_TOKEN}\n`;
  const given = { variables: { NPM_TOKEN: base64('ci:gone') } };
  const { errors, first } = await told(closed(403, 'Bearer good'), login, given);
  expect(errors).toEqual(['NP203 possible: @acme/ui@^1.0.0']);
  expect(first?.title).toBe(
    '//npm.other.example/:_auth sends a user and a password that npm.other.example refuses',
  );
  expect(JSON.stringify(first?.remedy)).not.toContain('GitLab');
  expect(first?.remedy.steps).toEqual(['where npm.other.example takes a bearer token: replace the line']);
});

describe('a key for another port of the registry', () => {
  it.each([
    ['keeps the reference that is there', '//npm.other.example:8443/', 'ACME_TOKEN', 'ACME_TOKEN'],
    ["keeps no reference to the job's own token", '//npm.other.example:8443/', 'CI_JOB_TOKEN', 'NPM_TOKEN'],
    ['leaves that of another host there', '//npm.else.other.example/', 'ACME_TOKEN', 'NPM_TOKEN'],
  ])('%s', async (_, at, variable, kept) => {
    const { first } = await told(closed(401, 'Bearer good'), `${at}:_authToken=\${${variable}}\n`, {
      variables: { ACME_TOKEN: 'good' },
    });
    expect(first?.code).toBe('NP104');
    expect(first?.remedy.edit?.after).toBe(`${key}:_authToken=\${${kept}}`);
  });
});

describe('a dead token beside a user with a password', () => {
  const pair = `${key}:username=ci\n${key}:_password=\${NPM_PASSWORD}\n`;
  const given = { variables: { ...deadToken.variables, NPM_PASSWORD: base64('right') } };

  it('wins over them: the report names its line, and theirs', async () => {
    const { errors, first } = await told(
      closed(401, `Basic ${base64('ci:right')}`),
      `${byToken}${pair}`,
      given,
    );
    expect(errors).toEqual(['NP108 possible: @acme/ui@^1.0.0 | token-rejected']);
    expect(first?.title).toBe(
      'the token in .npmrc:2 wins over the user and password of the same key in .npmrc:3 and .npmrc:4',
    );
    expect(first?.remedy.edit).toEqual({ file: '.npmrc', line: 2, before: byToken.trim(), after: null });
  });

  it('is gone where its line is', async () => {
    expect((await told(closed(401, `Basic ${base64('ci:right')}`), pair, given)).errors).toEqual([]);
  });

  it('is all there is where they are for another path', async () => {
    const elsewhere = pair.replaceAll(key, `${key}other/`);
    const { errors } = await told(closed(401, 'Bearer good'), `${byToken}${elsewhere}`, given);
    expect(errors).toEqual(['NP202 possible: @acme/ui@^1.0.0']);
  });

  it('leaves no way out at a GitLab, whose npm routes take no such pair', async () => {
    const { errors, first } = await told(closed(401, ''), '', {
      ...given,
      npmrc: `@acme:registry=https://gitlab.example.com/api/v4/packages/npm/\n${`${byToken}${pair}`.replaceAll(key, '//gitlab.example.com/api/v4/')}`,
    });
    expect(errors).toEqual(['NP202 confirmed: @acme/ui@^1.0.0']);
    expect(first?.remedy.steps.at(-1)).toBe(
      'npm sends the token alone: user and password of the same key in .npmrc:3 and .npmrc:4 do not count beside it, and gitlab.example.com takes no such pair for npm packages: take them out',
    );
  });
});

describe('a user with a password', () => {
  const good = closed(401, `Basic ${base64('ci:right')}`);
  const user = `${key}:username=ci\n`;
  const client = (name: ClientName, version: string) => ({ client: { name, version } });

  it.each<[string, string, ReturnType<typeof client>]>([
    ['right-or-not!', 'npm', client('npm', '10.9.9')],
    ['plain_password', 'npm', client('npm', '12.2.0')],
    ['right-or-not!', 'pnpm', client('pnpm', '9.15.9')],
    ['right-or-not!', 'pnpm', client('pnpm', '11.28.11')],
    ['right-or-not!', 'Yarn 1', client('yarn', '1.22.22')],
    ['right-or-not!', 'Bun', client('bun', '1.4.5')],
  ])('written as it is (%s): %s decodes it, and the line is named', async (password, name, parts) => {
    const lines = `${line}${user}${key}:_password=\${NPM_PASSWORD}\n`;
    const { findings, first } = await told(good, '', {
      ...parts,
      variables: { NPM_PASSWORD: password },
      npmrc: '',
      home: { '.npmrc': lines },
    });
    expect(findings.map(findingLine)).toEqual(['NP109 confirmed: @acme/ui@^1.0.0']);
    expect(first?.title).toContain(
      `: _password is to be the base64 of the password, which ${name} decodes, and this value is none`,
    );
    expect(first?.location).toMatchObject({ line: 3 });
    expect(first?.remedy.steps).toContain(
      `put into NPM_PASSWORD what this prints: printf '%s' "$PASSWORD" | base64 -w0`,
    );
    expect(JSON.stringify(findings)).not.toContain(password);
  });

  it('encoded with the line end of echo is told so', async () => {
    const { errors, first } = await told(good, `${user}${key}:_password=${base64('right\n')}\n`);
    expect(errors).toEqual(['NP109 confirmed: @acme/ui@^1.0.0']);
    expect(first?.title).toContain('ends with a line end');
  });

  it('encoded and wrong is a matter of the server', async () => {
    const { errors } = await told(good, `${user}${key}:_password=\${NPM_PASSWORD}\n`, {
      variables: { NPM_PASSWORD: base64('wröng') },
    });
    expect(errors).toEqual(['NP202 possible: @acme/ui@^1.0.0 | token-kind-unsupported']);
  });

  it('that does not count beside a token is no line to mend', async () => {
    const lines = `${user}${key}:_password=plain_password\n${byToken}`;
    const { findings } = await told(closed(401, 'Bearer good'), lines, { variables: { NPM_TOKEN: 'good' } });
    expect(findings.filter(({ code }) => code === 'NP109')).toEqual([]);
  });

  it('under `password`, which no client reads, is told the right key', async () => {
    const { errors, first } = await told(good, `${user}${key}:password=\${NPM_PASSWORD}\n`, {
      variables: { NPM_PASSWORD: base64('right') },
    });
    expect(errors).toEqual(['NP109 confirmed: @acme/ui@^1.0.0']);
    expect(first?.remedy.edit).toMatchObject({
      file: '.npmrc',
      line: 3,
      after: `${key}:_password=\${NPM_PASSWORD}`,
    });
  });

  it('under `password` at the GitLab of the job gives way to the token', async () => {
    const gitlab = '//gitlab.example.com/api/v4/';
    const { findings, first } = await told(good, '', {
      npmrc: `@acme:registry=https://gitlab.example.com/api/v4/packages/npm/\n${gitlab}:username=ci\n${gitlab}:password=\${CI_JOB_TOKEN}\n`,
    });
    expect(findings.map(findingLine)).toEqual(['NP109 confirmed: @acme/ui@^1.0.0']);
    expect(first?.remedy.edit?.after).toBe(`${gitlab}:_authToken=\${CI_JOB_TOKEN}`);
  });
});
