/** Major and minor version in a server's own version text (`18.0.1-ee`); `null` when it has none. */
export function parseServerVersion(text: string | null): readonly [number, number] | null {
  const match = /^(\d{1,3})\.(\d{1,3})/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** Whether a version is at least `major.minor`. */
export function atLeast(version: readonly [number, number], major: number, minor: number): boolean {
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
