import * as z from 'zod';
import { casePolicy } from '../../config/config-cases.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { placesOf } from '../../doctor/pilot/places.ts';
import { PILOTS, type PilotRecord, PilotRecordSchema, pilotIdOf, recordName } from '../../doctor/pilot/record.ts';
import { instant, text } from '../../shapes/primitives.ts';
import { Decision } from '../decision.ts';
import { problem } from '../problems/problem.ts';
import { defineRoute, type Tools } from '../route.ts';

/** What the durable engine calls a run that goes on. */
const GOING_ON = ['Pending', 'Running', 'ContinuedAsNew', 'Suspended'];
/** Where it stands that a run was asked for. */
const ASKED = `${PILOTS}/asked`;
const Asked = z.object({ pilotId: text, at: instant });
type Asked = z.output<typeof Asked>;

const PilotView = z
  .object({
    pilotId: text,
    at: instant,
    state: z.enum(['running', 'filed', 'failed']),
    record: z.exactOptional(PilotRecordSchema),
  })
  .meta({ id: 'Pilot' });

export const startPilot = defineRoute({
  id: 'startPilot',
  method: 'POST',
  path: '/api/pilot',
  summary: 'Asks every vendor what documents leave open, changes nothing, and files what they answered without names',
  tag: 'Operation',
  access: { kind: 'decide', right: 'administer' },
  body: Decision,
  answers: { 202: z.object({ pilotId: text, at: instant, state: z.literal('running') }) },
  async handle({ caller, body: { reason } }, tools) {
    const { vendors, settings, log, now } = tools;
    const latest = await latestPilot(vendors);
    if (latest !== undefined && (await stateOf(tools, latest)).state === 'running') {
      return { status: 202, value: { ...latest, state: 'running' as const } };
    }
    const at = now();
    const pilotId = pilotIdOf(at);
    const marked = { pilotId, at: at.toISOString() };
    const { text: first } = await vendors.storage.putFirst('work', `${ASKED}/${pilotId}.json`, JSON.stringify(marked));
    const asked = Asked.parse(JSON.parse(first));
    await tools.startPilot(pilotId, { at: asked.at, places: placesOf(settings), policy: casePolicy(settings) });
    log.info('a pilot was asked for', { pilotId, caller: caller.oid, reason });
    return { status: 202, value: { ...asked, state: 'running' as const } };
  },
});

export const getPilot = defineRoute({
  id: 'getPilot',
  method: 'GET',
  path: '/api/pilot',
  summary: 'The last pilot: whether it goes on, and its record once it is filed',
  tag: 'Operation',
  access: { kind: 'read', right: 'administer' },
  answers: { 200: PilotView },
  problems: ['not-found'],
  async handle(_asked, tools) {
    const latest = await latestPilot(tools.vendors);
    if (latest === undefined) return problem('not-found', { detail: 'Nobody asked for a pilot yet: POST /api/pilot.' });
    return { status: 200, value: { ...latest, ...(await stateOf(tools, latest)) } };
  },
});

/** More than anybody asks for. */
const MOST = 10_000;

/** The run that was asked for last; the names are in the order of time. */
async function latestPilot({ storage }: Pick<Vendors, 'storage'>): Promise<Asked | undefined> {
  const name = (await storage.listNames('work', `${ASKED}/`, MOST)).at(-1);
  const filed = name === undefined ? undefined : await storage.getText('work', name);
  return filed === undefined ? undefined : Asked.parse(JSON.parse(filed));
}

async function stateOf(
  { vendors, readRun }: Pick<Tools, 'vendors' | 'readRun'>,
  { pilotId }: Asked,
): Promise<{ readonly state: 'running' | 'failed' } | { readonly state: 'filed'; readonly record: PilotRecord }> {
  // First: a run that ends between the two questions has filed its record by the second.
  const run = await readRun(pilotId);
  const filed = await vendors.storage.getText('evidence', recordName(pilotId));
  if (filed !== undefined) return { state: 'filed', record: PilotRecordSchema.parse(JSON.parse(filed)) };
  return { state: run !== undefined && GOING_ON.includes(run.runtimeStatus) ? 'running' : 'failed' };
}
