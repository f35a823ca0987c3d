import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/domain/probe.ts';
import {
  type Publishing,
  publishFaults,
  roleOfJobUser,
  roleOfLevel,
  strictestRule,
} from '../../src/domain/publishing.ts';

const open: Publishing = {
  version: '1.1.0',
  project: '512',
  own: true,
  several: false,
  there: null,
  account: { kind: 'job', login: 'alice', role: 'developer' },
  rules: [],
};

function as(role: Publishing['account']['role'], kind: Publishing['account']['kind'] = 'job') {
  return { account: { kind, login: 'alice', role } };
}

function rule(least: 'maintainer' | 'owner' | 'admin', pattern = '@acme/*') {
  return { rules: [{ pattern, least }] };
}

describe('what stands against a push', () => {
  it.each<[string, Partial<Publishing>, object]>([
    ['a Developer', {}, {}],
    ['an Owner', as('owner'), {}],
    ['a Reporter', as('reporter'), { 'publish-role-missing': 'certain' }],
    ['a Guest', as('guest'), { 'publish-role-missing': 'certain' }],
    ['no role, which may be an administrator', as('none'), { 'publish-role-missing': 'possible' }],
    ['a role that is not known', as(null), { 'publish-role-missing': 'possible' }],
    [
      'neither role nor rules known',
      { ...as(null), rules: null },
      { 'publish-role-missing': 'possible', 'package-protected': 'possible' },
    ],
    ['a Developer, rules not known', { rules: null }, {}],
    ['a Developer, a rule for Maintainers', rule('maintainer'), { 'package-protected': 'certain' }],
    ['a Maintainer, a rule for Maintainers', { ...as('maintainer'), ...rule('maintainer') }, {}],
    [
      'a Maintainer, a rule for Owners',
      { ...as('maintainer'), ...rule('owner') },
      { 'package-protected': 'certain' },
    ],
    [
      'an Owner, a rule for administrators, who can not be told',
      { ...as('owner'), ...rule('admin') },
      { 'package-protected': 'possible' },
    ],
    ['a rule for other packages', rule('owner', '@acme/ui-*'), {}],
    [
      'a deploy token and a rule',
      { ...as(null, 'deploy'), ...rule('maintainer') },
      { 'token-scope-missing': 'possible', 'package-protected': 'certain' },
    ],
    [
      'a deploy token and a rule for other packages',
      { ...as(null, 'deploy'), ...rule('maintainer', '@acme/ui-*') },
      { 'token-scope-missing': 'possible' },
    ],
    [
      'a deploy token, rules not known',
      { ...as(null, 'deploy'), rules: null },
      { 'token-scope-missing': 'possible', 'package-protected': 'possible' },
    ],
    [
      "a Maintainer's token that only reads",
      { ...as('maintainer', 'person'), scopes: ['read_api'] },
      { 'token-scope-missing': 'certain' },
    ],
    ["a Maintainer's token for all", { ...as('maintainer', 'person'), scopes: ['api'] }, {}],
    ['the version is there', { there: '512' }, { 'already-published': 'certain' }],
    ['another registry, where only versions can be seen', { project: null, ...as(null), rules: null }, {}],
  ])('%s', (_, facts, expected) => {
    expect(publishFaults('@acme/shop', { ...open, ...facts })).toEqual(expected);
  });
});

describe('protection rules', () => {
  it.each([
    ['@acme/shop', '@acme/shop', true],
    ['@acme/shop*', '@acme/shop', true],
    ['@ACME/*', '@acme/shop', true],
    ['*', '@acme/shop', true],
    ['@acme/*p', '@acme/shop', true],
    ['@acme/s*o*p', '@acme/shop', true],
    ['@acme/sho', '@acme/shop', false],
    ['@acme/shop*p', '@acme/shop', false],
    ['@acme/*x*', '@acme/shop', false],
    ['@acme.shop', '@acme/shop', false],
    ['', '@acme/shop', false],
  ])('%s on %s: %s', (pattern, name, matches) => {
    const found = strictestRule(name, { ...open, rules: [{ pattern, least: 'owner' }] });
    expect(found !== null).toBe(matches);
  });

  it('takes the strictest of those that match', () => {
    const rules = (['maintainer', 'admin', 'owner'] as const).map((least) => ({ pattern: '@acme/*', least }));
    expect(strictestRule('@acme/shop', { ...open, rules })?.least).toBe('admin');
  });

  it('does not hang on a hostile pattern', () => {
    const pattern = `${'*a'.repeat(100)}*b`;
    expect(strictestRule('a'.repeat(214), { ...open, rules: [{ pattern, least: 'owner' }] })).toBeNull();
  });
});

describe('roles', () => {
  it.each([
    [0, 'none'],
    [10, 'guest'],
    [15, 'planner'],
    [25, 'reporter'],
    [30, 'developer'],
    [50, 'owner'],
  ])('level %i is %s', (level, role) => {
    expect(roleOfLevel(level)).toBe(role);
  });

  it.each([
    ['{"user":{"roles_in_project":["guest","reporter","developer"]}}', 'developer'],
    ['{"user":{"roles_in_project":[]}}', 'none'],
    ['{"user":{}}', null],
    ['{"user":null}', null],
    ['[1]', null],
    ['null', null],
    ['no JSON', null],
  ])('of the job user by %s: %s', (text, role) => {
    expect(roleOfJobUser(answered(text))).toBe(role);
  });
});

function answered(text: string): Observation {
  const url = 'https://gitlab.example.com/api/v4/job/allowed_agents';
  return {
    question: {
      probe: 'allowed-agents',
      url,
      authorization: { kind: 'none' },
      accept: '*/*',
      read: { kind: 'text', limit: 1000 },
      redirects: 'same-origin',
    },
    outcome: {
      kind: 'answered',
      status: 200,
      url,
      hops: [],
      headers: {},
      body: { kind: 'text', text, complete: true },
      attempts: 1,
    },
  };
}
