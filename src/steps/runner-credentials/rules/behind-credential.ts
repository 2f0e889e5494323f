import type { Finding } from '../../../cases/finding.ts';
import type { Impact } from '../../../cases/remedies/remedy.ts';
import type { Use } from '../../../cases/remedies/use.ts';
import type { ReadOfCase } from '../../define-remedy.ts';
import { blankVariable } from '../remedies/github/blank-variable.ts';
import { deleteVariable } from '../remedies/github/delete-variable.ts';
import { behindDevOpsPlace } from './azure-devops/what-stops.ts';
import { stopsWithoutVariable } from './github/workflows/what-stops.ts';

/** What runs with a credential from where it stands: workflows behind a variable, pipelines behind an agent or a group. */
export function behindCredential(credential: Finding, { findings, uses }: ReadOfCase): Impact[] {
  return findings
    .filter(({ restsOn }) => restsOn?.proved === true && restsOn.credentials.includes(credential.id))
    .flatMap((place) => behindPlace(place, uses));
}

/**
 * Where one of the leaver's tokens of some kind may stand, and what runs with it from there. Nothing tells which of them it
 * is, or that it is one of them: its issuer keeps no part of a token that could be compared. So each only may stop.
 */
export function whereItMayStand(isIt: (place: Finding) => boolean, { findings, uses }: ReadOfCase): Impact[] {
  const places = findings.filter(({ evidence }) => evidence.owner === 'leaver' || evidence.owner === 'likely');
  return places.filter(isIt).flatMap((place): Impact[] => {
    const { resource, id } = place;
    const what = `${resource.id}, if it is this token that stands there (not known which)`;
    const link = resource.url === undefined ? {} : { link: resource.url };
    const stops: Impact[] = [{ what, finding: id, ...link }, ...behindPlace(place, uses)];
    return stops.map((each) => ({ ...each, perhaps: true }));
  });
}

function behindPlace(place: Finding, uses: readonly Use[]): Impact[] {
  const call = [deleteVariable, blankVariable].flatMap(({ call }) => call.safeParse(place.remedy?.call).data ?? [])[0];
  const workflows = call === undefined ? [] : stopsWithoutVariable(call.scope, call.name, uses);
  return [...workflows, ...behindDevOpsPlace(place, uses)];
}
