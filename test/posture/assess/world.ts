import * as z from 'zod';
import { assess, failureId } from '../../../src/posture/assess.ts';
import { type CheckDefinition, defineCheck, type Found, type Judged } from '../../../src/posture/check.ts';
import { defineReading, type Gap, type Read } from '../../../src/posture/reading.ts';
import type { Assessed } from '../../../src/posture/runs/run.ts';

export const AT = '2026-11-23T04:10:00.000Z';
export const LATER = '2026-11-24T04:10:00.000Z';
export const settings = {
  ...{ TENANT_ID: 't', GATEWAY_APP_ID: 'g', SUBSCRIPTION_IDS: [] },
  ...{ GITHUB_ORGANISATIONS: [], DEVOPS_ORGANISATIONS: [] },
  ...{ PROTECTED_OIDS: [], APPLICATION_ONLY_SERVERS: [], WRITING_CLIENT_IDS: [] },
};
export const things = defineReading({
  id: 'vendor/things',
  holds: 'things',
  permissions: [],
  shape: z.array(z.string()),
  nothing: [],
});
export const gap: Gap = { reason: 'throttled', source: 'vendor/things', detail: 'Asked, and answered 429.' };
const found = (resource: string): Found<'bad' | 'worse'> => ({
  reason: resource.endsWith('!') ? 'worse' : 'bad',
  resource,
  severity: resource.endsWith('!') ? 'critical' : 'high',
  says: `${resource} is bad.`,
  evidence: { resource, call: 'things' },
  remedy: { todo: 'Mend it.' },
});
/** Whatever is called bad fails, whatever is called odd is in doubt. */
export const check = (version = 1): CheckDefinition =>
  defineCheck({
    id: 'no-bad-things',
    point: 3,
    title: 'Nothing is bad',
    severity: 'high',
    version,
    modules: ['gateway'],
    reads: { things },
    reasons: { bad: 'It is bad.', worse: 'It is worse.' },
    judge: ({ things: all }): Judged<'bad' | 'worse'> => ({
      findings: all
        .filter((each) => each.startsWith('bad'))
        .map(found)
        .map((each) => ({ ...each, resource: each.resource.replace('!', '') })),
      doubts: all
        .filter((each) => each.startsWith('odd'))
        .map((resource) => ({ reason: 'unreadable', resource, detail: `${resource} is odd.` })),
      subjects: all.length,
      evidence: [],
      shows: {},
    }),
  });

export const read = (facts: readonly string[], gaps: readonly Gap[] = []): { readonly things: Read<unknown> } => ({
  things: { source: 'vendor/things', at: AT, gaps, facts },
});
export const judge = (
  facts: readonly string[],
  more: {
    gaps?: readonly Gap[];
    before?: Assessed;
    at?: string;
    version?: number;
    until?: string;
    covers?: string;
  } = {},
): Assessed => {
  const { gaps = [], before, at = AT, version = 1, until, covers } = more;
  const accepted = { finding: failureId('no-bad-things', 'bad/1'), reason: 'Known, and behind a wall.', by: 'ciso' };
  const exceptions = until === undefined ? [] : [{ ...accepted, until, covers }];
  return assess(check(version), read(facts, gaps), { at, settings, before, exceptions });
};
