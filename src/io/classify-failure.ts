import type { UnreachableStage } from '../domain/probe.ts';
import { recordOf } from '../domain/record.ts';
import { printable } from '../domain/redaction.ts';
import { shortened } from '../domain/shortened.ts';

/** Why an exchange had no answer. `transient`: the same request may succeed a moment later. */
export interface Failure {
  stage: UnreachableStage;
  code: string;
  message: string;
  transient: boolean;
  /** The host of the proxy that the request went through. */
  proxy?: string;
}

/** A failure found by this program, with its stage known. */
export class StagedError extends Error {
  readonly stage: UnreachableStage;
  readonly code: string;
  readonly transient: boolean;
  constructor(stage: UnreachableStage, code: string, message: string, transient = false) {
    super(message);
    this.stage = stage;
    this.code = code;
    this.transient = transient;
  }
}

type Row = readonly [codes: RegExp, stage: UnreachableStage, transient: boolean];

/** Codes of the operating system, Node and OpenSSL. The first row that matches decides. */
const rows: readonly Row[] = [
  [/^EAI_AGAIN$/, 'dns', true],
  [/^(ENOTFOUND|ENODATA|EAI_.*|ESERVFAIL|ENONAME)$/, 'dns', false],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout', false],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDR\w+|EACCES|EPERM|E[MN]FILE)$/,
    'connect',
    false,
  ],
  [/^(ECONNRESET|ECONNABORTED|EPIPE)$/, 'reset', true],
  [/^(CERT_.*|CRL_.*|UNABLE_TO_.*|ERR_TLS_CERT_.*|UNSPECIFIED)$/, 'tls', false],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERROR_IN_CERT_.*|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|OUT_OF_MEM)$/,
    'tls',
    false,
  ],
  [/^(EPROTO|ERR_(TLS|SSL|OSSL)_.*)$/, 'handshake', false],
  [/^(Z_.*|ERR__ERROR_.*|ERR_BROTLI.*|ERR_STREAM_.*)$/, 'body', false],
];

/**
 * The stage and code of anything thrown during an exchange. `answering`: the head of the answer had come, so what broke is the
 * body (a deadline stays a deadline). The message is one printable line of at most 300 characters; of OpenSSL's own line its reason.
 */
export function classifyFailure(thrown: unknown, answering: boolean): Failure {
  const error = firstCause(thrown);
  const message = shortened(printable(messageOf(error)), 300);
  if (error instanceof StagedError) {
    return { stage: error.stage, code: error.code, message, transient: error.transient };
  }
  const code = codeOf(error);
  const row = rows.find(([codes]) => codes.test(code));
  const stage = row?.[1] ?? 'protocol';
  const transient = row?.[2] ?? false;
  return { stage: answering && stage !== 'timeout' ? 'body' : stage, code, message, transient };
}

/** Node groups the failures of several addresses of one host: the first stands for all. */
function firstCause(thrown: unknown): unknown {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return thrown.errors[0];
  return thrown;
}

function codeOf(error: unknown): string {
  const { code, name } = recordOf(error);
  if (typeof code === 'string' && code !== '') return printable(code).slice(0, 80);
  return typeof name === 'string' ? printable(name).slice(0, 80) : 'UNKNOWN';
}

/** OpenSSL's line: number of the thread, code, library, function, reason, and its own source file. */
const openSsl =
  /(?:\b[0-9A-F]+:)?error:[0-9A-F]+:[^:\n]*:[^:\n]*:([^:\n]+)(?::[^\s:]*:\d+:?(?:SSL alert number \d+)?)?/;

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  if (error.message === '') return codeOf(error);
  // Node's word for a body whose connection ended before it
  if (error.message === 'aborted') return 'the connection ended before the answer did';
  return error.message.replace(openSsl, '$1').trim();
}
