import semver from 'semver';
import type { ClientName } from '../domain/client.ts';
import { nearest } from '../domain/nearest.ts';
import { shownValue } from './shown-value.ts';
import { refused, type ValueType, value } from './value-type.ts';

/** A package manager as asked for. `version` is `major.minor.patch`, `null` when it is to be found out. */
export interface ClientChoice {
  name: ClientName;
  version: string | null;
}

const names = Object.keys({
  npm: true,
  pnpm: true,
  yarn: true,
  'yarn-berry': true,
  bun: true,
} satisfies Record<ClientName, true>) as ClientName[];

/**
 * `NAME` or `NAME@VERSION` with the whole version: rules differ between minor versions, so none is guessed.
 * `yarn` at 2 or later is `yarn-berry`, as in package.json's `packageManager`; a hash after `+` is dropped.
 */
export const packageManager: ValueType<ClientChoice> = {
  type: 'text',
  placeholder: 'NAME[@VERSION]',
  allowed: names,
  unit: null,
  read(text, env) {
    const [, written = '', asked = null] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
    const name = names.find((known) => known === written.toLowerCase());
    if (!name) {
      const near = nearest(written, names);
      return refused(
        `${shownValue(text, env)} is none of ${names.join(', ')}`,
        near ? `did you mean ${near}?` : null,
      );
    }
    if (asked === null) return value({ name, version: null });
    const version = semver.valid(asked);
    if (!version)
      return refused(
        `${shownValue(asked, env)} is no whole version`,
        `write all three parts, like ${name}@${examples[name]}`,
      );
    const modern = semver.major(version) >= 2;
    if (name === 'yarn' && modern) return value({ name: 'yarn-berry', version });
    if (name === 'yarn-berry' && !modern)
      return refused(`yarn-berry starts at 2.0.0, and ${version} was asked`, `write yarn@${version}`);
    return value({ name, version });
  },
};

const examples = {
  npm: '11.6.2',
  pnpm: '10.34.9',
  yarn: '1.22.22',
  'yarn-berry': '4.15.0',
  bun: '1.3.4',
} satisfies Record<ClientName, string>;
