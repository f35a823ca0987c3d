import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/domain/secret.ts';
import { createPoster, type Post, type Poster } from '../../src/io/post.ts';
import { closeAfterTest, freePort, serve, serveRaw } from './support/servers.ts';

const token = 'glpat-9-aB3dE5fG7hI9jK';

function poster(origin: string, timeout = 5000): Poster {
  const made = createPoster({ version: '0.0.0-test', origin, timeout, env: {}, network: null });
  closeAfterTest(() => made.close());
  return made;
}

function post(url: string): Post {
  return {
    url,
    authorization: { kind: 'private-token-header', secret: new Secret(token) },
    fields: { target_project_id: 512 },
  };
}

describe('a request that changes something', () => {
  it('is one POST of JSON with the token in its header', async () => {
    let body = '';
    const server = await serve((request, response) => {
      request.on('data', (part: Buffer) => {
        body += part.toString();
      });
      request.on('end', () => response.writeHead(201).end('{"source_project_id":324}'));
    });
    expect(await poster(server.url).post(post(`${server.url}/api/v4/x`))).toEqual({
      kind: 'answered',
      status: 201,
      message: null,
      fields: { source_project_id: 324 },
    });
    expect(body).toBe('{"target_project_id":512}');
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/v4/x',
      headers: { 'private-token': token, 'content-type': 'application/json' },
    });
  });

  it.each([429, 500, 502, 503])('is not sent again after a %d', async (status) => {
    const server = await serve((_, response) => {
      response.writeHead(status, { 'retry-after': '0' }).end('{"message":"later"}');
    });
    expect(await poster(server.url).post(post(`${server.url}/x`))).toEqual({
      kind: 'answered',
      status,
      message: 'later',
      fields: { message: 'later' },
    });
    expect(server.seen).toHaveLength(1);
  });

  it.each([301, 302, 307, 308])('follows no redirect (%d), not even at home', async (status) => {
    const server = await serve((_, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    expect(await poster(server.url).post(post(`${server.url}/x`))).toMatchObject({
      kind: 'answered',
      status,
    });
    expect(server.seen.map(({ url }) => url)).toEqual(['/x']);
  });

  it('has no fields where a page answers', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
    });
    expect(await poster(server.url).post(post(`${server.url}/x`))).toEqual({
      kind: 'answered',
      status: 200,
      message: null,
      fields: {},
    });
  });

  it('has an unknown end when the connection breaks after it was sent, and is not sent again', async () => {
    let count = 0;
    const server = await serveRaw((socket) => {
      socket.once('data', () => {
        count += 1;
        socket.destroy();
      });
    });
    expect(await poster(server.url).post(post(`${server.url}/x`))).toMatchObject({ kind: 'unknown' });
    expect(count).toBe(1);
  });

  it('has an unknown end when nothing is answered in time', async () => {
    const server = await serve(() => {});
    expect(await poster(server.url, 300).post(post(`${server.url}/x`))).toMatchObject({ kind: 'unknown' });
    expect(server.seen).toHaveLength(1);
  });

  it('is known not to be sent where nobody listens', async () => {
    const origin = `http://127.0.0.1:${await freePort()}`;
    expect(await poster(origin).post(post(`${origin}/x`))).toMatchObject({ kind: 'not-sent' });
  });

  it.each([
    ['another host', (url: string) => url.replace('127.0.0.1', 'localhost')],
    ['another port', (url: string) => url.replace(/:\d+/, ':1')],
    ['a user in the URL', (url: string) => url.replace('//', '//user@')],
    ['no URL', () => 'x'],
  ])('is not sent to %s', async (_, change) => {
    const server = await serve((__, response) => void response.end('{}'));
    expect(await poster(server.url).post(post(change(`${server.url}/x`)))).toMatchObject({
      kind: 'not-sent',
    });
    expect(server.seen).toEqual([]);
  });

  it('is not sent without a credential, nor with one that no header carries', async () => {
    const server = await serve((_, response) => void response.end('{}'));
    const { post: send } = poster(server.url);
    const bare = { ...post(`${server.url}/x`), authorization: { kind: 'none' } } as const;
    const broken = {
      ...post(`${server.url}/x`),
      authorization: { kind: 'private-token-header', secret: new Secret('a\nb') },
    } as const;
    expect(await send(bare)).toMatchObject({ kind: 'not-sent' });
    expect(await send(broken)).toMatchObject({ kind: 'not-sent' });
    expect(server.seen).toEqual([]);
  });
});
