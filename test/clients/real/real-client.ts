import { join } from 'node:path';
import type { RuntimeClient, RuntimeClientId } from '../../support/runtime-clients.ts';
import { installRuntimes } from '../../support/runtimes.ts';

/** A client with the Node that runs it. `bin` is a folder for the path that holds both and nothing else. */
export interface RealClient extends RuntimeClient {
  bin: string;
}

/** A real client, put into a new folder below `place`. Rejects when its runtimes can't be installed. */
export async function realClient(id: RuntimeClientId, place: string): Promise<RealClient> {
  const client = (await installRuntimes()).client(id);
  const bin = join(place, id, 'bin');
  client.install(bin);
  return { ...client, bin };
}
