import * as z from 'zod';
import { CaseIdSchema } from '../../../cases/ids.ts';
import { instant, lasting, sentence } from '../../../cases/words/wording.ts';
import { failed, ok } from '../../../connectors/result.ts';
import { OidSchema } from '../../../people/oid.ts';
import { WRITE_DENY_LIST } from '../../containment/sources.ts';
import { defineRemedy } from '../../define-remedy.ts';
import { TRUST_LINGERS_MINUTES } from '../rules/trust-lingers.ts';

/**
 * Has the gateway refuse a pipeline identity for as long as tokens live that were had by a trust that is cut. It refuses
 * everything else that acts as this identity as well. The denial ends by itself, on record.
 */
export const denyIdentity = defineRemedy({
  kind: 'deny-identity',
  system: 'denied-identities',
  call: z.strictObject({
    kind: z.literal('deny-identity'),
    caseId: CaseIdSchema,
    /** Of the identity's service principal, as it stands in its tokens. */
    oid: OidSchema,
    name: z.string(),
    /** For how long, from the act on. */
    minutes: z.int().positive(),
    /** An object id is never given to another identity, so there is nothing else that could have changed. */
    expected: z.strictObject({ oid: OidSchema }),
  }),
  risk: 'by-target',
  words: {
    noun: ['pipeline identity', 'pipeline identities'],
    done: 'denied at the gateway',
    ability: 'put pipeline identities on the gateway’s deny list',
    before: ({ name, minutes }, _names: undefined) =>
      `Have the gateway refuse ${name} for ${lasting(minutes)}, until its tokens have ended.`,
    impact: 'Everything that calls MCP servers as this identity is refused until the denial ends.',
  },
  permissions: WRITE_DENY_LIST,
  // The list lies in two named values by default: both before, both and the one that is written, and both after.
  leastCalls: ({ length }) => [{ vendor: 'arm', calls: 8 * length }],
  ends: 'token',
  stops: 'nothing-read',
  livesOn: 'nothing',
  async read({ gateway, storage, denied }, { oid, caseId, name, minutes }) {
    const row = await storage.getDenied(oid);
    // Its tokens have ended, as they were to.
    const released = row?.state === 'released' && row.caseId === caseId ? row.released : undefined;
    if (released?.by === 'expiry') return ok({ state: 'gone' });
    if (released !== undefined) {
      const reopened = `The denial was released by ${released.by} at ${instant(released.at)}: ${sentence(released.why)} The gateway accepts tokens of ${name} that were issued before, until they end.`;
      return ok({ state: 'present', image: { oid, name }, now: { oid }, reopened });
    }
    const listed = await gateway.isDenied(oid);
    if (!listed.ok) return failed(listed.failure);
    // Of another case's denial the end counts: it may be over before the tokens are that were had by this one's trust. By as
    // much as a trust lingers it may fall short, because that case may have denied the identity anew since this one did.
    const holds =
      row?.state === 'denied' && (row.caseId === caseId || denied.lasts(row, minutes - TRUST_LINGERS_MINUTES));
    return ok(holds && listed.value ? { state: 'gone' } : { state: 'present', image: { oid, name }, now: { oid } });
  },
  async act({ denied }, { oid, caseId, name, minutes }) {
    const result = await denied.denyIdentity({ oid, caseId, minutes, why: `A leaver could sign in as ${name}.` });
    if (result.kind === 'late') return ok({ effect: 'done' });
    const { projected } = result;
    if (!projected.ok) return projected;
    if (projected.value.holds.has(oid)) return ok({ effect: 'done' }, projected.requestId);
    return failed({ kind: 'refused', status: 400, message: 'The gateway’s deny list has no room for the identity.' });
  },
  restore: {
    by: 'app',
    undo: 'it releases the denial, which ends by itself otherwise.',
    async look({ storage }, { oid, caseId }) {
      const row = await storage.getDenied(oid);
      if (row?.state !== 'denied') return ok({ is: 'back' });
      if (row.caseId === caseId) return ok({ is: 'free' });
      return ok({ is: 'other', why: `Something else denies it by now: ${sentence(row.why)}` });
    },
    async give({ denied }, { oid, caseId }) {
      const { projected } = await denied.releaseNow({ oid, caseId, by: 'undo', why: 'The denial was undone.' });
      return projected ?? ok(undefined);
    },
  },
});
