import type { ConfigProblem } from '../../domain/client.ts';
import { endsWithOwner, routeFault } from '../npmrc/gitlab-registry.ts';
import { printableText, withoutCredentials } from '../npmrc/printable-line.ts';
import type { BunRules } from './bun-rules.ts';
import type { BunSettings } from './bun-settings.ts';

/** Registries of bunfig.toml whose URL can't mean what it looks like (user reports; the final slash: run for real before 1.4.4; references: Bun 1.4.5). */
export function bunUrlProblems({ bunfig }: BunSettings, rules: BunRules): readonly ConfigProblem[] {
  return [...bunfig.values()].flatMap(({ url }): ConfigProblem[] => {
    if (url?.source.kind !== 'file') return [];
    const place = { kind: 'malformed-line', source: url.source, corrected: null } as const;
    const open = url.value.replace(/:_(?:authToken|auth|password)=.*$/is, '');
    const shown = printableText(withoutCredentials(open));
    const [unreplaced = '', name = ''] = /\$([A-Za-z_]\w*)/.exec(open) ?? [];
    if (unreplaced !== '' && unreplaced === open)
      return [{ kind: 'unset-variable', variable: name, setting: url.setting }];
    if (/^\$\w/.test(unreplaced))
      return [
        {
          ...place,
          line: `url = "${shown}"`,
          why: `Bun replaces a reference in bunfig.toml where it is the whole value alone, and ${unreplaced} is a part of this one`,
          step: `write the address out, or let one variable hold all of it: url = "$NAME"`,
        },
      ];
    if (open !== url.value)
      return [
        {
          ...place,
          line: `url = "${shown}:…"`,
          why: 'the credential has become a part of the URL, and Bun sends none',
          step: `write url = "${shown}", and token = "$NAME" beside it, with the variable that holds the token`,
        },
      ];
    const route = routeFault(open);
    if (route !== null)
      return [
        {
          ...place,
          line: `url = "${shown}"`,
          why: route.why,
          step: `write it as "${printableText(withoutCredentials(route.corrected))}"`,
        },
      ];
    if (!rules.dropsLastPart || endsWithOwner(open) || !/^https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+$/i.test(open))
      return [];
    return [
      {
        ...place,
        line: `url = "${shown}"`,
        why: 'without a slash at the end this version of Bun leaves the last part of the URL out',
        step: `write it with the slash: "${shown}/"`,
      },
    ];
  });
}
