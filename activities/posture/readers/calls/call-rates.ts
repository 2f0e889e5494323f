import type { Reader } from '../../reader.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;

/** The busiest minute by the audit log, and what the gateway refused by its own. */
export const readCallRates: Reader = async ({ vendors: { assessor }, now }) => {
  const at = now().getTime();
  const window = { from: new Date(at - DAYS * DAY_MS), to: new Date(at) };
  const [busiest, refused] = await Promise.all([assessor.readBusiestMinute(window), assessor.readRefusedCalls(window)]);
  const [most] = busiest.ok ? busiest.value.value : [];
  const [number] = refused.ok && refused.value.partial === undefined ? refused.value.value : [];
  const partial = busiest.ok ? busiest.value.partial : undefined;
  return {
    facts: {
      ...(most === undefined ? {} : { busiest: { minute: most.minute.toISOString(), calls: most.calls } }),
      ...(number === undefined ? {} : { refused: number.refused }),
    },
    failures: [
      ...(busiest.ok ? [] : [{ failure: busiest.failure }]),
      ...(partial === undefined ? [] : [{ failure: { kind: 'incomplete' as const, status: 200, message: partial } }]),
    ],
  };
};
