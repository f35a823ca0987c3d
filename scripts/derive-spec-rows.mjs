// Derives test/simulator/spec-rows.json (conditions and expected answers, our own compact form) from the truth file of GitLab's own
// spec rows. Usage: node scripts/derive-spec-rows.mjs [TRUTH.json]; without an argument NPMRC_PREFLIGHT_TRUTH names the folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const truth =
  process.argv[2] ??
  join(process.env.NPMRC_PREFLIGHT_TRUTH ?? join(root, '..', 'shared', 'truth'), 'gitlab-spec-rows.json');

/** Conditions that matter for the answer, by their column in the truth file. */
const kept = {
  job_project: 'job',
  job_status: 'jobStatus',
  job_user: 'jobUser',
  condition: 'condition',
  spec_context: 'context',
  path: 'path',
  method: 'method',
  token_carrier: 'carrier',
  group_visibility: 'groupVisibility',
  role_also_on_group: 'groupRole',
  required_policy: 'policy',
  allowlist: 'allowlist',
  feature_flags: 'flags',
  package_registry_access_level: 'registry',
  project_features: 'features',
  package_name: 'packageName',
  tag_name: 'tag',
  version: 'version',
  second_project_visibility: 'secondVisibility',
  project_role: 'projectRole',
  second_project_role: 'secondRole',
  npm_command: 'command',
  valid_token: 'validToken',
  expected_result: 'result',
  route_job_token_allowed: 'routeTakesJobTokens',
  route_deploy_token_allowed: 'routeTakesDeployTokens',
  accessed_project: 'accessed',
  accessed_project_inbound_scope: 'inbound',
  job_project_outbound_scope: 'outbound',
  included_project: 'included',
  direction: 'direction',
  link: 'link',
  links_present: 'links',
  external_user: 'external',
  token_scope_enabled_both_sides_and_directions: 'scopesOn',
  accessed_project_inbound_scope_enabled: 'inboundOn',
  instance_enforces_inbound_scope: 'enforced',
  application_settings: 'settings',
  helper: 'helper',
  application_setting: 'instanceForwards',
  group_setting: 'groupForwards',
  forward_to_registry: 'absent',
  params: 'params',
};

/** What a row says of the body, as a word of ours. The first pattern that fits counts. */
const bodies = [
  [/Insufficient permissions.*read_packages/, 'lacks-read-packages'],
  [/Insufficient permissions.*admin_packages/, 'lacks-admin-packages'],
  [/^message == '403 Forbidden'$/, 'forbidden'],
  [/^JSON has a non-empty 'error' key$/, 'error-key'],
  [/name equals the package name/, 'packument'],
  [/^Location:/, 'location'],
  [/^empty body/, 'empty'],
  [/created tags/, 'tags'],
  [/body \[\]$/, 'empty-list'],
  [/^both packages$/, 'both-packages'],
  [/^application\/octet-stream$/, 'tarball'],
  [/^error matches '(.*)'$/, 'error:'],
  [/^error == '(.*)'$/, 'error:'],
  [/^error is '(.*)' or '(.*)'$/, 'error-one-of:'],
  [/^versions from both projects$/, 'versions:both'],
  [/^only the versions of the second/, 'versions:second'],
  [/^only the second project's versions$/, 'versions:second'],
  [/^only the first project's versions$/, 'versions:first'],
  [/should be a valid file path/, 'error:package_name should be a valid file path'],
  [/^body == .*versions to deprecate/, 'error:"package versions to deprecate" not given'],
  [/^inbound_enabled true/, 'scope-defaults'],
  [/^permission (\w+)$/, 'permission:'],
  [/^(Unauthorized error)/, 'unauthorized'],
  [/^nil \(request stays anonymous\)/, 'anonymous'],
];

function bodyOf(note) {
  if (note === null) return undefined;
  for (const [pattern, word] of bodies) {
    const match = pattern.exec(note);
    if (match) return word.endsWith(':') ? word + match.slice(1).join('|').replace(/ <.*/, '') : word;
  }
  return undefined;
}

const texts = ['condition', 'spec_context'];
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

function circumstances(row) {
  const facts = {};
  for (const [from, to] of Object.entries(kept)) {
    if (from in row.extra) facts[to] = texts.includes(from) ? slug(row.extra[from]) : row.extra[from];
  }
  if (row.extra.status_assertion === 'class_2xx') facts.any2xx = true;
  const body = bodyOf(row.expected_body_note);
  return body === undefined ? facts : { ...facts, body };
}

const rows = JSON.parse(readFileSync(truth, 'utf8')).filter((row) => !row.extra.superseded_by_C);
const shared = [];
const places = new Map();
const lines = rows.map((row) => {
  const facts = JSON.stringify(circumstances(row));
  if (!places.has(facts)) {
    places.set(facts, shared.length);
    shared.push(JSON.parse(facts));
  }
  const fields = [
    row.id,
    row.auth,
    row.package_name_type,
    row.request_forward,
    row.visibility,
    row.user_role,
  ];
  return [...fields, row.expected_status, places.get(facts)].map((field) => field ?? '-').join(' ');
});
const columns =
  'id (generation.endpoint.prefix.number), auth, name, forwarding, visibility, role, status, circumstances';
const target = join(root, 'test', 'simulator', 'spec-rows.json');
const text = [
  '{',
  `  "columns": ${JSON.stringify(columns)},`,
  '  "circumstances": [',
  shared.map((one) => `    ${JSON.stringify(JSON.stringify(one))}`).join(',\n'),
  '  ],',
  '  "rows": [',
  lines.map((line) => `    ${JSON.stringify(line)}`).join(',\n'),
  '  ]',
  '}',
  '',
].join('\n');
writeFileSync(target, text);
process.stdout.write(`${lines.length} rows, ${shared.length} circumstances, ${text.length} bytes\n`);
