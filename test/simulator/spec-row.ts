import type { RegistryAccess, Role, Visibility } from '../../src/domain/access-state.ts';
import fixture from './spec-rows.json' with { type: 'json' };

/** One row of GitLab's own spec tables: conditions and what is expected. Columns that a row leaves out are `null`. */
export interface SpecRow {
  id: string;
  generation: string;
  endpoint: string;
  prefix: 'project' | 'group' | 'instance';
  auth: string;
  name: string | null;
  forwarding: boolean | null;
  visibility: Visibility | null;
  role: Role | 'anonymous' | 'admin' | null;
  status: number | null;
  facts: Facts;
}

/** The circumstances that only some rows have; see the derive script for the names. */
export interface Facts {
  job?: string;
  jobStatus?: string;
  jobUser?: string;
  condition?: string;
  context?: string;
  path?: string;
  method?: string;
  carrier?: string;
  groupVisibility?: Visibility;
  groupRole?: boolean | string;
  policy?: string;
  allowlist?:
    | string
    | { default_permissions: boolean; job_token_policies: ('read_packages' | 'admin_packages')[] };
  flags?: Record<string, boolean>;
  registry?: RegistryAccess;
  features?: string;
  packageName?: string | null;
  tag?: string;
  version?: string | null;
  secondVisibility?: Visibility;
  projectRole?: Role;
  secondRole?: Role;
  command?: string;
  validToken?: boolean;
  result?: boolean;
  routeTakesJobTokens?: unknown;
  routeTakesDeployTokens?: boolean;
  accessed?: string;
  inbound?: 'on' | 'off';
  outbound?: 'on' | 'off';
  included?: string;
  direction?: string;
  link?: string;
  links?: string[];
  external?: boolean;
  scopesOn?: boolean;
  inboundOn?: boolean;
  enforced?: boolean;
  settings?: { package_registry_allow_anyone_to_pull_option: boolean };
  helper?: string;
  instanceForwards?: boolean;
  groupForwards?: boolean | null;
  absent?: boolean;
  params?: Record<string, unknown>;
  any2xx?: boolean;
  body?: string;
}

/** Every row of the fixture. */
export function specRows(): readonly SpecRow[] {
  const facts = fixture.circumstances.map((text) => JSON.parse(text) as Facts);
  return fixture.rows.map((line) => {
    const [id = '', auth = '', name, forwarding, visibility, role, status, index] = line.split(' ');
    const [generation = '', endpoint = '', prefix] = id.split('.');
    return {
      id,
      generation,
      endpoint,
      prefix: prefix as SpecRow['prefix'],
      auth,
      name: present(name),
      forwarding: present(forwarding) === null ? null : forwarding === 'true',
      visibility: present(visibility) as Visibility | null,
      role: present(role) as SpecRow['role'],
      status: present(status) === null ? null : Number(status),
      facts: facts[Number(index)] ?? {},
    };
  });
}

function present(field: string | undefined): string | null {
  return field === undefined || field === '-' ? null : field;
}
