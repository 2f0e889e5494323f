import type { Fault, FaultEffect } from '../../../local/tenant/core/faults.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type Coverage, isGap } from '../../../src/cases/coverage/coverage.ts';
import type { Report } from '../../../src/report/report.ts';
import { type FastStack, filedReport, startFastStack } from './fast-stack.ts';
import { forgetPeople } from './forget-people.ts';
import { rewinder } from './rewind.ts';

/** A vendor's code may be told on; what else its error says may be anything, and stays out of the report. */
export const WORDS = 'The words of a vendor';

/** What a vendor can answer instead of its answer. */
export const FAULTS: Readonly<Record<string, FaultEffect>> = {
  '403 Forbidden': json(403),
  '404 Not Found, as without permission': json(404),
  '429 with Retry-After': json(429, { 'retry-after': '1' }),
  '429 without Retry-After': json(429),
  '500 Internal Server Error': json(500),
  '502 with a page of HTML': {
    kind: 'answer',
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><title>${WORDS}</title>`,
  },
  'a reset connection': { kind: 'reset' },
  'a body that breaks off': { kind: 'truncate' },
};

function json(status: number, headers: Readonly<Record<string, string>> = {}): FaultEffect {
  const body = `{"error":{"code":"TroubleCode","message":"${WORDS}"},"message":"${WORDS}"}`;
  return { kind: 'answer', status, headers: { 'content-type': 'application/json', ...headers }, body };
}

export interface FaultStack extends FastStack {
  /**
   * Deletes the leaver of the untouched tenant once more, with these faults, and returns the report. Intake reads the
   * directory before there is a case, so Graph's faults begin when the case has begun. `fromCut` faults begin with
   * the first removal of anything.
   */
  caseUnder(faults: readonly (Fault & { readonly fromCut?: true })[]): Promise<Report>;
}

export async function startFaultStack(): Promise<FaultStack> {
  const stack = await startFastStack();
  const { tenant, administrator } = stack;
  const { oid } = WORLD.leaver;
  const rewind = rewinder(stack);
  let cases = 0;
  return {
    ...stack,
    caseUnder: async (faults) => {
      rewind();
      await forgetPeople(stack);
      if (cases > 0) await administrator.restoreUser(oid);
      await tenant.core.events.idle();
      cases += 1;
      const begun = faults.filter(({ vendor, fromCut }) => vendor === 'graph' && fromCut === undefined);
      const cut = faults.filter(({ fromCut }) => fromCut);
      for (const fault of faults) if (!begun.includes(fault) && !cut.includes(fault)) tenant.faults.add(fault);
      const unwatch = tenant.server.onCall(({ vendor, method, path }) => {
        if (vendor === 'arm') for (const fault of begun.splice(0)) tenant.faults.add(fault);
        if (method === 'DELETE' && !path.includes('/users/'))
          for (const fault of cut.splice(0)) tenant.faults.add(fault);
      });
      await administrator.deleteUser(oid);
      try {
        return await filedReport(stack, `${oid}-${cases}`);
      } finally {
        unwatch();
        tenant.faults.clear();
      }
    },
  };
}

/** Every line of the coverage that keeps the case from being clear. */
export function gapsIn({ steps }: Report): Coverage[] {
  return steps.flatMap(({ coverage }) => coverage).filter(isGap);
}
