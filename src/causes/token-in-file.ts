import { type Cause, type RunFacts, ruledOut } from '../domain/cause.ts';
import { changeLine, referenceLine, writtenLine } from './parts/add-line.ts';

/** A literal token stands in a file of the checkout: whoever reads the repository has it. */
export const tokenInFile: Cause = {
  code: 'NP115',
  slug: 'token-in-file',
  title: 'a literal token stands in a file of the checkout',
  severity: 'warning',
  needs: [],
  example: 'token-in-file',
  weigh: () => ruledOut,
  state() {
    throw new Error('this cause only stands on the configuration');
  },
  inspect(run) {
    return run.client.problems.flatMap((problem) => {
      if (problem.kind !== 'literal-token' || problem.setting.source.kind !== 'file') return [];
      const { setting } = problem;
      const own = isForOwnServer(run, setting.key);
      const variable = own ? run.environment.credential.variable : 'NPM_TOKEN';
      const file = problem.setting.source.path;
      return [
        {
          severity: 'warning' as const,
          packages: [],
          statement: {
            title: `${file} holds a literal token`,
            seen: writtenLine(setting.source, setting.key, setting.written),
            location: setting.source,
            remedy: {
              who: 'the owner of the token',
              summary: `revoke the token and refer to a variable`,
              steps: [
                'revoke it first: it stays in the history of the repository',
                own
                  ? `then refer to a variable of the job; \${${variable}} is there already`
                  : `make a new one, keep it as a secret of the CI under a name like ${variable}, and refer to that: the job's own token is for another server`,
              ],
              edit: changeLine(
                run,
                setting.source,
                writtenLine(setting.source, setting.key, setting.written),
                referenceLine(setting.source, setting.key, variable),
              ),
            },
          },
        },
      ];
    });
  },
};

/** Whether the CI's own token belongs to the server of a key. Where either is not known, the key is taken for one of its own. */
function isForOwnServer({ environment: { apiUrl, github } }: RunFacts, key: string): boolean {
  const host = /\/\/([^/\s:]+(?::\d+)?)/.exec(key)?.[1];
  const own = [...(apiUrl === null ? [] : [apiUrl]), ...(github?.registries ?? [])];
  return (
    host === undefined || own.length === 0 || own.some((url) => new URL(url).host === host.toLowerCase())
  );
}
