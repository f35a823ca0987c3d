import { describe, expect, it } from 'vitest';
import { actionPhase, withoutActionInputs } from '../../src/action/phase.ts';
import { inputDescriptions } from '../../src/inputs.ts';
import { readMetadata } from '../support/github-runner.ts';

const inputs = Object.fromEntries(
  Object.entries(readMetadata().inputs).map(([name, { default: preset = '' }]) => [
    `INPUT_${name.toUpperCase()}`,
    preset,
  ]),
);
const step = { GITHUB_ACTIONS: 'true', GITHUB_ACTION: '__acme_x' };
const program = '/a/dist/index.js';
const without = (name: string) =>
  Object.fromEntries(Object.entries({ ...step, ...inputs }).filter(([key]) => key !== name));

describe('the phase of an action', () => {
  it('is what action.yml starts: a file for each phase', () => {
    const { main, post } = readMetadata().runs;
    const env = { ...step, ...inputs };
    expect(actionPhase({ program: `/a/${main}`, args: [], env })).toBe('main');
    expect(actionPhase({ program: `/a/${post}`, args: [], env })).toBe('post');
    expect(actionPhase({ program: 'D:\\a\\_actions\\dist\\post.js', args: [], env })).toBe('post');
  });

  it.each([
    ['state that a runner lost', step],
    ['inputs that a runner lost', { GITHUB_ACTIONS: 'true' }],
    ['everything that a runner lost', {}],
  ])('is post without %s', (_, env) => {
    expect(actionPhase({ program: '/a/dist/post.js', args: [], env })).toBe('post');
  });

  it.each([
    ['in a run: step', [], step],
    ['with arguments', ['verify'], { ...step, ...inputs }],
    ['off GitHub', [], { ...inputs, GITHUB_ACTION: 'x' }],
    ['without an action', [], without('GITHUB_ACTION')],
    [
      'where an input has the dashes of shells',
      [],
      {
        ...without('INPUT_FAIL-ON'),
        INPUT_FAIL_ON: 'error',
      },
    ],
    [
      'inside another action with inputs like ours',
      [],
      {
        ...step,
        'INPUT_WORKING-DIRECTORY': '.',
        INPUT_TOKEN: 'x',
        INPUT_TIMEOUT: '5',
        INPUT_RETRIES: '3',
      },
    ],
  ])('is none %s', (_, args, env) => {
    expect(actionPhase({ program, args, env })).toBeNull();
  });

  it('rests on inputs that action.yml always gives', () => {
    const given = inputDescriptions.filter(
      ({ commands, default: preset }) => commands.includes('run') && preset !== '',
    );
    expect(given.length).toBeGreaterThan(8);
    for (const { name } of given) expect(inputs[`INPUT_${name.toUpperCase()}`], name).not.toBe('');
  });

  it('takes the inputs of another action out of the variables', () => {
    expect(withoutActionInputs({ INPUT_TOKEN: 'x', Input_Format: 'y', PATH: 'p' })).toEqual({ PATH: 'p' });
  });
});
