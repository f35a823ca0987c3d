import type { ClientWorld } from '../../domain/client-world.ts';
import type { ScopePlan } from '../../domain/plan.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { ConfigPlan, PlannedConfig, PlannedFile } from '../client-module.ts';
import { withBlock, withoutBlocks } from '../marked-block.ts';
import { planNpmrcFile } from '../npmrc/plan-npmrc-file.ts';
import { pathsOf } from '../world-paths.ts';
import { bunEnvironment } from './bun-environment.ts';
import { userBunfig, userNpmrc } from './bun-files.ts';
import { bunRules } from './bun-rules.ts';
import { bunfigTable } from './bun-writing.ts';
import { type Bunfig, readBunfig } from './bunfig.ts';

/**
 * One block in the `.npmrc` of the project or the user, which Bun 1.1.18+ (the user's: 1.1.30+) reads. A scope that a bunfig.toml sends elsewhere
 * gets a table there too, as that wins over `.npmrc` (measured: b05c): in the project's file when the plan is for the project, else in
 * the user's. Earlier versions get bunfig.toml alone.
 */
export function planBun(plan: ConfigPlan): PlannedConfig {
  const { world, where, client, scopes } = plan;
  const rules = bunRules(client.version);
  const variable = bunEnvironment(world, true).variable;
  const projectBunfig = pathsOf(world).join(world.workspaceRoot, 'bunfig.toml');
  const path = where === 'project' ? projectBunfig : userBunfig(world);
  const needed = where === 'project' ? 'project' : 'project-and-user';
  const readsNpmrc = rules.npmrcFiles === 'project-and-user' || rules.npmrcFiles === needed;
  const npmrc = readsNpmrc
    ? planNpmrcFile(
        {
          ...plan,
          world: { ...world, projectDirectory: world.workspaceRoot },
          userFolder: rules.userConfigVariable ? plan.userFolder : null,
        },
        { userFile: userNpmrc(world, rules, variable), variables: ['NPM_CONFIG_USERCONFIG'] },
      )
    : { files: [], exports: {} };
  const sources = where === 'project' ? [projectBunfig, userBunfig(world)] : [userBunfig(world)];
  const mapped = sources.map((source) => bunfigAt(world, source)).filter((bunfig) => bunfig !== null);
  const inBunfig = readsNpmrc ? scopes.filter((scope) => isElsewhere(scope, mapped)) : scopes;
  const bunfig = planBunfig(world, path, inBunfig);
  return { files: [...npmrc.files, ...(bunfig === null ? [] : [bunfig])], exports: npmrc.exports };
}

/** The first bunfig.toml that has the scope gives it another registry, or a credential of its own. */
function isElsewhere({ scope, registry }: ScopePlan, mapped: readonly Bunfig[]): boolean {
  for (const bunfig of mapped) {
    const entry = scope === null ? bunfig.registry : bunfig.scopes.get(scope.slice(1));
    if (!entry) continue;
    const same = entry.url !== null && withSlash(entry.url) === withSlash(registry);
    return !same || entry.token !== null || entry.username !== null || entry.password !== null;
  }
  return false;
}

/** A bunfig.toml with the scopes' tables at its end, without those that would make it no TOML; `null` where nothing is to be written. */
function planBunfig(world: ClientWorld, path: string, scopes: readonly ScopePlan[]): PlannedFile | null {
  const before = textAt(world, path);
  const kept = withoutBlocks(before ?? '');
  let lines: readonly string[] = [];
  for (const scope of readBunfig(kept).kind === 'fault' ? [] : scopes) {
    const more = [...lines, ...tableOf(scope, kept)];
    if (readBunfig(withBlock(kept, more, kept.length)).kind === 'bunfig') lines = more;
  }
  if (lines.length === 0) return before === null || before === kept ? null : { path, before, after: kept };
  return { path, before, after: withBlock(kept, lines, kept.length) };
}

/** The table of a scope under the one of its two names that the file has not; of a repeated scope the last one counts (run for real: Bun 1.2.0, 1.4.5). */
function tableOf({ scope, registry, tokenVariable }: ScopePlan, text: string): readonly string[] {
  const url = safeUrl(registry);
  const variable = tokenVariable !== null && /^[A-Za-z_]\w*$/.test(tokenVariable) ? tokenVariable : null;
  if (url === null) return [];
  if (scope === null) return bunfigTable(null, url, variable);
  if (!/^@[\w.~-]+$/.test(scope)) return [];
  const reading = readBunfig(text);
  const taken = reading.kind === 'bunfig' ? reading.bunfig.scopes.get(scope.slice(1)) : undefined;
  const name = taken?.path.at(-1) === scope ? scope.slice(1) : scope;
  return bunfigTable(name, url, variable);
}

function safeUrl(url: string): string | null {
  if (!URL.canParse(url) || /[\p{Cc}\s"\\$]/u.test(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || host === '') return null;
  return `${protocol}//${host}${withSlash(pathname)}`;
}

function bunfigAt(world: ClientWorld, path: string): Bunfig | null {
  const reading = readBunfig(withoutBlocks(textAt(world, path) ?? ''));
  return reading.kind === 'bunfig' ? reading.bunfig : null;
}

function textAt(world: ClientWorld, path: string): string | null {
  const reading = world.files.read(path);
  return reading.kind === 'text' ? reading.text : null;
}
