import { type Cause, ruledOut } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { publishFault, publishSeen } from './parts/publishing.ts';

/** A version can be published once: in its project, and below a scope's root namespace (GitLab model, section 5). */
export const alreadyPublished: Cause = {
  code: 'NP505',
  slug: 'already-published',
  title: 'the version that would be published exists already',
  severity: 'error',
  needs: [],
  example: 'already-published',
  ofPackage: true,
  weigh: (clues) =>
    publishFault(clues, 'already-published') === null
      ? ruledOut
      : { kind: 'confirmed', because: [...clues.case.observations.keys()] },
  state(clues) {
    const { dependency, registry } = clues.case.target;
    const { there = null, project = null, version = '', several = false } = clues.case.publishing ?? {};
    const elsewhere = project !== null && there !== null && there !== project;
    const place =
      project === null
        ? (registry.url ?? 'the registry')
        : elsewhere
          ? `project ${there}`
          : describeProject(clues.packageProject);
    return {
      title: `${dependency.name} ${version} exists already in ${place}`,
      seen: publishSeen(clues) ?? `the registry lists ${version}`,
      location: dependency.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `publish another version than ${version}`,
        steps: [
          elsewhere
            ? `the name is taken there: a scope that is the root group shares its versions with all of its projects. Publish there, or under another name`
            : 'raise the version in package.json before the job publishes',
          ...(several
            ? [
                'commands that publish all packages at once pass over versions that are there: then nothing is to be done',
              ]
            : ['where only some pipelines publish, give --publish only in those']),
        ],
        ...(elsewhere || several ? {} : { command: 'npm version patch --no-git-tag-version' }),
      },
    };
  },
};
