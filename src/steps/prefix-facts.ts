import type { ClientModel } from '../domain/client.ts';
import type { Environment } from '../domain/environment.ts';
import type { Prefix } from '../domain/prefix.ts';
import type { Outcome, Question } from '../domain/probe.ts';

/** The inputs that say which prefix is wanted. */
export interface PrefixWishes {
  prefix: 'auto' | 'instance' | 'group' | 'project';
  groupId: string | null;
  projectId: string | null;
}

export interface PrefixDecision {
  prefix: Prefix;
  /** The one line of the output. */
  why: string;
}

/** What a decision is made from. `ask` is `null` offline. */
export interface PrefixFacts {
  environment: Environment & { apiUrl: string };
  client: ClientModel;
  wishes: PrefixWishes;
  ask: ((question: Question) => Promise<Outcome>) | null;
}
