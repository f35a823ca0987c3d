import { GitLabBuilder } from './gitlab.ts';
import type { AllowlistEntry, GitLabModel, ProjectModel } from './model.ts';

/** The one place where the simulator's model changes. Models themselves never do. */
export class Store {
  #model: GitLabBuilder;

  constructor(model: GitLabModel) {
    this.#model = new GitLabBuilder(model);
  }

  get model(): GitLabBuilder {
    return this.#model;
  }

  /** Replaces the model by what `next` makes of it, for demos that mend something while the server runs. */
  change(next: (model: GitLabBuilder) => GitLabModel): void {
    this.#model = new GitLabBuilder(next(this.#model));
  }

  setTag(project: string, name: string, tag: string, version: string): void {
    this.removeTag(project, name, tag);
    this.change((model) => ({ ...model, tags: [...model.tags, { project, name, tag, version }] }));
  }

  /** Takes a tag away; whether there was one. */
  removeTag(project: string, name: string, tag: string): boolean {
    const tags = this.#model.tags.filter(
      (one) => one.project !== project || one.name !== name || one.tag !== tag,
    );
    const found = tags.length < this.#model.tags.length;
    this.change((model) => ({ ...model, tags }));
    return found;
  }

  /** Sets or clears (`null`) the deprecation text of one version. */
  deprecate(project: string, name: string, version: string, text: string | null): void {
    this.change((model) => ({
      ...model,
      packages: model.packages.map((one) =>
        one.project === project && one.name === name && one.version === version
          ? { ...one, deprecated: text }
          : one,
      ),
    }));
  }

  removePackage(id: number): void {
    this.change((model) => {
      const gone = model.packages.find((one) => one.id === id);
      const tags = model.tags.filter(
        (one) => one.project !== gone?.project || one.name !== gone.name || one.version !== gone.version,
      );
      return { ...model, tags, packages: model.packages.filter((one) => one.id !== id) };
    });
  }

  setAllowlist(project: ProjectModel, enabled: boolean): void {
    this.#changeProject(project, { ...project, allowlist: { ...project.allowlist, enabled } });
  }

  setEntries(project: ProjectModel, entries: readonly AllowlistEntry[]): void {
    this.#changeProject(project, { ...project, allowlist: { ...project.allowlist, entries } });
  }

  #changeProject(old: ProjectModel, fresh: ProjectModel): void {
    this.change((model) => ({
      ...model,
      projects: model.projects.map((one) => (one.id === old.id ? fresh : one)),
    }));
  }
}
