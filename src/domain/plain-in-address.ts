/** Whether a name and a version may become part of an address: nothing in them leads elsewhere. */
export function isPlainInAddress(name: string, version: string): boolean {
  return (
    /^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(name) &&
    !/(?:^|\/)\.{1,2}(?:\/|$)/.test(name) &&
    /^\d+\.\d+\.\d+[\w.+-]*$/.test(version)
  );
}
