import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Environment } from '../domain/environment.ts';
import type { FileReader } from '../domain/file-reader.ts';
import { readWorkflowJob } from '../providers/github/workflow-job.ts';

/** What is read around a job. `directory` is the project's, absolute. */
export interface WorkflowPlace {
  env: Readonly<Record<string, string | undefined>>;
  files: FileReader;
  directory: string;
}

/** The environment of a GitHub job with what its event and its workflow file say; any other as it is. */
export function withWorkflow(
  environment: Environment,
  { env, files, directory }: WorkflowPlace,
): Environment {
  if (environment.provider !== 'github') return environment;
  const workspace = env.GITHUB_WORKSPACE;
  const text = (path: string) => {
    const reading = isAbsolute(path) ? files.read(path) : null;
    return reading?.kind === 'text' ? reading.text : null;
  };
  const workflow = readWorkflowJob(env, {
    event: text,
    workflow(path) {
      const full = resolve(workspace && isAbsolute(workspace) ? workspace : directory, path);
      const found = text(full);
      const shown = relative(directory, full).split(sep).join('/');
      return found === null ? null : { text: found.replace(/^\uFEFF/, ''), shown };
    },
  });
  return { ...environment, workflow };
}
