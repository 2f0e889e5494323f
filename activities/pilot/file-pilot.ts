import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import { nameOf } from '../../src/doctor/pilot/places.ts';
import { notAsked } from '../../src/doctor/pilot/probe.ts';
import { PROBES } from '../../src/doctor/pilot/probes.ts';
import { PilotAnswerSchema, PilotRecordSchema, recordName } from '../../src/doctor/pilot/record.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { instant, text } from '../../src/shapes/primitives.ts';
import { PlaceNameSchema } from './ask-pilot.ts';

export const FiledPilotSchema = z.strictObject({ record: BlobRefSchema });

/** Files what a pilot was answered; of a place whose work broke it says that nobody could be asked. */
export const filePilot = defineActivity(
  'filePilot',
  {
    input: z.strictObject({
      pilotId: text,
      at: instant,
      asked: z.array(z.strictObject({ place: PlaceNameSchema, answers: z.exactOptional(z.array(PilotAnswerSchema)) })),
    }),
    output: FiledPilotSchema,
  },
  async ({ pilotId, at, asked }, { vendors, log }) => {
    const answers = asked.flatMap(({ place, answers: told }) => {
      const name = nameOf(place);
      return told ?? PROBES[place.vendor].map(({ id }) => notAsked(id, name, { kind: 'unexpected' }));
    });
    const record = PilotRecordSchema.parse({ format: 'mcp-offboarding-pilot', version: 1, pilotId, at, answers });
    const { ref } = await vendors.storage.putFirst('evidence', recordName(pilotId), JSON.stringify(record));
    log.info('the pilot is filed', { pilotId, answers: answers.length });
    return { record: ref };
  },
);
