import { jobAuthorization } from '../domain/job-authorization.ts';
import { prefixUrl } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { candidateProjects, guessedPath } from './candidate-projects.ts';
import { nobodysName } from './nobodys-name.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * Does a project hold the package? Asked while the project or its path is unknown, of those that the configuration names and of the one
 * that the names suggest; and of the one whose tarball a lockfile names. GitLab forwards a name that the project does not hold before it looks at any right
 * (GitLab model, section 3: project prefix, steps 1 and 2); a name that nobody holds shows whether it forwards at all.
 * It tells which project holds the package, whatever the token may read.
 */
export const holdsPackage: ProbeDefinition = {
  slug: 'holds-package',
  questions(subject) {
    const { run, packageProject } = subject;
    const { apiUrl } = run.environment;
    const { name } = subject.case.target.dependency;
    if (apiUrl === null || packageProject?.path != null) return [];
    const guess = guessedPath(subject);
    const projects =
      packageProject?.id == null
        ? candidateProjects(subject)
        : [
            ...(subject.case.target.metadata === null ? [String(packageProject.id)] : []),
            ...(packageProject.name && guess ? [guess] : []),
          ];
    return projects.flatMap((project) => {
      const registry = prefixUrl({ kind: 'project', apiUrl, project });
      return [
        { probe: `holds-package:${project}`, asked: name },
        { probe: `holds-nothing:${project}`, asked: nobodysName(name) },
      ].flatMap(({ probe, asked }) => {
        const url = run.client.metadataUrl(registry, asked);
        const authorization = jobAuthorization(run.environment, url, 'bearer');
        return authorization ? [metadataQuestion(probe, url, authorization)] : [];
      });
    });
  },
};
