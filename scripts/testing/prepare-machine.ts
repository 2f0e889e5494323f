import { spawnSync } from 'node:child_process';
import { type DebianPackage, installCommand, missingPackages } from '../../test/support/machine/debian-packages.ts';
import { findOnPath } from '../../test/support/machine/find-on-path.ts';
import { faultOfTerraform } from '../../test/support/machine/terraform-version.ts';

/** The machine that tests are about to run on. */
export interface Machine {
  readonly environment: NodeJS.ProcessEnv;
  /** Only root may install Debian's packages; nobody is asked for a password. */
  readonly isRoot: boolean;
}

/**
 * Sees to it that the tests find what they need outside of node_modules, and installs it where that is allowed.
 * Gives the reason why they cannot run, with what to type, or undefined.
 */
export function prepareMachine(machine: Machine, print: (line: string) => void): string | undefined {
  return faultOfTerraform(machine.environment) ?? faultOfPackages(machine, print);
}

function faultOfPackages({ environment, isRoot }: Machine, print: (line: string) => void): string | undefined {
  const missing = missingPackages(environment);
  if (missing.length === 0) return undefined;
  const hasApt = findOnPath('apt-get', environment) !== undefined;
  if (!hasApt)
    return `The tests need what this machine lacks:\n${listOf(missing)}\nOn Debian: ${installCommand(missing)}`;
  if (!isRoot) return `The tests need what this machine lacks:\n${listOf(missing)}\nType: ${installCommand(missing)}`;

  const names = missing.map(({ name }) => name);
  print(`Installing what the tests need of Debian: ${names.join(' ')}`);
  const fault =
    faultOfApt(environment, ['update', '-qq']) ??
    faultOfApt(environment, ['install', '-y', '-qq', '--no-install-recommends', ...names]);
  if (fault !== undefined) return fault;
  const still = missingPackages(environment);
  return still.length === 0 ? undefined : `apt-get succeeded, and still this is not found:\n${listOf(still)}`;
}

/** Runs apt-get without questions. Its output matters only when it failed. */
function faultOfApt(environment: NodeJS.ProcessEnv, args: readonly string[]): string | undefined {
  const { error, status, stdout, stderr } = spawnSync('apt-get', args, {
    env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return undefined;
  return `apt-get ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}\n${stdout ?? ''}${stderr ?? ''}`;
}

function listOf(packages: readonly DebianPackage[]): string {
  return packages.map(({ what, name }) => `  ${what}: Debian's ${name}`).join('\n');
}
