import type { RegistryAccess, Visibility } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import type { ConsumerProject } from '../../domain/environment.ts';
import { observedJson } from '../../domain/observed-json.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';
import type { ReadSettings } from '../../domain/read-settings.ts';
import { isRecord } from '../../domain/record.ts';
import { atLeast, parseServerVersion } from '../../domain/server-version.ts';
import type { Case } from '../../domain/target.ts';

type Fields = Readonly<Record<string, unknown>>;

const fullPage = 100;
const longestAddress = 2000;
const visibilities = ['public', 'internal', 'private'] as const satisfies readonly Visibility[];
const levels = ['disabled', 'private', 'enabled', 'public'] as const satisfies readonly RegistryAccess[];

/**
 * What the answers to a Maintainer's token say of the settings of a package project, read defensively; `null` when nothing was
 * read (GitLab docs: projects, members and job token scope API; lib/api/project_job_token_scope.rb).
 */
export function readSettings(
  run: RunFacts,
  { observations }: Case,
  project: PackageProject | null,
): ReadSettings | null {
  const names = [project?.id == null ? null : String(project.id), project?.path ?? null];
  const of = (slug: string, suffix = '') => {
    for (const name of names) {
      const found = name === null ? undefined : observations.get(`${slug}:${name}${suffix}`);
      if (found) return found;
    }
    return undefined;
  };
  const shown = fieldsOf(observedJson(of('project-settings')));
  const { allowlist, entries } = readAllowlist(run, of);
  const settings: ReadSettings = {
    project: projectOf(shown),
    visibility: visibilities.find((one) => one === shown?.visibility) ?? null,
    registry: registryLevels(shown),
    allowlist,
    entries,
    jobUser: jobUserOf(of('membership')),
    outbound: outboundOf(observations.get('outbound-scope')),
  };
  const { project: known, visibility, registry, jobUser, outbound } = settings;
  return [known, visibility, registry, allowlist, jobUser, outbound].every((one) => one === null)
    ? null
    : settings;
}

function projectOf(shown: Fields | null): ReadSettings['project'] {
  const { id, path_with_namespace: path } = shown ?? {};
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof path !== 'string') return null;
  return /^[\w.-]+(\/[\w.-]+)+$/.test(path) ? { id, path } : null;
}

/** `package_registry_access_level`, or what the older `packages_enabled` leaves possible. */
function registryLevels(shown: Fields | null): readonly RegistryAccess[] | null {
  const level = levels.find((one) => one === shown?.package_registry_access_level);
  if (level !== undefined) return [level];
  if (typeof shown?.packages_enabled !== 'boolean') return null;
  return shown.packages_enabled ? levels.filter((one) => one !== 'disabled') : ['disabled'];
}

function readAllowlist(
  run: RunFacts,
  of: (slug: string, suffix?: string) => Observation | undefined,
): Pick<ReadSettings, 'allowlist' | 'entries'> {
  const { consumer } = run.environment;
  const enabled = fieldsOf(observedJson(of('token-scope')))?.inbound_enabled;
  if (enabled === false) return { allowlist: 'off', entries: [] };
  if (enabled !== true || consumer === null) return { allowlist: null, entries: [] };
  const projects = wholeList((suffix) => of('allowlist', suffix));
  const version = parseServerVersion(run.environment.serverVersion);
  const groups = wholeList((suffix) => of('groups-allowlist', suffix));
  // Groups can be entries since 17.0: no list of them is an empty one before.
  const complete = projects.complete && (groups.complete || (version !== null && !atLeast(version, 17, 0)));
  const entries = [
    ...projects.items.filter((one) => isConsumer(one, consumer)).map(() => consumer.path),
    ...groups.items.flatMap((one) => groupAbove(one, consumer) ?? []),
  ];
  if (entries.length > 0) return { allowlist: 'entry', entries };
  return { allowlist: complete ? 'no-entry' : null, entries };
}

/** The items of all pages of a list, and whether the last page was seen. */
function wholeList(pageAt: (suffix: string) => Observation | undefined): {
  items: readonly Fields[];
  complete: boolean;
} {
  const items: Fields[] = [];
  for (let page = 1; ; page++) {
    const answer = observedJson(pageAt(page === 1 ? '' : `?page=${page}`));
    if (!Array.isArray(answer)) return { items, complete: false };
    items.push(
      ...answer.flatMap((one: unknown): readonly Fields[] => {
        const fields = fieldsOf(one);
        return fields ? [fields] : [];
      }),
    );
    if (answer.length < fullPage) return { items, complete: true };
  }
}

function isConsumer({ id, path_with_namespace: path }: Fields, consumer: ConsumerProject): boolean {
  if (consumer.id !== null) return id === consumer.id;
  return typeof path === 'string' && path.toLowerCase() === consumer.path.toLowerCase();
}

/** The full path of a listed group when the consumer lies below it. The list names it by its page only. */
function groupAbove({ web_url: page }: Fields, consumer: ConsumerProject): string | null {
  if (typeof page !== 'string' || page.length > longestAddress) return null;
  const path = /\/groups\/([\w./-]+?)\/?$/.exec(page)?.[1];
  if (path === undefined) return null;
  return consumer.path.toLowerCase().startsWith(`${path.toLowerCase()}/`) ? path : null;
}

function jobUserOf(observation: Observation | undefined): ReadSettings['jobUser'] {
  const level = fieldsOf(observedJson(observation))?.access_level;
  if (typeof level === 'number') return { level };
  return statusOf(observation?.outcome) === 404 ? 'not-listed' : null;
}

function outboundOf(observation: Observation | undefined): ReadSettings['outbound'] {
  const enabled = fieldsOf(observedJson(observation))?.outbound_enabled;
  return typeof enabled === 'boolean' ? (enabled ? 'on' : 'off') : null;
}

function fieldsOf(value: unknown): Fields | null {
  return isRecord(value) ? value : null;
}
