export type Variables = Readonly<Record<string, string | undefined>>;

/** Documented prefixes of GitLab, GitHub and npm tokens, JSON Web Tokens, and credential keys with a value. */
const tokenShapes = [
  /\bgl(?:pat|dt|cbt|rt|oas|ptt|ft|imt|agent|soat|ffct)-[\w-]{6,}/,
  /\bgh[pousr]_\w{10,}/,
  /\bgithub_pat_\w{10,}/,
  /\bnpm_\w{20,}/,
  /\beyJ[\w-]{8,}/,
  /_auth(?:Token)?\s*=/i,
  /_password\s*=/i,
];

/**
 * Whether a text may be, or hold, a credential: by a known shape, because a variable of this job with a telling name has
 * it as value, or because it looks random (20 characters or more with letters and digits mixed, as no variable is named).
 */
export function looksSecret(text: string, env: Variables): boolean {
  if (Object.hasOwn(env, text)) return false;
  if (isKnownSecret(text, env)) return true;
  return text
    .split(/[^\w-]+/)
    .some((word) => /^(?=.*[A-Za-z])(?=.*\d)[\w-]{20,}$/.test(word) && !isNumberedWords(word));
}

/** The part of {@link looksSecret} that does not guess: a known shape, or the value of a variable of this job. */
export function isKnownSecret(text: string, env: Variables): boolean {
  return tokenShapes.some((shape) => shape.test(text)) || variablesHolding(text, env).length > 0;
}

/**
 * Names of the variables of this job that look meant for secrets and whose value is in the text. Values that are names of
 * variables themselves (`TOKEN_ENV=CI_JOB_TOKEN`) are none.
 */
export function variablesHolding(text: string, env: Variables): readonly string[] {
  return Object.keys(env)
    .filter((name) => /token|secret|passw|auth|(?:api|access|private)_?key|pat$/i.test(name))
    .filter((name) => {
      const value = env[name];
      return value !== undefined && value.length >= 8 && !isVariableLike(value) && text.includes(value);
    })
    .sort();
}

/** A value as messages repeat it: quoted and cut at 60 characters, or only described when it may be a secret. */
export function shownValue(text: string, env: Variables): string {
  if (looksSecret(text, env)) return 'the value (not shown, it may be a token)';
  return text.length > 60 ? `"${text.slice(0, 60)}…"` : `"${text}"`;
}

function isVariableLike(text: string): boolean {
  return /^\$?\{?[A-Z]+(?:_[A-Z]+\d{0,3})*\}?$/.test(text);
}

/** `my-long-package-name-2`: words with a number, which no token generator makes. */
function isNumberedWords(word: string): boolean {
  return word.split(/[-_]/).every((part) => /^(?:[A-Za-z]+\d{0,2}|\d{0,4})$/.test(part));
}
