const hidden = '[secret]';
const values = new WeakMap<Secret, string>();

/**
 * A value that must never be printed. Every ordinary way to look at it (templates, JSON, inspection, spreading) shows `[secret]`.
 * Only `reveal` opens it, and only the HTTP edge and the redactor may call that.
 */
export class Secret {
  constructor(value: string) {
    values.set(this, value);
  }
  toString(): string {
    return hidden;
  }
  toJSON(): string {
    return hidden;
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden;
  }
}

/** The text inside a secret. The import table in the architecture test names the few modules that may call it. */
export function reveal(secret: Secret): string {
  return values.get(secret) ?? '';
}

/** Whether two secrets hold the same text: a variable may be a copy of the job token under another name. */
export function sameSecret(a: Secret, b: Secret): boolean {
  return values.get(a) === values.get(b);
}

/** Whether a secret's text has a public form (`ghp_…`), which tells what kind of token it is; nothing of it comes out. */
export function hasForm(secret: Secret, form: RegExp): boolean {
  return form.test(values.get(secret) ?? '');
}
