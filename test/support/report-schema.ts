import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

const file = new URL('../../schema/report.schema.json', import.meta.url);
let validate: ValidateFunction | null = null;

/** The published schema as data. */
export function reportSchema(): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What is wrong with a report by the published schema; empty when nothing is. */
export function reportFaults(report: unknown): readonly string[] {
  validate ??= new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(reportSchema());
  if (validate(report)) return [];
  return (validate.errors ?? []).map(faultLine);
}

function faultLine({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`;
}

let validateFix: ValidateFunction | null = null;

/** The published schema of `fix --format json`, with that of the report inside it. */
export function fixFaults(fix: unknown): readonly string[] {
  validateFix ??= new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
    .addSchema(reportSchema(), 'report.schema.json')
    .compile(JSON.parse(readFileSync(new URL('../../schema/fix.schema.json', import.meta.url), 'utf8')));
  return validateFix(fix) ? [] : (validateFix.errors ?? []).map(faultLine);
}

/** Throws with every fault when a report does not keep to the published schema. Takes the object, or its JSON text. */
export function assertValidReport(report: unknown): void {
  const faults = reportFaults(
    typeof report === 'string' ? JSON.parse(report) : JSON.parse(JSON.stringify(report)),
  );
  if (faults.length > 0) throw new Error(`the report breaks its schema:\n${faults.join('\n')}`);
}
