/**
 * Why a run ended without a report (exit code 2), for the files that a CI reads. `file` and `line` are a place in the checkout where
 * there is one. The texts hold no secret.
 */
export interface ProblemReport {
  message: string;
  hint: string | null;
  file: string | null;
  line: number | null;
}
