import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** For esbuild: files that look for others beside them find them, since each keeps its own folder. */
export const ownFolders = {
  name: 'own-folders',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:test|bench)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};
