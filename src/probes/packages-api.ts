import { jobAuthorization } from '../domain/job-authorization.ts';
import { projectApiId } from '../domain/package-project.ts';
import { percentDecoded, percentEncoded } from '../domain/percent-form.ts';
import type { ProbeDefinition, ProbeSubject } from '../domain/probe-definition.ts';
import { configuredProjects } from './candidate-projects.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The packages API of the package project: its refusals say more than the npm routes' (GitLab model, section 4).
 * While the project is unknown it is asked of each project that the configuration names.
 * It tells a project that does not exist from one that hides, and an allowlist entry without permission from none.
 */
export const packagesApi: ProbeDefinition = {
  slug: 'packages-api',
  questions(subject) {
    const { environment } = subject.run;
    const { apiUrl } = environment;
    if (apiUrl === null) return [];
    const name = percentEncoded(subject.case.target.dependency.name);
    return projectIds(subject).flatMap((id) => {
      const url = `${apiUrl}/projects/${id}/packages?package_type=npm&package_name=${name}&per_page=100`;
      const authorization = jobAuthorization(environment, url, 'job-token-header');
      return authorization ? [apiQuestion(`packages-api:${percentDecoded(id)}`, url, authorization)] : [];
    });
  },
};

function projectIds(subject: ProbeSubject): readonly string[] {
  const known = subject.packageProject && projectApiId(subject.packageProject);
  return known ? [known] : configuredProjects(subject).map(percentEncoded);
}
