import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import type { ConfigPlan, PlannedConfig, PlannedFile } from '../client-module.ts';
import { pathsOf } from '../world-paths.ts';
import { type NpmrcPlan, planNpmrc } from './plan-npmrc.ts';

/** Where a client of `.npmrc` files reads the user's, by which variables it can be told of another one, and what it needs beside. */
export interface NpmrcClient {
  userFile: { path: string; source: Source };
  variables: readonly string[];
  more?: NpmrcPlan['more'];
}

/**
 * The one `.npmrc` that a plan writes: the project's, or the user's. A user file in a folder of the job's takes over what the replaced one says,
 * so that nothing of it is lost, and is made known by the client's variables; one that a variable names already stays where it is.
 */
export function planNpmrcFile(plan: ConfigPlan, { userFile, variables, more }: NpmrcClient): PlannedConfig {
  const { world, scopes, where, userFolder } = plan;
  const paths = pathsOf(world);
  const write = (path: string, base: string | null): PlannedFile => ({
    path,
    before: textOf(world, path),
    after: planNpmrc({ before: base, scopes, ...(more ? { more } : {}) }),
  });
  if (where === 'project') {
    const path = paths.join(world.projectDirectory, '.npmrc');
    return { files: [write(path, textOf(world, path))], exports: {} };
  }
  if (userFolder === null || userFile.source.kind !== 'default') {
    return { files: [write(userFile.path, textOf(world, userFile.path))], exports: {} };
  }
  const path = paths.join(userFolder, '.npmrc');
  const base = textOf(world, path) ?? textOf(world, userFile.path);
  return {
    files: [write(path, base)],
    exports: Object.fromEntries(variables.map((name) => [name, path])),
  };
}

function textOf(world: ClientWorld, path: string): string | null {
  const reading = world.files.read(path);
  return reading.kind === 'text' ? reading.text : null;
}
