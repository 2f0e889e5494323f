import { existsSync } from 'node:fs';
import { findOnPath } from './find-on-path.ts';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that is installed, or undefined: no test downloads one. CHROMIUM_PATH names the only one to look for. */
export function findBrowser(environment: NodeJS.ProcessEnv): string | undefined {
  const installed = [...PROGRAMS.map((program) => findOnPath(program, environment)), ...APPLICATIONS];
  const paths = environment.CHROMIUM_PATH === undefined ? installed : [environment.CHROMIUM_PATH];
  return paths.find((path) => path !== undefined && existsSync(path));
}
