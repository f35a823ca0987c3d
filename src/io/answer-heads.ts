import type { Socket } from 'node:net';
import { StagedError } from './classify-failure.ts';

/** Longer heads are the HTTP library's to refuse. */
const longest = 64 * 1024;
/** More answers before the answer are no mistake of a server any more. */
const mostInterim = 100;

/** How a client takes answers of status 100 that nobody asked for: most are made of Node's own HTTP client, which reads on; undici ends there. */
export type InterimRule = 'passed-over' | 'refused';

/**
 * Lets a socket's answers be read as package managers read them, where the HTTP library differs: an answer 100 is passed over, and a head with folded lines or
 * with a header that has no proper name ends the connection (all clients refuse the first, and all but those on Node 20 the second; run for real). To be called
 * before the first byte is read; requests go out one after the other.
 */
export function readAsClientsDo(socket: Socket, interim: InterimRule): void {
  let reading = createHeadReading(interim);
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
    if (taken !== 'malformed') return taken;
    this.destroy(
      new StagedError('protocol', 'HPE_INVALID_HEADER_TOKEN', 'the head of the answer is malformed'),
    );
    return null;
  };
}

interface HeadReading {
  /** What the library is to see of the bytes that came, `null` for nothing yet. */
  take(chunk: Buffer): Buffer | 'malformed' | null;
}

/** Looks at the heads of one answer, interim ones included, and at nothing behind them. */
function createHeadReading(rule: InterimRule): HeadReading {
  let head = Buffer.alloc(0);
  /** How many bytes of the head the library has seen. */
  let shown = 0;
  let passedOver = 0;
  let over = false;
  return {
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
        const size = end.index + end[0].length;
        const skipped = isInterim && passedOver < mostInterim;
        if (skipped) passedOver += 1;
        else if (isMalformed(text.slice(0, end.index + 1))) return 'malformed';
        else visible.push(head.subarray(shown, size));
        const goesOn = /^HTTP\/1\.[01] 1(?!01)\d\d/.test(text);
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
  return /\n(?:[ \t]|:|[^:\r\n]*[ \t]:)/.test(lines);
}
