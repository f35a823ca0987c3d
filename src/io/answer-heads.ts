import type { Socket } from 'node:net';
import { StagedError } from './classify-failure.ts';

/** Longer heads are the HTTP library's to refuse. */
const longest = 64 * 1024;
/** More answers before the answer are no mistake of a server any more. */
const mostInterim = 100;

/** Where the HTTP libraries of clients differ. */
export interface AnswerRules {
  /** Answers of status 100 that nobody asked for: most clients are made of Node's own HTTP client, which reads on; undici ends there. */
  interim: 'passed-over' | 'refused';
  /** A connection that is reset behind a body without a length: the body's end, or a broken body. */
  reset: 'ends-body' | 'breaks-body';
}

/**
 * Lets a socket's answers be read as package managers read them, where the HTTP library differs: an answer 100 is passed over, one of 101
 * and a head with folded lines or with a header that has no proper name end the connection (all clients refuse the first two, and all but those on Node 20 the third; run
 * for real). To be called before the first byte is read; requests go out one after the other.
 */
export function readAsClientsDo(socket: Socket, { interim, reset }: AnswerRules): void {
  let reading = createHeadReading(interim);
  if (reset === 'breaks-body')
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // by this code undici takes what came for the whole body
      if (error.code === 'ECONNRESET' && reading.isOver()) error.code = 'ECONNABORTED';
    });
  const write = socket.write;
  socket.write = function (this: Socket, ...given: unknown[]) {
    reading = createHeadReading(interim);
    return Reflect.apply(write, this, given) as boolean;
  };
  const read = socket.read;
  socket.read = function (this: Socket, size?: number) {
    const chunk = read.call(this, size) as Buffer | null;
    if (chunk === null) return null;
    const taken = reading.take(chunk);
    if (typeof taken !== 'string') return taken;
    const [code, words] = heads[taken];
    this.destroy(new StagedError('protocol', code, words));
    return null;
  };
}

/** Code and words for a head that ends the connection; of a switch those of undici. */
const heads = {
  malformed: ['HPE_INVALID_HEADER_TOKEN', 'the head of the answer is malformed'],
  switching: ['UND_ERR_SOCKET', 'bad upgrade'],
} as const;

interface HeadReading {
  /** What the library is to see of the bytes that came, `null` for nothing yet. */
  take(chunk: Buffer): Buffer | keyof typeof heads | null;
  /** The head of the final answer is there. */
  isOver(): boolean;
}

/** Looks at the heads of one answer, interim ones included, and at nothing behind them. */
function createHeadReading(rule: AnswerRules['interim']): HeadReading {
  let head = Buffer.alloc(0);
  /** How many bytes of the head the library has seen. */
  let shown = 0;
  let passedOver = 0;
  let over = false;
  return {
    isOver: () => over,
    take(chunk) {
      if (over) return chunk;
      if (head.length === 0 && isPlainHead(chunk)) {
        over = true;
        return chunk;
      }
      head = Buffer.concat([head, chunk]);
      const visible: Buffer[] = [];
      for (;;) {
        const text = head.subarray(0, longest).toString('latin1');
        const end = /\r?\n\r?\n/.exec(text);
        const isInterim = rule === 'passed-over' && shown === 0 && mayBeContinue(text);
        if (end === null) {
          if (isInterim && head.length < longest) break;
          if (isMalformed(text.slice(0, text.lastIndexOf('\n') + 1))) return 'malformed';
          visible.push(head.subarray(shown));
          shown = head.length;
          over = head.length >= longest;
          break;
        }
        if (/^HTTP\/1\.[01] 101\D/.test(text)) return 'switching';
        const size = end.index + end[0].length;
        const skipped = isInterim && passedOver < mostInterim;
        if (skipped) passedOver += 1;
        else if (isMalformed(text.slice(0, end.index + 1))) return 'malformed';
        else visible.push(head.subarray(shown, size));
        const goesOn = /^HTTP\/1\.[01] 1\d\d/.test(text);
        head = head.subarray(size);
        shown = 0;
        if (goesOn) {
          if (head.length > 0) continue;
          break;
        }
        visible.push(head);
        over = true;
        break;
      }
      const all = Buffer.concat(visible);
      return all.length > 0 ? all : null;
    },
  };
}

/** Whether bytes begin with the whole head of a final answer in which nothing is odd, as nearly all do: they need no second look. */
function isPlainHead(chunk: Buffer): boolean {
  const end = chunk.indexOf('\r\n\r\n');
  if (end === -1 || end > longest) return false;
  const lines = chunk.toString('latin1', 0, end);
  return /^HTTP\/1\.[01] [2-5]/.test(lines) && !/\n\r?\n/.test(lines) && !isMalformed(lines);
}

/** Whether a head is that of an answer 100, or its beginning. */
function mayBeContinue(text: string): boolean {
  return ['HTTP/1.1 100', 'HTTP/1.0 100'].some((start) => text.startsWith(start) || start.startsWith(text));
}

/** Whole lines of a head, the status line first. */
function isMalformed(lines: string): boolean {
  return /\n(?:[ \t]|:|[^:\r\n]*[ \t][^:\r\n]*:)/.test(lines);
}
