import { formatSource } from '../domain/source.ts';
import type { WhichAnswer, WhichRequest } from '../domain/which-answer.ts';
import { type Palette, palette } from './palette.ts';
import { printableReport } from './printable-report.ts';

/** The answer of `which` as text: registry with its source, then each URL with the credential line that matches it. Ends with a line end. */
export function renderWhich(raw: WhichAnswer, options: { color: boolean }): string {
  const answer = printableReport(raw);
  const paint = palette(options.color);
  const { registry } = answer;
  const lines = [
    `${paint.strong(answer.package ?? 'this URL')} with ${answer.client}`,
    ...(registry === null
      ? []
      : [
          `  registry  ${registry.url ?? 'the public npm registry'}   ${paint.faint(`(${formatSource(registry.source)})`)}`,
        ]),
    ...answer.requests.flatMap((request) => requestLines(request, paint)),
    ...(answer.stops === undefined ? [] : [`  ${paint.error('stops')}     ${answer.stops}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function requestLines({ kind, url, credential, sent }: WhichRequest, paint: Palette): readonly string[] {
  const answer = sent ? paint.good('a credential is sent') : paint.warning('no credential is sent');
  const found =
    credential === null
      ? `no key matches this URL: ${answer}`
      : `${credential.key}   ${paint.faint(`(${formatSource(credential.source)})`)} ${credential.state}: ${answer}`;
  return [`  ${kind.padEnd(8)}  ${url}`, `            ${found}`];
}
