import type { ReportContext } from '../../src/render/report-context.ts';

/** A job of GitLab whose project lies in the folder `web` of the repository. */
export const gitlabContext: ReportContext = {
  version: '0.0.0-test',
  program: 'node dist/index.js',
  repositoryPath: (file) => (file.startsWith('/') ? null : `web/${file}`),
  pageUrl:
    'https://gitlab.example.com/flashcake/my-project/-/jobs/9/artifacts/file/.npmrc-preflight/report.html',
  helpUrl: 'https://gitlab.example.com/help',
};
