/** The folder of a package in the node_modules of another folder, with `/`; an empty `parent` is the project. */
export function nestedLocation(parent: string, installName: string): string {
  return parent === '' ? `node_modules/${installName}` : `${parent}/node_modules/${installName}`;
}
