import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { strictestRule } from '../domain/publishing.ts';
import { pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { publisherName, publishFault, publishSeen } from './parts/publishing.ts';

const settings = '/-/settings/packages_and_registries';

/**
 * A protection rule of the project lets only higher roles push packages of this name; a deploy token never may (GitLab model, section 5;
 * gitlabhq app/services/packages/protection).
 */
export const packageProtected: Cause = {
  code: 'NP308',
  slug: 'package-protected',
  title: 'a protection rule of the project refuses the push of the package',
  severity: 'error',
  needs: [],
  example: 'package-protected',
  ofPackage: true,
  weigh(clues) {
    const fault = publishFault(clues, 'package-protected');
    if (fault === null) return ruledOut;
    const because = [...clues.case.observations.keys()];
    return fault === 'certain'
      ? { kind: 'confirmed', because }
      : {
          kind: 'possible',
          because,
          decidedBy:
            projectPage(clues.run, clues.packageProject, settings) ?? 'the protection rules of the project',
        };
  },
  state(clues) {
    const { name } = clues.case.target.dependency;
    const rule = ruleOf(clues);
    const project = describeProject(clues.packageProject);
    const page = projectPage(clues.run, clues.packageProject, settings);
    const user = publisherName(clues);
    const isDeploy = clues.case.publishing?.account.kind === 'deploy';
    const least = rule?.least ?? 'a higher role';
    return {
      title: rule
        ? `the rule "${rule.pattern}" of ${project} protects ${name}: only ${least}s may push it`
        : `a protection rule of ${project} may refuse the push of ${name}`,
      seen: publishSeen(clues),
      location: null,
      remedy: {
        who: `a Maintainer of ${projectForPeople(clues.packageProject)}`,
        summary: `publish ${name} as somebody whom the rule allows, or change the rule`,
        steps: [
          `a Maintainer of ${project} opens ${pageInWords(clues.run, clues.packageProject, settings, 'Settings > Packages and registries')}, "Protected packages"`,
          isDeploy
            ? `a deploy token may never push a protected package: use the token of a job, or of a person, whose role in ${project} is ${least} or higher`
            : `run the job as a user whose role in ${project} is ${least} or higher; ${user}'s is not`,
          'or lower "Minimum access level for push" of the rule, or narrow its pattern',
        ],
        ...(page ? { url: page } : {}),
      },
    };
  },
};

function ruleOf({ case: { publishing, target } }: Clues) {
  return publishing ? strictestRule(target.dependency.name, publishing) : null;
}
