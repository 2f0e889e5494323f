import type { TokenType } from '../src/credentials/detector/token-hit.ts';
import { type Found, scanVariable } from './look/scan.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the vendor gives each job for itself, and takes back with it. Left out where the variable holds what it ought to:
 * a personal token under one of these names is a finding like any other.
 */
const OF_THE_JOB: Readonly<Record<string, TokenType>> = {
  GITHUB_TOKEN: 'github-installation',
  ACTIONS_RUNTIME_TOKEN: 'jwt',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'jwt',
  SYSTEM_ACCESSTOKEN: 'jwt',
};
/** Of one value; Linux allows no more than half of it. */
const MOST_CHARACTERS = 256 * 1_024;

/** The tokens that stand in the environment which every step of the job gets. */
export function tokensOfEnvironment(env: Environment): readonly Found[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    scanVariable(name, value.slice(0, MOST_CHARACTERS)).filter(
      ({ hit }) => OF_THE_JOB[name.toUpperCase()] !== hit.type,
    ),
  );
}
