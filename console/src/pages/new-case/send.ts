import { type Api, ApiFault, type Case, take } from '../../api.ts';
import type { Picked } from '../../parts/people/people-picker.tsx';
import { SignedOutFault } from '../../signed-out.ts';
import { type Became, type Filled, personOf, whenOf } from './asked-for.ts';

/** Sends what was filled in, and tells what became of each. */
export async function send(api: Api, filled: Filled, keyOf: (body: unknown) => string): Promise<readonly Became[]> {
  if (filled.way !== 'contain') return openCases(api, filled, keyOf);
  const became: Became[] = [];
  // One after the other: all of them write one list.
  for (const person of filled.people) {
    const own = await contain(api, filled, person, keyOf).catch((error: unknown) => {
      // What came before it has happened, and is told; the first one alone may say that nothing was sent.
      if (became.length === 0 || !(error instanceof SignedOutFault)) throw error;
      return { person, status: 401, problem: { title: 'Not sent', detail: `Not sent: ${error.message}` } };
    });
    became.push(own);
  }
  return became;
}

async function openCases(api: Api, filled: Filled, keyOf: (body: unknown) => string): Promise<readonly Became[]> {
  const { people, reason, way } = filled;
  const body = {
    people: people.map((person) => personOf(filled, person)),
    reason: reason.trim(),
    mode: way === 'plan' ? ('plan' as const) : ('apply' as const),
    ...whenOf(filled),
  };
  const headers = { 'idempotency-key': keyOf(body) };
  const { results } = await take(api.POST('/api/cases/several', { params: { header: headers }, body }));
  return results.flatMap((result, index): Became[] => {
    const person = people[index];
    if (person === undefined) return [];
    const { status, problem } = result;
    const row = result.case;
    return [{ person, status, ...(row && caseOf(row)), ...(problem && { problem }) }];
  });
}

function caseOf({ caseId, state, onHold }: Case): Pick<Became, 'caseId' | 'state' | 'onHold' | 'isOpen'> {
  return { caseId, state, ...(onHold !== undefined && { onHold, isOpen: true as const }) };
}

const BECAME = {
  contained: 'Contained now',
  extended: 'Contained for longer than before',
  stands: 'Denied for as long or longer before',
  released: 'Released since this was asked',
} as const;
const LIST = {
  done: 'the gateway refuses them',
  failed: 'the gateway’s list could not be written; it is tried every minute',
  'no-gateway': 'there is no gateway',
  released: 'the gateway lets them in',
} as const;

async function contain(api: Api, filled: Filled, person: Picked, keyOf: (body: unknown) => string): Promise<Became> {
  const body = {
    ...personOf(filled, person),
    kind: 'person' as const,
    days: Number(filled.days),
    reason: filled.reason.trim(),
    ...(filled.emergency && { emergency: true }),
  };
  const headers = { 'idempotency-key': keyOf(body) };
  try {
    const { became, list, sessions, sessionsWhy } = await take(
      api.POST('/api/denied', { params: { header: headers }, body }),
    );
    const signedIn =
      sessions === 'failed' ? ` Their sign-ins could not be ended: ${sessionsWhy ?? 'Entra did not say why'}` : '';
    const isOpen = list !== 'done' || sessions === 'failed';
    const words = `${BECAME[became]}; ${LIST[list]}.${signedIn}`;
    return { person, status: 200, words, ...(isOpen && { isOpen: true as const }) };
  } catch (error) {
    // What came before it has happened, and is told.
    if (!(error instanceof ApiFault)) throw error;
    return { person, status: error.status, problem: { detail: error.message, ...error.problem } };
  }
}
