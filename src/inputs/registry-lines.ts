import { isScope } from './plain-values.ts';
import { shownValue, type Variables } from './shown-value.ts';
import { type Reading, refused, type ValueType, value } from './value-type.ts';
import { readVariableName } from './variable-name.ts';

/** One line of `registries`. `url` is normalised and ends with a slash; `tokenVariable` is `null` when the line names none. */
export interface RegistryLine {
  scope: string;
  url: string;
  tokenVariable: string | null;
}

const syntax = 'a line looks like: @acme=https://npm.example.com/ token=NPM_TOKEN';

/**
 * Lines `@scope=URL [token=ENV_NAME]`; blank lines and lines that start with `#` count but say nothing. Refusals name the
 * line by number. No URL is repeated in a message: it may hold a password. Several may share a line, each from its `@` on: YAML
 * folds the line ends of a quoted text into blanks.
 */
export const registryLines: ValueType<readonly RegistryLine[]> = {
  type: 'lines',
  placeholder: 'LINES',
  allowed: null,
  unit: null,
  read(text, env) {
    const found = new Map<string, { line: RegistryLine; at: number }>();
    for (const [index, written] of text.split(/\r\n|\r|\n/).entries()) {
      if (written.trim().startsWith('#')) continue;
      const at = index + 1;
      for (const line of written.trim().split(/\s+(?=@)/)) {
        if (line === '') continue;
        const reading = readLine(line, env);
        if (reading.kind === 'refused') return { ...reading, message: `line ${at}: ${reading.message}` };
        const before = found.get(reading.value.scope);
        if (before)
          return refused(`line ${at}: ${reading.value.scope} has a registry already in line ${before.at}`);
        found.set(reading.value.scope, { line: reading.value, at });
      }
    }
    return value([...found.values()].map(({ line }) => line));
  },
};

function readLine(line: string, env: Variables): Reading<RegistryLine> {
  const equals = line.indexOf('=');
  if (equals < 1) return refused('there is no = between scope and URL', syntax);
  const scope = line
    .slice(0, equals)
    .trim()
    .replace(/:registry$/, '');
  if (!isScope(scope)) return refused(`${shownValue(scope, env)} is no scope`, syntax);
  const [address = '', ...options] = line
    .slice(equals + 1)
    .trim()
    .split(/\s+/);
  const url = readRegistryUrl(address);
  if (url.kind === 'refused') return { ...url, hint: url.hint ?? syntax };
  let tokenVariable: string | null = null;
  for (const option of options) {
    const name = /^token=(.*)$/.exec(option)?.[1];
    if (name === undefined) return refused('after the URL only token=NAME may follow', syntax);
    const reading = readVariableName(name, env);
    if (reading.kind === 'refused') return { ...reading, message: `token=: ${reading.message}` };
    tokenVariable = reading.value;
  }
  return value({ scope, url: url.value, tokenVariable });
}

/**
 * A registry URL, normalised, with a final slash. Refused, and never repeated: other schemes than http and https, user
 * information (a password in a URL ends in logs), query and fragment (no registry has them), references to variables.
 */
export function readRegistryUrl(text: string): Reading<string> {
  const url = readWebUrl(text);
  if (url.kind === 'refused') return url;
  if (url.value.search !== '' || url.value.hash !== '')
    return refused('a registry URL has no ? and no # part');
  if (!url.value.pathname.endsWith('/')) url.value.pathname += '/';
  return value(url.value.href);
}

/** Any http or https URL without user information. */
export function readWebUrl(text: string): Reading<URL> {
  if (text.includes('$'))
    return refused(
      'the URL holds a reference to a variable',
      'references are not expanded here: write the URL itself',
    );
  if (!/^https?:\/\//i.test(text)) return refused('the URL does not start with https:// or http://');
  if (!URL.canParse(text)) return refused('this is no URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return refused(
      'the URL holds user information, which would end up in files and logs',
      'take it out; credentials come from variables, by their NAME',
    );
  }
  return value(url);
}
