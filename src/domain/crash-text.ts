/** What is said of an error that nothing expected, in its own words; of a part of the program that is not beside it, what is to be done. */
export function crashText(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const isPart = 'code' in error && error.code === 'MODULE_NOT_FOUND';
  const [part] = isPart ? (/[^\\/']+\.js(?=')/.exec(error.message) ?? []) : [];
  return part === undefined
    ? `${error.name}: ${error.message}`
    : `${part} is not beside index.js: the folder dist belongs together, and npmrc-preflight.cjs in it is the whole program in one file`;
}
