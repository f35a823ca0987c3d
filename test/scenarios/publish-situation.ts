import { situation, url } from './situation.ts';
import type { TestWorld } from './test-world.ts';

/** The registry of a project of that GitLab, by number or encoded path. */
export function projectRegistry(project: number | string): string {
  return `${url}/api/v4/projects/${project}/packages/npm/`;
}

type Parts = Parameters<typeof situation>[0] & {
  /** Parts of the package.json of the package that is published; by default `@acme/shop-kit` 1.1.0 goes to acme/shop (512). */
  manifest?: Readonly<Record<string, unknown>>;
};

/** A world around a job of acme/shop that publishes a package of its own and needs none. */
export function publishSituation({ manifest = {}, ...parts }: Parts): TestWorld {
  const written = {
    name: '@acme/shop-kit',
    version: '1.1.0',
    publishConfig: { '@acme:registry': projectRegistry(512) },
    ...manifest,
  };
  return situation({
    dependencies: {},
    npmrc: '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}\n',
    ...parts,
    inputs: { publish: 'true', ...parts.inputs },
    files: { 'package.json': `${JSON.stringify(written, null, 2)}\n`, ...parts.files },
  });
}
