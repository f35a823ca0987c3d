/** What the demonstration needs beside the program: its scenarios and the servers they play on. The GitLab template goes without it. */
export { startGitHub } from '../simulator/github/start-github.ts';
export { startGitLab } from '../simulator/start-gitlab.ts';
export { scenarios } from './scenarios.ts';
