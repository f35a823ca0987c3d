import type { Report } from '../domain/report.ts';
import { type TextOptions, textParts } from './text.ts';

/**
 * The text with the section marks of GitLab's job log: what was planned in an open section, the list of packages in a collapsed one.
 * Verdict and findings stand outside of sections, so that nothing can fold them away. `seconds` is the time as Unix seconds. Ends with a
 * line end (form of the marks: GitLab component notes, section C).
 */
export function renderGitlab(report: Report, options: TextOptions & { seconds: number }): string {
  const { verdict, plan, findings, packages } = textParts(report, options);
  const { seconds } = options;
  const blocks = [
    verdict,
    ...(plan.length === 0
      ? []
      : [
          section({
            name: 'npmrc_preflight_plan',
            title: 'Configuration',
            lines: plan,
            seconds,
            collapsed: false,
          }),
        ]),
    ...findings.map((finding) => `\n${finding}`),
    ...(packages.length === 0
      ? []
      : [
          '',
          section({
            name: 'npmrc_preflight_packages',
            title: `Private packages (${packages.length})`,
            lines: packages,
            seconds,
            collapsed: true,
          }),
        ]),
  ];
  return `${blocks.join('\n')}\n`;
}

function section(of: {
  name: string;
  title: string;
  lines: readonly string[];
  seconds: number;
  collapsed: boolean;
}): string {
  const mark = `${of.seconds}:${of.name}`;
  return [
    `\x1b[0Ksection_start:${mark}${of.collapsed ? '[collapsed=true]' : ''}\r\x1b[0K${of.title}`,
    ...of.lines,
    `\x1b[0Ksection_end:${mark}\r\x1b[0K`,
  ].join('\n');
}
