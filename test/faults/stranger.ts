import { createServer } from 'node:http';
import type { FaultPlan } from './fault-plan.ts';
import { type Listening, listening } from './listening.ts';

/** A server that is not GitLab. `heard` holds the head of every request as it came: address and headers. */
export interface Stranger extends Listening {
  origin: string;
  heard: readonly string[];
}

/** Starts one under a host name of loopback. It answers as the plan says; `tarballOf` knows the right bytes of a path. */
export async function startStranger(
  host: 'localhost' | '127.0.0.1',
  plan: FaultPlan,
  tarballOf: (path: string) => Buffer | null,
  served: (path: string) => void,
): Promise<Stranger> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/\?.*/, '');
    heard.push(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}`);
    switch (plan.strangers) {
      case 'tarball': {
        const bytes = tarballOf(path);
        response.writeHead(bytes === null ? 404 : 200, { 'content-type': 'application/octet-stream' });
        response.end(bytes ?? '', () => bytes !== null && served(path));
        return;
      }
      case 'metadata':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"name":"x","versions":{"9.9.9":{}},"dist-tags":{"latest":"9.9.9"}}');
        return;
      case 'not-found':
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
        return;
      case 'forbidden':
        response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"403 Forbidden"}');
        return;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in</title></html>');
    }
  });
  const place = await listening(server);
  return { ...place, origin: `http://${host}:${place.port}`, heard };
}
