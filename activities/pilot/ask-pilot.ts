import * as z from 'zod';
import type { VendorResult } from '../../src/connectors/result.ts';
import {
  azurePlace,
  devopsPlace,
  directoryPlace,
  githubPlace,
  nameOf,
  type Places,
} from '../../src/doctor/pilot/places.ts';
import { askProbes, notAsked, type ProbeDefinition, reasonOf } from '../../src/doctor/pilot/probe.ts';
import { PROBES } from '../../src/doctor/pilot/probes.ts';
import { PILOT_VENDORS, type PilotAnswer, PilotAnswerSchema } from '../../src/doctor/pilot/record.ts';
import { type ActivityContext, defineActivity } from '../../src/durable/activity.ts';
import { count } from '../../src/shapes/primitives.ts';

export const PlaceNameSchema = z.strictObject({
  vendor: z.enum(PILOT_VENDORS),
  /** Where it stands in the settings, counted from 1. */
  number: count,
});
type PlaceName = z.output<typeof PlaceNameSchema>;

/** A quarter of what an activity may take: not more than three probes wait for one another. */
const SHARE = 4;

/** Asks every probe of one place; nothing is changed there, and none that fails keeps another from being asked. */
export const askPilot = defineActivity(
  'askPilot',
  {
    input: z.strictObject({ place: PlaceNameSchema }),
    output: z.strictObject({ answers: z.array(PilotAnswerSchema) }),
  },
  async ({ place }, context) => {
    const answers = await askPlace(place, context);
    const unasked = answers.filter(({ couldNotAsk }) => couldNotAsk !== undefined).length;
    context.log.info('the pilot asked', { place: nameOf(place), probes: answers.length, unasked });
    return { answers: [...answers] };
  },
);

async function askPlace(
  place: PlaceName,
  { vendors, settings, now }: ActivityContext,
): Promise<readonly PilotAnswer[]> {
  const ms = (settings.ACTIVITY_TIMEOUT_SECONDS * 1_000) / SHARE;
  const name = nameOf(place);
  const at = now();
  switch (place.vendor) {
    case 'entra':
      return askProbes(PROBES.entra, directoryPlace(vendors, settings, at), name, ms);
    case 'azure':
      return askProbes(PROBES.azure, azurePlace(vendors, settings, at), name, ms);
    case 'azure-devops': {
      const organisation = settings.DEVOPS_ORGANISATIONS[place.number - 1];
      if (organisation === undefined) return none(PROBES['azure-devops'], name);
      return askProbes(PROBES['azure-devops'], devopsPlace(vendors, settings, organisation, at), name, ms);
    }
    case 'github': {
      const organisation = settings.GITHUB_ORGANISATIONS[place.number - 1];
      if (organisation === undefined) return none(PROBES.github, name);
      const opened: VendorResult<Places['github']> = await githubPlace(vendors, settings, organisation, at);
      if (opened.ok) return askProbes(PROBES.github, opened.value, name, ms);
      return PROBES.github.map(({ id }) => notAsked(id, name, reasonOf(opened.failure)));
    }
    default:
      return place.vendor satisfies never;
  }
}

/** The settings changed since the run began. */
function none(probes: readonly Pick<ProbeDefinition, 'id'>[], name: string): PilotAnswer[] {
  return probes.map(({ id }) => notAsked(id, name, { kind: 'unexpected' }));
}
