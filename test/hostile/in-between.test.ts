import { describe, expect, test } from 'vitest';
import { runProgram } from './support/built-program.ts';
import { expectContract } from './support/contract.ts';
import { onRequest, packument, sendJson, tarball } from './support/hostile-servers.ts';
import { job, manifest, token } from './support/job.ts';

/** Runs without a lockfile against a server, and gives the codes of its findings in order. */
async function codesOf(url: string) {
  const one = job({ 'package.json': manifest({ '@acme/ui': '^1.0.0' }) }, { url });
  const ending = await runProgram(['--timeout', '5s', '--retries', '0'], {
    cwd: one.checkout,
    env: one.env,
  });
  expectContract(ending, [token]);
  const codes = [...ending.stdout.matchAll(/^error\[(NP\d+)\]: (.*)$/gm)].map(([, code, title]) => [
    code,
    title,
  ]);
  return { ...ending, codes };
}

describe('something between the job and the registry', () => {
  test('that sends everybody to a sign-in page is not taken for the public npm registry', async () => {
    const server = await onRequest((request, response) =>
      response.writeHead(302, { location: `http://sso.example/login?to=${request.url}` }).end(),
    );
    const { codes, exitCode, stdout } = await codesOf(server.url);
    expect(exitCode).toBe(1);
    expect(codes, stdout).toEqual([
      [
        'NP407',
        `127.0.0.1:${server.port} sends the client to sso.example instead of answering with metadata`,
      ],
    ]);
  });

  test('that forwards the bare name of the package is', async () => {
    const server = await onRequest((request, response) =>
      request.url?.includes('/packages/npm/')
        ? response.writeHead(302, { location: 'http://public.example/@acme/ui' }).end()
        : sendJson(response, '{"message":"404 Not Found"}', 404),
    );
    const { codes } = await codesOf(server.url);
    expect(codes.map(([code]) => code)).toEqual(['NP503']);
  });

  const described = (dist: object) =>
    onRequest((request, response) => {
      if (request.url?.endsWith('.tgz')) response.end(tarball);
      else
        sendJson(
          response,
          packument('@acme/ui', {
            tarball: `http://${request.headers.host}/api/v4/projects/1/packages/npm/@acme/ui/-/ui-1.0.0.tgz`,
            ...dist,
          }),
        );
    });

  test('that changes a tarball is seen without a lockfile too', async () => {
    const server = await described({ shasum: '0'.repeat(40) });
    const { codes, exitCode } = await codesOf(server.url);
    expect(exitCode).toBe(1);
    expect(codes).toEqual([
      ['NP504', 'the tarball of @acme/ui@1.0.0 is not the one that its metadata describes'],
    ]);
  });

  test('near miss: metadata that names no checksum', async () => {
    const server = await described({});
    const { exitCode, stdout } = await codesOf(server.url);
    expect(exitCode, stdout).toBe(0);
  });
});
