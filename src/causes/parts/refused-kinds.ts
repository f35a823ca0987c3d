import type { Occurrence, RunFacts } from '../../domain/cause.ts';
import { type ClientStop, isDispensable } from '../../domain/client.ts';
import type { Dependency } from '../../domain/dependency.ts';
import type { Case } from '../../domain/target.ts';
import { addLine, changeLine, configFile } from './add-line.ts';

/** By the client's code for it: what it fetches none of, and the setting that allows it. */
const kinds = {
  EALLOWGIT: { what: 'git', setting: 'allow-git' },
  EALLOWREMOTE: { what: 'URL', setting: 'allow-remote' },
} as const;

/**
 * Dependencies on git and on URLs that the client refuses by their kind alone, beside those that are asked for as cases: the install ends there, whatever
 * else it could have.
 */
export function refusedKinds(run: RunFacts, cases: readonly Case[]): readonly Occurrence[] {
  if (run.client.stop) return [];
  const asked = new Set(cases.map(({ target }) => target.dependency));
  const refused = run.project.dependencies.flatMap((dependency) => {
    const stop =
      asked.has(dependency) || isDispensable(run.client, dependency, 'tarball')
        ? null
        : refusalOf(run, dependency);
    return stop ? [{ dependency, stop }] : [];
  });
  return (['EALLOWGIT', 'EALLOWREMOTE'] as const).flatMap((code) => {
    const ofKind = refused.filter(({ stop }) => stop.code === code);
    const [first] = ofKind;
    return first ? [occurrence(run, code, first, ofKind)] : [];
  });
}

interface Refused {
  dependency: Dependency;
  stop: ClientStop;
}

function refusalOf({ client }: RunFacts, dependency: Dependency): ClientStop | null {
  if (dependency.from === 'git') return client.refusesGit?.(dependency) ?? null;
  return dependency.from === 'url' ? client.refusal(dependency.requested, null, dependency) : null;
}

function occurrence(
  run: RunFacts,
  code: keyof typeof kinds,
  { dependency, stop }: Refused,
  all: readonly Refused[],
): Occurrence {
  const { what, setting } = kinds[code];
  const { client, settings } = run.client;
  const set = settings.findLast(({ key, inEffect }) => key === setting && inEffect);
  const names = all.map((one) => one.dependency.name);
  const isOwn = all.every(
    (one) => one.dependency.kind !== 'transitive' && one.dependency.kind !== 'override',
  );
  const allowed = isOwn ? 'root' : 'all';
  return {
    severity: 'warning',
    packages: all.map((one) => `${one.dependency.name}@${one.dependency.requested}`),
    statement: {
      title: `${client.name} ${client.version} fetches no dependency from ${what === 'git' ? 'git' : 'a URL'}, as ${dependency.name} is${names.length > 1 ? ` (and ${names.length - 1} more)` : ''}: the whole install ends there`,
      seen: `${stop.code}: ${stop.message}`,
      location: dependency.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `allow it, or install ${dependency.name} from a registry`,
        steps: [
          set?.source.kind === 'env'
            ? `the variable ${set.source.name} says ${set.written} and wins over every file: set it to ${allowed}, or take it out`
            : set
              ? 'change the line'
              : `add the line to ${configFile(run)}`,
          `where the job's command has --${setting}=${allowed}, nothing has to be done: options are not seen here`,
        ],
        ...(set?.source.kind === 'env'
          ? {}
          : {
              edit: set
                ? changeLine(run, set.source, `${set.key}=${set.written}`, `${setting}=${allowed}`)
                : addLine(run, `${setting}=${allowed}`),
            }),
      },
    },
  };
}
