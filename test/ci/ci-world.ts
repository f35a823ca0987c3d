import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startLoopback } from '../../src/simulator/loopback.ts';
import { type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import { startPublicRegistry } from '../../src/simulator/start-public-registry.ts';
import { type Addresses, addresses } from '../clients/real/gitlab-job.ts';
import { template } from './pipeline.ts';

/** Tokens of two jobs of one pipeline. */
export const firstToken = 'glcbt-64_the-token-of-the-first-job';
export const laterToken = 'glcbt-64_another-for-every-later-job';

/** A registry that never answers below `/silent/`, with 503 below `/busy/`, and a little late, with 404, elsewhere. No final slash in `url`. */
interface OddRegistry {
  url: string;
  /** How many requests came below a folder, and how many of them were open at the same time. */
  seen(folder: string): { requests: number; most: number };
  close(): Promise<void>;
}

/** What pipelines of `acme/shop` meet: GitLab, the public registry, and a web server with the template at `templateUrl`. */
export interface CiWorld {
  gitlab: RunningGitLab;
  at: Addresses;
  templateUrl: string;
  odd: OddRegistry;
  close(): Promise<void>;
}

/**
 * A GitLab where the jobs of `acme/shop` (512) may read `@acme/ui`, `@design/ui` and `@kit/ui` in `acme/ui` (324), and `@acme/tokens` and
 * `@parts/tokens` in `acme/tokens` (325), which the first and the last of them need; and may not read `@acme/closed` in `acme/closed` (326).
 */
export async function startCiWorld(): Promise<CiWorld> {
  const publicRegistry = await startPublicRegistry([{ name: 'left', version: '1.0.0' }]);
  const needs = (name: string) => ({ dependencies: { [name]: '^2.0.0' } });
  const model = gitlab({ version: '18.5' })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .project('acme/tokens', { id: 325 })
    .project('acme/closed', { id: 326 })
    .member('alice', 'developer', 'acme/shop')
    .member('alice', 'reporter', 'acme/ui')
    .member('alice', 'reporter', 'acme/tokens')
    .member('alice', 'reporter', 'acme/closed')
    .allow('acme/ui', 'acme/shop')
    .allow('acme/tokens', 'acme/shop')
    .jobToken(firstToken, { project: 'acme/shop', user: 'alice' })
    .jobToken(laterToken, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0', needs('@acme/tokens'))
    .package('acme/ui', '@design/ui', '1.4.0')
    .package('acme/ui', '@kit/ui', '1.4.0', needs('@parts/tokens'))
    .package('acme/tokens', '@acme/tokens', '2.1.0')
    .package('acme/tokens', '@parts/tokens', '2.1.0')
    .package('acme/closed', '@acme/closed', '1.0.0');
  const running = await startGitLab(model, { publicRegistry: publicRegistry.url });
  const text = fs.readFileSync(template, 'utf8');
  const web = await startLoopback(() => ({
    status: 200,
    headers: { 'content-type': 'text/yaml' },
    body: text,
  }));
  const odd = await startOddRegistry();
  return {
    gitlab: running,
    at: addresses(running.url, publicRegistry.url),
    templateUrl: `${web.origin}/templates/npmrc-preflight.yml`,
    odd,
    close: async () => {
      await Promise.all([running.close(), publicRegistry.close(), web.close(), odd.close()]);
    },
  };
}

async function startOddRegistry(): Promise<OddRegistry> {
  const folders = new Map<string, { requests: number; open: number; most: number }>();
  const server = createServer((request, response) => {
    const [, folder = ''] = (request.url ?? '').split('/');
    const seen = folders.get(folder) ?? { requests: 0, open: 0, most: 0 };
    folders.set(folder, seen);
    seen.requests += 1;
    seen.open += 1;
    seen.most = Math.max(seen.most, seen.open);
    response.once('close', () => {
      seen.open -= 1;
    });
    if (folder === 'silent') return;
    const answer = () => response.writeHead(folder === 'busy' ? 503 : 404).end('{}');
    setTimeout(answer, folder === 'busy' ? 0 : 50);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen: (folder) => folders.get(folder) ?? { requests: 0, most: 0 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
