/** One line to change. `before` is `null` for a line to add; `after` is `null` for a line to take out. */
export interface Edit {
  file: string;
  line: number | null;
  before: string | null;
  after: string | null;
}

/** A request that a person with the right role may send. `data` are form fields; the token is never part of it. */
export interface RemedyRequest {
  method: 'POST' | 'PUT' | 'DELETE';
  url: string;
  data: Readonly<Record<string, string | number>>;
}

/** The cure for one place: who does what. `steps` are whole sentences in order; `url` the page where it is done. */
export interface Remedy {
  who: string;
  summary: string;
  steps: readonly string[];
  edit?: Edit;
  command?: string;
  request?: RemedyRequest;
  url?: string;
}
