import type { ClientNetwork } from '../domain/client-network.ts';
import type { ExemptionRule } from '../domain/exemption-rule.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { Outcome, Question } from '../domain/probe.ts';
import type { Asker } from './asker.ts';
import type { Clock } from './clock.ts';
import { fileReader } from './files.ts';
import type { EnvironmentVariables } from './proxy-settings.ts';
import { type TlsProblem, tlsSettings } from './tls-settings.ts';

/** Asks servers. No method throws or rejects. */
export interface Http {
  /** What comes of a question. Asked again, then or later, the same question has the same answer without a request. */
  ask(question: Question): Promise<Outcome>;
  /** Resolves when everything that was asked so far is on its way, so that nothing is left but to wait; at once when nothing was asked. */
  underWay(): Promise<void>;
  /** Requests sent, body bytes received, milliseconds during which something was under way. */
  stats(): { count: number; bytes: number; ms: number };
  /** Certificate settings that could not be used as meant. */
  readonly tlsProblems: readonly TlsProblem[];
  /** Ends every wait, and every connection a moment later. Questions still open, or asked later, are `skipped`. */
  close(): Promise<void>;
}

export interface HttpOptions {
  /** Version of this program, for the user agent. */
  version: string;
  /** Milliseconds for one request, connecting and body included. */
  timeout: number;
  /** How often one question may be sent again. */
  retries: number;
  /** Most connections for each origin; `null` for the usual number. */
  concurrency: number | null;
  /** Where proxy and certificate variables are looked up. */
  env: EnvironmentVariables;
  /** The package manager's own network settings. */
  network: ClientNetwork | null;
  /** Also trust `CI_SERVER_TLS_CA_FILE`, which no package manager does by itself. */
  trustCiServerCa?: boolean;
  /** How this client reads NO_PROXY; `general` unless given. `npm` is right for npm and pnpm. */
  exemptions?: ExemptionRule;
  files?: FileReader;
  clock?: Clock;
  /** Most milliseconds that one question may spend waiting between its attempts; 30 s unless given. */
  patience?: number;
  /** Connects to another origin instead (a demo's own server); questions and outcomes keep the original URL. */
  reroute?: (origin: string) => string;
}

/** What becomes of a question that a closed edge is asked. */
export const closed: Outcome = { kind: 'skipped', why: 'the run ended before it was answered' };

/**
 * The HTTP edge: GET only, the credential to the question's own origin only, every fault of a server a value within the time limit. The network
 * library is loaded with the first question: a run that asks nothing does not wait for it.
 */
export function createHttp(options: HttpOptions): Http {
  const tls = tlsSettings({
    network: options.network,
    env: options.env,
    files: options.files ?? fileReader,
    startedWith: process.env.NODE_EXTRA_CA_CERTS,
    trustCiServerCa: options.trustCiServerCa ?? false,
  });
  let loading: Promise<Asker> | null = null;
  let asker: Asker | null = null;
  let open = true;
  const load = async () => {
    const { createAsker } = await import('./asker.ts');
    asker = createAsker(options, tls);
    return asker;
  };
  return {
    tlsProblems: tls.problems,
    async ask(question) {
      if (!open) return closed;
      loading ??= load();
      return (asker ?? (await loading)).ask(question);
    },
    async underWay() {
      await (await loading)?.underWay();
    },
    stats: () => asker?.stats() ?? { count: 0, bytes: 0, ms: 0 },
    async close() {
      open = false;
      await (await loading)?.close();
    },
  };
}
