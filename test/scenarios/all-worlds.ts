import { readdirSync } from 'node:fs';
import type { TestWorld } from './test-world.ts';

/** Every world below `worlds/`, by file. A file that holds no world, or one of another name, is an error. */
export async function allWorlds(): Promise<readonly TestWorld[]> {
  const folder = new URL('./worlds/', import.meta.url);
  return Promise.all(
    readdirSync(folder)
      .sort()
      .map(async (file) => {
        const module: Record<string, TestWorld> = await import(new URL(file, folder).href);
        const [world] = Object.values(module);
        if (world === undefined || `${world.name}.ts` !== file)
          throw new Error(`${file} holds no world of its name`);
        return world;
      }),
  );
}
