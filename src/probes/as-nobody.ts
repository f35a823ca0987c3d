import { projectApiId } from '../domain/package-project.ts';
import { percentDecoded } from '../domain/percent-form.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { metadataQuestion, tarballStartQuestion } from './package-questions.ts';

/**
 * The package at its project's prefix without a credential: a registry that is open to anyone gives nobody what it refuses a job token of
 * another project, and a public project is no secret to nobody (GitLab model, sections 3 and 4).
 * It tells a registry that is open to anyone, and a token that makes things worse.
 */
export const asNobody: ProbeDefinition = {
  slug: 'as-nobody',
  questions({ run, case: { target, result }, packageProject }) {
    const { tarball, metadata, dependency } = target;
    const questions = [];
    if (result.kind === 'tarball-failed' && tarball && prefixOf(tarball.url)?.kind === 'project') {
      if (tarball.credential.kind !== 'none')
        questions.push(tarballStartQuestion('as-nobody:tarball', tarball.url, { kind: 'none' }));
    }
    const { apiUrl } = run.environment;
    const id = packageProject && projectApiId(packageProject);
    if (apiUrl === null || !id) return questions;
    const project = percentDecoded(id);
    const url = run.client.metadataUrl(prefixUrl({ kind: 'project', apiUrl, project }), dependency.name);
    const known = metadata?.url === url && metadata.credential.kind === 'none';
    return known
      ? questions
      : [...questions, metadataQuestion(`as-nobody:${project}`, url, { kind: 'none' })];
  },
};
