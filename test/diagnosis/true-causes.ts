import type { Exchange } from '../../src/simulator/exchange.ts';
import { npmRoute } from '../../src/simulator/npm-routes.ts';
import type { Reply } from '../../src/simulator/reply.ts';
import { Store } from '../../src/simulator/store.ts';
import {
  clientToken,
  lockedTarball,
  type Mending,
  mendingsOf,
  packageName,
  registryUrl,
  type SampleState,
  sampleGitLab,
  sampleUrl,
} from './sample-state.ts';

/** Whether an npm install that sends its token gets metadata and tarball, asked of the simulator alone. */
export function installSucceeds(state: SampleState, mended: readonly Mending[] = []): boolean {
  const store = new Store(sampleGitLab(state, mended));
  const get = (url: string) => reply(store, url, clientToken(state));
  if (state.lockfile) return get(lockedTarball(state, mended)).status === 200;
  const metadata = get(`${registryUrl(state, mended)}${packageName(state).replace('/', '%2f')}`);
  if (metadata.status !== 200) return false;
  const { versions } = JSON.parse(String(metadata.body)) as {
    versions: Record<string, { dist: { tarball: string } }>;
  };
  const tarball = versions['1.4.0']?.dist.tarball;
  return tarball !== undefined && get(tarball).status === 200;
}

/** The union of all smallest sets of mendings after which the install succeeds: each of them is a true cause. */
export function trueCauses(state: SampleState): ReadonlySet<Mending> {
  const all = mendingsOf(state);
  const subsets = Array.from({ length: 1 << all.length }, (_, bits) =>
    all.filter((_mending, index) => bits & (1 << index)),
  ).sort((a, b) => a.length - b.length);
  const smallest: (readonly Mending[])[] = [];
  for (const set of subsets) {
    if (smallest.some((found) => found.every((mending) => set.includes(mending)))) continue;
    if (installSucceeds(state, set)) smallest.push(set);
  }
  return new Set(smallest.flat());
}

function reply(store: Store, url: string, token: string): Reply {
  const exchange: Exchange = {
    method: 'GET',
    path: url.slice(sampleUrl.length),
    headers: { authorization: `Bearer ${token}` },
    query: new URLSearchParams(),
    body: Buffer.alloc(0),
    store,
    externalUrl: sampleUrl,
    publicRegistry: 'https://public-registry.example',
    objectStorage: null,
  };
  const answer = npmRoute(exchange);
  if (!answer) throw new Error(`no route for ${url}`);
  return answer;
}
