import type { NpmrcEntry } from './read-npmrc.ts';
import type { Variables } from './references.ts';

/** What is wrong with a line. `corrected` is the whole line as it must be, `null` when it can't be told. */
export interface LineFault {
  corrected: string | null;
  why: string;
  /** The key that it was meant to set. */
  hides?: readonly string[];
  isEmpty?: boolean;
  /** How to mend it where no line can be shown, or where else. */
  step?: string;
  /** The variable that it was to refer to. */
  variable?: string;
  /** It is a part of a user with password. */
  ofPassword?: true;
}

/** What a client makes of lines, as far as it decides whether one can mean what it looks like. */
export interface LineRules {
  /** The client as messages name it. */
  client: string;
  /** A key must end with a slash before the colon to be found. */
  exactKeys: boolean;
  /** Operators behind a name in `${NAME…}` that it knows. */
  operators: readonly ('?' | '-' | ':-')[];
  /** It replaces `$NAME` without braces. */
  bareReferences: boolean;
  /** `${NAME-}` without a text behind the operator is no fallback. Left out: it is an empty one. */
  fallbackNeedsText?: boolean;
  /** It leaves out what follows the last slash of a registry's URL. Left out: it does not. */
  dropsLastPart?: boolean;
  /** What may be a list: it is taken for its text, in which no reference is replaced. Left out: neither credentials nor registries. */
  takesLists?: 'credentials' | 'all';
  /** It looks keys up with their protocol too. Left out: it does not. */
  schemeInKeys?: boolean;
}

/** A line on which a check looks. */
export interface CheckedLine {
  entry: NpmrcEntry;
  /** The line without the byte order mark and white space around it. */
  text: string;
  key: string;
  value: string;
  rules: LineRules;
  variables: Variables;
}

/** Tells one kind of fault; `null` where a line has none of the kind. */
export type LineCheck = (line: CheckedLine) => LineFault | null;

/** The fields behind an address that belong to a credential, as a part of a pattern. */
export const credentialFields = '_authToken|_auth|_password|username|email|certfile|keyfile';
/** A key of such a field. */
export const anyCredential = new RegExp(`:(?:${credentialFields})$`);
