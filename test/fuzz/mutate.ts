import type { SeededChoice } from '../faults/seeded-choice.ts';

/** Pieces that parsers stumble over: names of objects' own members, marks of formats, ends of lines, characters that act. */
const hostile: readonly [string, ...string[]] = [
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ufeff',
  '\r',
  '\r\n',
  '\n',
  '\t',
  ' ',
  '"',
  "'",
  '\\',
  '\\u0000',
  '${',
  '${TOKEN}',
  '${TOKEN-x}',
  '${TOKEN:-}',
  '$',
  '}',
  '{',
  '[',
  ']',
  '[]',
  '{}',
  'null',
  'true',
  '1e999',
  '-1',
  '9007199254740993',
  '@',
  '@acme',
  '@acme/',
  '@acme/ui',
  'npm:',
  'npm:@acme/ui@1',
  'file:../../../etc/passwd',
  'link:..',
  'portal:/',
  'workspace:*',
  'patch:',
  'git+ssh://x',
  'https://r.example/x.tgz',
  'https://[',
  '//',
  '/',
  '../..',
  ':',
  ': ',
  '- ',
  '&a ',
  '*a',
  '!!js/function',
  '<<: *a',
  '---\n',
  '...',
  '|\n  ',
  '>-\n',
  '#',
  ';',
  '=',
  '@acme:registry=',
  ':_authToken=',
  '//r.example/:_authToken=${TOKEN}',
  'sha512-',
  'sha1-AAAA',
  '(a@1)(b@2)',
  '"@acme/ui@^1.0.0", "@acme/ui@1":\n',
  '  resolved "https://r.example/a.tgz#"\n',
  '"resolution": "@acme/ui@npm:1.0.0"',
  'lockfileVersion: 9',
  '"lockfileVersion": 3',
  '%',
  '%2f',
  '\ud800',
];

/** Changes a text by a few steps: of its lines, of its JSON, of its characters, with pieces of other texts and of the hostile list. */
export function mutate(text: string, others: readonly string[], draw: SeededChoice): string {
  let result = text;
  for (let steps = 1 + draw.below(5); steps > 0; steps -= 1) result = step(result, others, draw);
  return result.slice(0, 60_000);
}

function step(text: string, others: readonly string[], draw: SeededChoice): string {
  const at = draw.below(text.length + 1);
  const length = draw.below(Math.min(40, text.length - at + 1));
  const lines = text.split('\n');
  const line = draw.below(lines.length);
  switch (draw.below(11)) {
    case 0:
      return text.slice(0, at) + draw.one(hostile) + text.slice(at);
    case 1:
      return text.slice(0, at) + draw.one(hostile) + text.slice(at + length);
    case 2:
      return text.slice(0, at) + text.slice(at + length);
    case 3:
      return [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n');
    case 4:
      return [...lines.slice(0, line), lines[line], ...lines.slice(line)].join('\n');
    case 5: {
      const other = draw.below(lines.length);
      return lines
        .map((one, index) => (index === line ? lines[other] : index === other ? lines[line] : one))
        .join('\n');
    }
    case 6: {
      const donor = others[draw.below(others.length)] ?? '';
      const from = draw.below(donor.length + 1);
      return text.slice(0, at) + donor.slice(from, from + draw.below(400)) + text.slice(at);
    }
    case 7:
      return text.slice(0, at) + text.slice(at, at + length).repeat(1 + draw.below(30)) + text.slice(at);
    case 8:
      return text.slice(0, at);
    case 9:
      return changedJson(text, draw) ?? text.slice(at) + text.slice(0, at);
    default: {
      const code = draw.below(20) === 0 ? draw.below(65_536) : draw.below(128);
      return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
    }
  }
}

/** One value of a JSON text replaced by another one of it, or by something of another type; `null` when it is no JSON. */
function changedJson(text: string, draw: SeededChoice): string | null {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return null;
  }
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 20) return;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      visit((value as Record<string, unknown>)[key], depth + 1);
    }
  };
  visit(root, 0);
  const place = places[draw.below(places.length)];
  const donor = places[draw.below(places.length)];
  if (!place || !donor) return null;
  const { holder, key } = place;
  switch (draw.below(4)) {
    case 0:
      holder[key] = draw.one<unknown>([null, true, 0, -1, '', [], {}, [null], { a: {} }, draw.one(hostile)]);
      break;
    case 1:
      holder[key] = structuredClone(donor.holder[donor.key]);
      break;
    case 2:
      delete holder[key];
      break;
    default:
      Object.defineProperty(holder, draw.one(hostile), {
        value: structuredClone(holder[key]),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return JSON.stringify(root, null, draw.below(2) * 2);
}
