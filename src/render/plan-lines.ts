import type { FileReport, PackageReport, Report } from '../domain/report.ts';
import { renderUnifiedDiff } from './diff.ts';
import type { Palette } from './palette.ts';
import { shownPlace } from './shown-place.ts';
import { wrapText } from './wrap-text.ts';

/** What was done with a file, in words. */
export const fileActions = {
  written: 'wrote',
  unchanged: 'unchanged',
  'would-write': 'would write',
  restored: 'restored',
} satisfies Record<FileReport['action'], string>;

/** What was planned and written: a line for each scope (`@acme → instance prefix: <why>`), file and exported variable. */
export function planLines(report: Report, options: { paint: Palette; width: number }): readonly string[] {
  const { paint, width } = options;
  const scopes = report.scopes.flatMap(({ scope, registry, prefix, why }) => {
    const where = prefix === null ? registry : `${prefix} prefix`;
    return wrapText(`${scope ?? 'unscoped packages'} → ${where}: ${why}`, {
      first: '  ',
      next: '    ',
      width,
    });
  });
  const files = report.files.flatMap(({ path, action, diff }) => [
    `  ${fileActions[action]} ${path}`,
    ...(diff === undefined ? [] : renderUnifiedDiff(diff, paint)),
  ]);
  const variables = Object.entries(report.exports).map(
    ([name, value]) => `  ${paint.faint('for later commands:')} ${name}=${value}`,
  );
  return [...scopes, ...files, ...variables];
}

/** What was looked at, for a run that found nothing private: silence must not pass for a check. */
export function lookedAtLines(report: Report, { width }: { width: number }): readonly string[] {
  const { client, host, consumer, provider } = report.environment;
  const scopes = report.scopes.flatMap(({ scope }) => (scope === null ? [] : [scope]));
  const looked =
    scopes.length === 0 ? 'no scope counts as private here' : `no dependency is in ${scopes.join(', ')}`;
  const where = [`${client.name} ${client.version} (${client.known})`, host, consumer].filter(
    (part) => part !== null,
  );
  return [
    ...wrapText(`${looked}; looked at: ${where.join(' · ')}`, {
      first: '  ',
      next: '    ',
      width,
    }),
    ...wrapText(
      provider === 'generic'
        ? 'if there should be some: name them with --scopes, or check --working-directory, --include and --depth'
        : 'if there should be some: name them in the input scopes, or check working-directory, include and depth',
      {
        first: '  ',
        next: '    ',
        width,
      },
    ),
  ];
}

const words = {
  ok: 'ok       ',
  failed: 'fails    ',
  undecided: 'undecided',
  skipped: 'not asked',
} satisfies Record<PackageReport['status'], string>;

/** One line for each package: what becomes of it, its version, and the registry it is asked of. */
export function packageLines(report: Report, paint: Palette): readonly string[] {
  const paints = { ok: paint.good, failed: paint.error, undecided: paint.warning, skipped: paint.faint };
  return report.packages.map((item) => {
    const asked = item.dependents.filter((dependent) => dependent !== '.');
    const by =
      asked.length === 0
        ? ''
        : paint.faint(`  for ${asked.slice(0, 3).join(', ')}${asked.length > 3 ? ', …' : ''}`);
    return `  ${paints[item.status](words[item.status])} ${item.name}@${item.resolved ?? item.requested}  ${paint.faint(shownPlace(item))}${by}`;
  });
}

/** Client, server and job of a run, as far as they are known. */
export function environmentFacts({ environment }: Report): readonly string[] {
  const { client, host, version, provider, consumer, jobUser } = environment;
  return [
    `${client.name} ${client.version} (${client.known})`,
    ...(host === null ? [] : [`${host}${version === null ? '' : ` (${provider} ${version})`}`]),
    ...(consumer === null ? [] : [`${consumer}${jobUser === null ? '' : ` as ${jobUser}`}`]),
  ];
}
