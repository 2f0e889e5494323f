import { writeFileSync } from 'node:fs';
import { PERMISSIONS } from '../src/domain/permissions/permissions.ts';
import { terraformGrants } from '../src/domain/permissions/terraform-grants.ts';

/** Writes what is generated from the table of permissions; a test compares the files with it. */
const grants = terraformGrants(PERMISSIONS);
writeFileSync(
  new URL('../infra/modules/offboarding/permissions.json', import.meta.url),
  `${JSON.stringify(grants, undefined, 2)}\n`,
);
