import type { Clues } from '../../domain/cause.ts';
import { describeProject } from '../../domain/package-project.ts';
import type { ReadSettings } from '../../domain/read-settings.ts';
import { consumerName, jobUserName } from './people.ts';

const roles: readonly (readonly [least: number, name: string])[] = [
  [50, 'Owner'],
  [40, 'Maintainer'],
  [30, 'Developer'],
  [20, 'Reporter'],
  [15, 'Planner'],
  [10, 'Guest'],
];

/** What the Maintainer's token read, in words: `its allowlist names neither acme/shop nor a group above it`; `null` when it read nothing. */
export function readWithApiToken({ access, packageProject, run }: Clues): string | null {
  const settings = access?.settings;
  if (!settings) return null;
  const words = [
    allowlistWords(settings, consumerName(run)),
    userWords(settings, jobUserName(run)),
    registryWords(settings),
    settings.outbound === 'on' ? `${consumerName(run)} limits its own token` : null,
  ].filter((part) => part !== null);
  return words.length === 0
    ? null
    : `the settings of ${describeProject(packageProject)} say: ${words.join(', ')}`;
}

function allowlistWords({ allowlist, entries }: ReadSettings, consumer: string): string | null {
  switch (allowlist) {
    case 'off':
      return 'allowlist not in force';
    case 'no-entry':
      return `allowlist without ${consumer} and the groups above it`;
    case 'entry':
      return `allowlist with ${entries.join(' and ')}`;
    case null:
      return null;
  }
}

function userWords({ jobUser }: ReadSettings, user: string): string | null {
  if (jobUser === null) return null;
  if (jobUser === 'not-listed') return `${user} not among the members`;
  return `${user} ${roles.find(([least]) => jobUser.level >= least)?.[1] ?? 'without a role'}`;
}

function registryWords({ visibility, registry }: ReadSettings): string | null {
  const [level, ...others] = registry ?? [];
  if (level === undefined || others.length > 0) return visibility;
  const words = {
    disabled: 'off',
    private: 'for members',
    enabled: 'for everyone with access',
    public: 'for anyone',
  };
  return `${visibility === null ? '' : `${visibility}, `}registry ${words[level]}`;
}
