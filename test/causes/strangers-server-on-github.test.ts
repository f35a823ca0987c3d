import { describe, expect, it } from 'vitest';
import type { Outcome, Question } from '../../src/domain/probe.ts';
import { githubRc, githubTokens, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { play } from '../scenarios/play.ts';

const nexus = 'https://nexus.corp.example/repository/npm/';
const tarball = `${nexus}@acme/ui/-/ui-1.4.0.tgz`;

/** A server of the company that refuses one kind of request to everybody. */
function refusing(kind: 'metadata' | 'tarball') {
  return ({ url, probe }: Question): Outcome | null => {
    if (!url.startsWith(nexus)) return null;
    const metadata = { name: '@acme/ui', versions: { '1.4.0': { dist: { tarball } } } };
    const refused = kind === 'metadata' || probe === 'tarball';
    return {
      kind: 'answered',
      status: refused ? 401 : 200,
      url,
      hops: [],
      headers: { 'content-type': 'application/json' },
      body: { kind: 'text', text: refused ? '' : JSON.stringify(metadata), complete: true },
      attempts: 1,
    };
  };
}

/** A workflow with its token in GITHUB_TOKEN that takes `@acme/ui` from that server, or from GitHub. */
async function run(npmrc: string, answers: (question: Question) => Outcome | null = () => null) {
  const { report, text } = await play(
    onGitHub({
      name: 'stranger',
      story: 'a registry of the company beside GitHub',
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      github: openGitHub(),
      npmrc,
      variables: { NODE_AUTH_TOKEN: null, GITHUB_TOKEN: githubTokens.workflow },
      passage: async (gitlab) => ({ origin: new URL(gitlab.url).origin, answers }),
    }),
  );
  return { codes: report.findings.map(({ code }) => code), text };
}

describe('the token of a workflow', () => {
  it.each([
    ['NP102', 'metadata'],
    ['NP103', 'tarball'],
  ] as const)('is not proposed for another server by %s', async (code, kind) => {
    const { codes, text } = await run(`@acme:registry=${nexus}\n`, refusing(kind));
    expect(codes).toEqual([code]);
    expect(text).toContain('${NPM_TOKEN}');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'which the token of the workflow is not: keep it as a secret',
    );
    expect(text).not.toContain('GITHUB_TOKEN');
  });

  it('is proposed for its own GitHub', async () => {
    const { codes, text } = await run(githubRc.scope);
    expect(codes).toEqual(['NP102']);
    expect(text).toContain('//npm.pkg.github.com/:_authToken=${GITHUB_TOKEN}');
  });
});
