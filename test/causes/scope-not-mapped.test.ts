import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation } from '../scenarios/situation.ts';

function unmapped(name: ClientName, version: string, npmrc = '') {
  return situation({
    name: 'unmapped',
    story: 'nothing maps the scope',
    gitlab: friends(),
    client: { name, version },
    npmrc,
    ...(name === 'yarn-berry' ? { files: { '.yarnrc.yml': 'enableTelemetry: false\n' } } : {}),
    expected: { verdict: 'fail', exitCode: 1, findings: [] },
  });
}

describe('a scope that nothing maps, and a registry without a key', () => {
  it.each<[ClientName, string]>([
    ['npm', '10.9.9'],
    ['pnpm', '10.34.9'],
    ['yarn', '1.22.22'],
    ['yarn-berry', '4.9.4'],
    ['bun', '1.4.5'],
  ])('get both lines for %s, after which the package installs', async (name, version) => {
    const world = unmapped(name, version);
    const { report } = await play(world);
    expect(report.findings.map(findingLine)).toEqual(['NP101 confirmed: @acme/ui@^1.0.0']);
    const [finding] = report.findings;
    const mended = finding && applyRemedy(world, finding);
    expect(mended && (await play(mended)).report.verdict).toBe('pass');
  });
});

it('a key that is there already is not brought once more', async () => {
  const { report } = await play(unmapped('npm', '10.9.9', rc.key));
  expect(report.findings[0]?.remedy.edit?.after).toBe(rc.instance.trim());
});
