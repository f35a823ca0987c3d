import type { NpmMajor } from '../../support/runtimes.ts';
import { type RealClient, realClient } from './real-client.ts';

export type RealNpm = RealClient;

/** A real npm with its Node (10 on 20.18, 11 on 22, 12 on 24), put into a new folder below `place`. */
export const realNpm = (major: NpmMajor, place: string): Promise<RealNpm> =>
  realClient(`npm-${major}`, place);
