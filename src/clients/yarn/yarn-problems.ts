import type { ConfigProblem } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { configProblems } from '../npmrc/config-problems.ts';
import type { LineRules } from '../npmrc/line-fault.ts';
import type { YarnSettings } from './yarn-settings.ts';

/** Yarn 1 takes a key with its protocol too, though only for requests to the registry itself (measured: k48). */
const lineRules: LineRules = {
  client: 'Yarn 1',
  exactKeys: true,
  operators: [],
  bareReferences: false,
  takesLists: 'all',
  schemeInKeys: true,
};

/** What can't mean what it looks like to Yarn 1. */
export function yarnProblems(settings: YarnSettings, world: ClientWorld): readonly ConfigProblem[] {
  return configProblems(settings, lineRules, world);
}
