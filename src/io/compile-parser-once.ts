import { setFlagsFromString } from 'node:v8';

/** The last major version of Node that this was tried with. A later one may have dropped the setting, and would say so on stderr. */
const lastTried = 24;

/**
 * Has the network library's parser (WebAssembly) run as it is first compiled; to be called before the library is loaded. V8 would compile it a second time
 * on another thread once some dozen answers have come, and no process ends before that is done: 20 ms of a run with 50 packages and 30 ms of processor
 * time, for a parser that is not the slower one with a thousand packages either.
 */
export function compileParserOnce(): void {
  if (Number.parseInt(process.versions.node, 10) <= lastTried)
    setFlagsFromString('--wasm-tiering-budget=1000000000');
}
