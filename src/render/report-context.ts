/** What report files need to know beside the report: where they will lie and how they name places. */
export interface ReportContext {
  /** Version of this program. */
  version: string;
  /** How this program is called. */
  program: string;
  /** The address of a cause's page, where readers can't call the program; `null` where there is none. */
  page?: ((code: string) => string) | null | undefined;
  /** The path of a file (as locations name it) from the root of the repository, with `/`; `null` for one that lies outside. */
  repositoryPath(file: string): string | null;
  /** Where a browser finds `report.html` once the job's artifacts are uploaded; `null` when nobody knows. */
  pageUrl: string | null;
  /** The help of the job's own GitLab, without a final slash; `null` off GitLab. */
  helpUrl: string | null;
}
