import { type BerryRules, knowsSetting } from './berry-rules.ts';

/** How Yarn takes a setting's text. `nullable`: its default is nothing. */
export interface BerryField {
  type: 'text' | 'switch' | 'age' | 'path';
  nullable: boolean;
}

const text: BerryField = { type: 'text', nullable: false };
const textOrNothing: BerryField = { type: 'text', nullable: true };
const pathOrNothing: BerryField = { type: 'path', nullable: true };
const onOff: BerryField = { type: 'switch', nullable: false };
const age: BerryField = { type: 'age', nullable: false };

const authFields: Readonly<Record<string, BerryField>> = {
  npmAlwaysAuth: onOff,
  npmAuthIdent: textOrNothing,
  npmAuthToken: textOrNothing,
};
const registryFields: Readonly<Record<string, BerryField>> = {
  npmAuditRegistry: textOrNothing,
  npmPublishRegistry: textOrNothing,
  npmRegistryServer: text,
};
const networkFields: Readonly<Record<string, BerryField>> = {
  httpProxy: textOrNothing,
  httpsProxy: textOrNothing,
  httpsKeyFilePath: pathOrNothing,
  httpsCertFilePath: pathOrNothing,
};

/** The settings that decide requests, of the outermost level (@yarnpkg/core Configuration, @yarnpkg/plugin-npm). */
export const singleSettings: Readonly<Record<string, BerryField>> = {
  ...authFields,
  ...registryFields,
  ...networkFields,
  npmMinimalAgeGate: age,
  httpsCaFilePath: pathOrNothing,
  caFilePath: pathOrNothing,
  enableStrictSsl: onOff,
  enableNetwork: onOff,
  enableHardenedMode: onOff,
  enableStrictSettings: onOff,
};

/** Those that are lists. */
export const listSettings: readonly string[] = ['unsafeHttpWhitelist', 'npmPreapprovedPackages'];

/** Those that are mappings of groups of settings. */
export const groupSettings: readonly string[] = ['npmScopes', 'npmRegistries', 'networkSettings'];

/**
 * How a field of a group (`npmScopes.acme.…`) is taken: `unknown` ends Yarn, `unsure` where this version was not measured
 * (measured: yq6; `yarn config get`).
 */
export function groupField(
  group: string,
  field: string,
  rules: BerryRules,
  version: string,
): BerryField | 'unknown' | 'unsure' {
  const fields: Record<string, BerryField> = Object.assign(
    Object.create(null),
    group === 'networkSettings'
      ? {
          ...networkFields,
          [rules.caSetting]: pathOrNothing,
          enableNetwork: { type: 'switch', nullable: true },
        }
      : authFields,
    group === 'npmScopes' ? registryFields : {},
    group === 'npmScopes' && rules.ageGate.scoped ? { npmMinimalAgeGate: age } : {},
  );
  const own = fields[field];
  const known = knowsSetting(version, field);
  if (own)
    return known === 'no' ? 'unknown' : known === 'unsure' && field === 'npmAuditRegistry' ? 'unsure' : own;
  return knowsSetting(version, 'no setting of any version') === 'no' ? 'unknown' : 'unsure';
}
