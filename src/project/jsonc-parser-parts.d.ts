/* The scanner alone: the package's main entry would bring its tables of errors along. */
declare module 'jsonc-parser/lib/umd/impl/scanner.js' {
  import type { JSONScanner } from 'jsonc-parser';

  const scanner: { createScanner(text: string, ignoreTrivia: boolean): JSONScanner };
  export default scanner;
}
