import type { Finding } from '../../../cases/finding.ts';
import type { Impact } from '../../../cases/remedy.ts';
import type { ReadOfCase } from '../../define-remedy.ts';
import { blankVariable } from '../remedies/blank-variable.ts';
import { deleteVariable } from '../remedies/delete-variable.ts';
import { behindDevOpsPlace } from './azure-devops/what-stops.ts';
import { stopsWithoutVariable } from './github/what-stops.ts';

/** What runs with a credential from where it stands: workflows behind a variable, pipelines behind an agent or a group. */
export function behindCredential(credential: Finding, { findings, uses }: ReadOfCase): Impact[] {
  return findings
    .filter(({ restsOn }) => restsOn?.proved === true && restsOn.credentials.includes(credential.id))
    .flatMap((place) => {
      const call = [deleteVariable, blankVariable].flatMap(
        ({ call }) => call.safeParse(place.remedy?.call).data ?? [],
      )[0];
      const workflows = call === undefined ? [] : stopsWithoutVariable(call.scope, call.name, uses);
      return [...workflows, ...behindDevOpsPlace(place, uses)];
    });
}
