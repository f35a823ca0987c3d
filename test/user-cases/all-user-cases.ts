import { readdirSync } from 'node:fs';
import type { UserCase } from './user-case.ts';

/** Every case below `cases/`. */
export async function allUserCases(): Promise<readonly UserCase[]> {
  const folder = new URL('./cases/', import.meta.url);
  const modules = await Promise.all(
    readdirSync(folder)
      .sort()
      .map(async (file): Promise<Record<string, UserCase>> => import(new URL(file, folder).href)),
  );
  return modules.flatMap((module) => Object.values(module));
}
