/** What the demonstration needs beside the program: its scenarios and the server they play on. Built as `dist/demo.js`. */
export { startGitLab } from '../simulator/start-gitlab.ts';
export { scenarios } from './scenarios.ts';
