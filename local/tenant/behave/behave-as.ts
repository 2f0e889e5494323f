import type { PilotRecord } from '../../../src/doctor/pilot/record.ts';
import type { CaseStudy } from '../case-study.ts';
import { AZURE_SETTINGS } from './azure.ts';
import { DEVOPS_SETTINGS } from './azure-devops.ts';
import { ENTRA_SETTINGS } from './entra.ts';
import { GITHUB_SETTINGS } from './github.ts';
import { GITHUB_SIGN_ON_SETTINGS } from './github-sign-on.ts';
import { type Scene, type Settings, sceneOf } from './scene.ts';

/** What the tenant can be made to do, by the probe that asks for it and by each of its answers. */
export const BEHAVIOUR: Settings = {
  ...ENTRA_SETTINGS,
  ...GITHUB_SIGN_ON_SETTINGS,
  ...GITHUB_SETTINGS,
  ...DEVOPS_SETTINGS,
  ...AZURE_SETTINGS,
};

/** Probes whose answer follows from others, so that nothing is to be set. */
export const FOLLOWS: Readonly<Record<string, string>> = {
  'github-unproved-members': 'It follows from the object ids, the tenant and the members.',
  'github-scim-pages': 'It is the documented shape, which the tenant always answers with.',
};

/** What of a record the tenant could not be set to. */
export interface NotSet {
  readonly probe: string;
  readonly place: string;
  readonly answer: string;
}

/**
 * Makes a tenant answer as a record says a real one did. The tenant has one organisation of each vendor: the first place
 * of the record is it. What was not answered leaves the tenant as it is.
 */
export function behaveAs(study: Pick<CaseStudy, 'states' | 'tenant'>, record: PilotRecord): readonly NotSet[] {
  const scene = sceneOf(study, study.tenant.faults);
  return record.answers.flatMap(({ probe, place, answer }) => {
    if (/-(?!1$)\d+$/.test(place) || !behave(scene, probe, answer)) return [{ probe, place, answer }];
    return [];
  });
}

/** Sets one answer; false where the tenant has no setting for it. */
export function behave(scene: Scene, probe: string, answer: string): boolean {
  const set = BEHAVIOUR[probe]?.[answer];
  set?.(scene);
  return set !== undefined;
}
