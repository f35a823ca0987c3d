import { fstatSync, writeSync } from 'node:fs';

/** A stream of this process that is written to. */
export type OutputName = 'stdout' | 'stderr';

const descriptors = { stdout: 1, stderr: 2 } as const satisfies Record<OutputName, number>;

/**
 * Node's stream where it is a terminal, `null` where it is a file or a pipe. Its object is made for a device alone: for a pipe that takes 5 ms, as it brings the
 * network along.
 */
export function terminalOf(name: OutputName): NodeJS.WriteStream | null {
  try {
    if (!fstatSync(descriptors[name]).isCharacterDevice()) return null;
  } catch {
    // whoever closed the descriptor is told by Node
  }
  const stream = process[name];
  return stream.isTTY === true ? stream : null;
}

/** Prints all of a text; once it resolves, the process may end. A reader that left early is no error. */
export async function print(name: OutputName, text: string): Promise<void> {
  const rest = terminalOf(name) === null ? leftToWrite(descriptors[name], Buffer.from(text)) : text;
  if (rest.length === 0) return;
  const stream = process[name];
  stream.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    stream.write(rest, () => resolve());
  });
}

/** Writes what can be written at once, and gives the rest: a pipe that is full and does not block its writer takes it later, by Node's stream. */
function leftToWrite(descriptor: number, text: Buffer): Buffer {
  let rest = text;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch {
    // the stream meets the same error, and knows it
  }
  return rest;
}
