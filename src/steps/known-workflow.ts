import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { WorkflowJob } from '../domain/workflow-job.ts';
import { readWorkflowJob } from '../providers/github/workflow-job.ts';

/** What is read around a job. `directory` is the project's, absolute. */
export interface WorkflowPlace {
  env: Readonly<Record<string, string | undefined>>;
  files: FileReader;
  directory: string;
}

/** What the event and the workflow file of a GitHub job say of it. */
export function knownWorkflow({ env, files, directory }: WorkflowPlace): WorkflowJob {
  const workspace = env.GITHUB_WORKSPACE;
  const text = (path: string) => {
    const reading = isAbsolute(path) ? files.read(path) : null;
    return reading?.kind === 'text' ? reading.text : null;
  };
  return readWorkflowJob(env, {
    event: text,
    workflow(path) {
      const full = resolve(workspace && isAbsolute(workspace) ? workspace : directory, path);
      const found = text(full);
      const shown = relative(directory, full).split(sep).join('/');
      return found === null ? null : { text: found.replace(/^\uFEFF/, ''), shown };
    },
  });
}
