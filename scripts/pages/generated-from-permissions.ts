import { readFileSync } from 'node:fs';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { terraformGrants } from '../../src/permissions/terraform-grants.ts';
import { acceptedSettings } from '../accepted-settings.ts';
import { cliPage } from './cli-page.ts';
import { permissionsPage } from './permissions-page.ts';
import { pilotPage } from './pilot-page.ts';
import { sourcesPage } from './sources-page.ts';
import { tokensPage } from './tokens-page.ts';

/** The files that say what the declarations of sources, formats and commands and the table of permissions say, by path from the project's root. */
export function generatedFromPermissions(): Readonly<Record<string, string>> {
  return {
    'infra/modules/offboarding/permissions.json': `${formatted(terraformGrants(PERMISSIONS))}\n`,
    'infra/modules/offboarding/accepted.json': `${formatted(acceptedSettings())}\n`,
    'docs/permissions.md': permissionsPage(PERMISSIONS),
    'docs/pilot.md': pilotPage(readFileSync(new URL('../../docs/pilot.md', import.meta.url), 'utf8')),
    'docs/sources.md': sourcesPage(),
    'docs/tokens.md': tokensPage(),
    'docs/cli.md': cliPage(),
  };
}

const WIDTH = 120;

/** As the project's formatter writes JSON: a list of texts stands on one line where it fits. */
function formatted(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(
    /^( *)("[^"]*": )\[\n((?: +"[^"]*",?\n)+) *\](,?)$/gm,
    (whole, indent: string, key: string, items: string, comma: string) => {
      const line = `${indent}${key}[${items.trim().replace(/\n +/g, ' ')}]${comma}`;
      return line.length <= WIDTH ? line : whole;
    },
  );
}
