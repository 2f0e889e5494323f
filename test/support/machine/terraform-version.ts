import { spawnSync } from 'node:child_process';

/** Mock providers with overrides during a plan came with it. */
const OLDEST = { major: 1, minor: 11 };
const INSTALL = 'Install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install';

/** What to tell somebody who has no Terraform. */
export const TERRAFORM_MISSING = `terraform is not on the PATH, so the infrastructure cannot be checked. ${INSTALL}`;

/** Why this machine's Terraform cannot run the tests, or undefined. */
export function faultOfTerraform(environment: NodeJS.ProcessEnv): string | undefined {
  const { error, stdout, stderr } = spawnSync('terraform', ['version', '-json'], {
    env: { ...environment, CHECKPOINT_DISABLE: '1' },
    encoding: 'utf8',
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return TERRAFORM_MISSING;
  const [, version, major, minor] = /"terraform_version":\s*"((\d+)\.(\d+)[^"]*)"/.exec(stdout ?? '') ?? [];
  if (version === undefined) return `terraform version failed: ${error?.message ?? stderr.trim()}. ${INSTALL}`;
  const isOld = Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor);
  return isOld ? `Terraform ${version} is too old. ${INSTALL}` : undefined;
}
