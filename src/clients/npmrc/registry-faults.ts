import { endsWithOwner, routeFault } from './gitlab-registry.ts';
import {
  anyCredential,
  type CheckedLine,
  credentialFields,
  type LineCheck,
  type LineFault,
} from './line-fault.ts';

/** What is wrong with the addresses of registries, and with lines that hold two settings, in the order in which it is looked for. */
export const registryFaults: readonly LineCheck[] = [
  twoSettingsInOne,
  settingBehindToken,
  credentialInUrl,
  registryNoUrl,
  registryNoRoute,
  finalSlashMissing,
];

function twoSettingsInOne({ key, text, value }: CheckedLine): LineFault | null {
  if (!/(?:^|:)registry$/.test(key)) return null;
  const second =
    new RegExp(`(?:\\s|(?<!:)(?<=/))(//[^=\\s]*:(?:${credentialFields})\\s*=.*)$`).exec(value)?.[1] ??
    /\s(\S+\s*=.*)$/.exec(value)?.[1];
  if (second === undefined) return null;
  const first = text.slice(0, text.length - second.length).trim();
  return {
    corrected: `${first}\n${second}`,
    why: 'two settings stand on one line, the second has become part of the URL',
  };
}

function settingBehindToken({ key, text, value }: CheckedLine): LineFault | null {
  if (!anyCredential.test(key)) return null;
  const second = new RegExp(`\\s((?:@[^:/\\s=]+:registry|//[^=\\s]*:(?:${credentialFields}))\\s*=.*)$`).exec(
    value,
  )?.[1];
  if (second === undefined || !text.endsWith(second)) return null;
  return {
    corrected: `${text.slice(0, text.length - second.length).trim()}\n${second}`,
    why: 'two settings stand on one line, the second has become part of the token',
  };
}

function credentialInUrl({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (!/(?:^|:)registry$/.test(key)) return null;
  const found = /^https?:(\/\/[^\s]*?)\/?:(_authToken|_auth|_password)=(.*)$/i.exec(value);
  if (!found?.[1]) return null;
  const scheme = /^https?:/i.exec(value)?.[0] ?? 'https:';
  return {
    corrected: `${text.slice(0, text.indexOf('=') + 1).trim()}${scheme}${found[1]}/\n${found[1]}/:${found[2]}=${found[3]}`,
    why: `the credential has become a part of the URL: it is a setting of its own, on a line of its own, and ${rules.client} sends none`,
  };
}

function registryNoUrl({ key, text, value, entry }: CheckedLine): LineFault | null {
  if (!/(?:^|^@[^:]*:)registry$/.test(key) || entry.value === true) return null;
  if (value === '') return { corrected: null, why: 'the registry has no URL' };
  const twice = /^https?:\/\/(?=https?:\/\/|\$\{CI_(?:API_V4|SERVER)_URL\})/i.exec(value)?.[0];
  if (twice !== undefined)
    return {
      corrected: text.includes(value) ? text.replace(value, () => value.slice(twice.length)) : null,
      why: `the registry is no URL: ${twice} stands in front of an address that has it already`,
    };
  if (/^(?:https?:\/\/[^\s/]|\$)/i.test(value)) return null;
  const host = /^(?:https?:)?\/{0,2}([\w.-]+\.[\w-]+(?::\d+)?(?:\/\S*)?)$/i.exec(value)?.[1];
  const before = text.slice(0, text.indexOf('=') + 1);
  return {
    corrected: host === undefined ? null : `${before}https://${host}`,
    why: 'the registry is no URL: it must start with https:// or http://',
  };
}

function registryNoRoute({ key, text, value }: CheckedLine): LineFault | null {
  if (!/(?:^|^@[^:]*:)registry$/.test(key)) return null;
  const fault = routeFault(value);
  if (fault === null) return null;
  const isWhole = text.includes(value);
  return { corrected: isWhole ? text.replace(value, () => fault.corrected) : null, why: fault.why };
}

function finalSlashMissing({ key, text, value, rules }: CheckedLine): LineFault | null {
  if (!rules.dropsLastPart || !/(?:^|:)registry$/.test(key)) return null;
  if (!/^https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+$/i.test(value) || endsWithOwner(value)) return null;
  return {
    corrected: `${text.trimEnd().replace(/(["']?)$/, '/$1')}`,
    why: `without a slash at the end this version of ${rules.client} leaves the last part of the URL out`,
  };
}
