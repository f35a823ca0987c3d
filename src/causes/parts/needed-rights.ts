import type { Clues } from '../../domain/cause.ts';

/** What whoever installs, or publishes, a package needs, in the words of remedies (GitHub notes, section A1; GitLab docs: deploy tokens, personal token scopes). */
export interface NeededRights {
  verb: 'read' | 'publish';
  /** The permission of a workflow's token. */
  permission: 'packages: read' | 'packages: write';
  /** The permissions of a job that checks its repository out too, in words. */
  permissions: string;
  /** The scope of a classic token of GitHub. */
  scope: 'read:packages' | 'write:packages';
  /** The role in a package of GitHub. */
  role: 'Read' | 'Write';
  /** The scopes of tokens of GitLab, by their kind. */
  gitlab: { deploy: string; personal: string };
  /** What the step does that has to have the token. */
  does: 'installs' | 'publishes';
}

/** What installing needs. */
export const toInstall: NeededRights = {
  verb: 'read',
  permission: 'packages: read',
  permissions: 'contents: read and packages: read in the permissions of the job',
  scope: 'read:packages',
  role: 'Read',
  gitlab: { deploy: 'read_package_registry', personal: 'read_api' },
  does: 'installs',
};

const toPublish: NeededRights = {
  verb: 'publish',
  permission: 'packages: write',
  permissions: 'contents: read and packages: write in the permissions of the job',
  scope: 'write:packages',
  role: 'Write',
  gitlab: { deploy: 'write_package_registry', personal: 'api' },
  does: 'publishes',
};

/** What a case needs: its package is installed, or published. */
export function neededRights({ case: { publishing } }: Pick<Clues, 'case'>): NeededRights {
  return publishing ? toPublish : toInstall;
}
