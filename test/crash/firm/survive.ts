import { doDueWork } from '../../../local/telling/follow-case.ts';
import type { UserEvent } from '../../../local/tenant/entra/people/user-event.ts';
import { startFastStack } from '../../scenarios/support/fast-stack.ts';
import { type Chance, chanceOf } from '../../truth/firm/random.ts';
import { ageHistories, askEntraAgain, hangStorage, instancesIn, loseOrchestration, releaseHeld } from './accidents.ts';
import { ENTRANCES, type EntranceName, leaverOf } from './entrances.ts';
import { decide, type Firm, leaversQueue } from './firm.ts';
import { passFullHour, plantLongGone } from './full-hour.ts';
import { rowsIn } from './kept.ts';
import { killAgain } from './kill-again.ts';
import { compare } from './oracle.ts';
import { hire, holdingsOf, type Person } from './people.ts';
import { becomeQuiet } from './quiet.ts';

export interface Plan {
  readonly seed: number;
  readonly kills: number;
  /** In which ways people come in, in their order. */
  readonly ways: readonly EntranceName[];
  /** Whether storage hangs, orchestrations are lost, and the app begins paused. */
  readonly accidents: boolean;
  /** The app to host: the sources, or the bundle, which starts in half the time. */
  readonly app?: string;
  readonly onLog?: (line: string) => void;
  readonly onLife?: (life: number) => unknown;
  readonly onLeft?: (left: readonly string[]) => unknown;
}

export interface Survived {
  readonly kills: number;
  readonly leavers: number;
  readonly cases: number;
  /** What is not as it must be, a sentence each. */
  readonly faults: readonly string[];
}

/**
 * A firm in which people leave in every way while the app is killed again and again; then the app lives until nothing is
 * left to be done, and what stands in the tenant, in the evidence and in every channel is compared with what was said.
 */
export async function survive(plan: Plan): Promise<Survived> {
  const chance = chanceOf(plan.seed);
  const untold = new Set<string>();
  const stack = await startFastStack({
    latencyMs: 2,
    route: (waiting) => onTheWay(waiting, untold, chance),
    settings: {
      // How long what an app claimed that died is waited for.
      REQUEST_TIMEOUT_SECONDS: '4',
      LOCAL_QUEUE_LEASE_SECONDS: '15',
      CASE_ATTEMPT_DELAY_MINUTES: '1',
      // Nobody who is back gets another report, so that each case has one that is compared.
      FOLLOW_UPS: 'none',
      ...(plan.accidents ? { MAX_CASES_PER_HOUR: '5', STORAGE_TIMEOUT_SECONDS: '2' } : {}),
    },
    ...(plan.app === undefined ? {} : { app: plan.app }),
    ...(plan.onLog === undefined ? {} : { onLog: plan.onLog }),
  });
  const firm: Firm = { ...stack, chance, untold, leavers: [], faults: [], onLeft: plan.onLeft ?? (() => {}) };
  try {
    const people = hire(firm, plan.ways.length + 3);
    const before = new Map(firm.states.entra.users.all().map(({ id }) => [id, holdingsOf(firm, id)]));
    await makeStorage(firm);
    await leaversQueue(firm).createIfNotExists();
    const longGone = plan.accidents ? await plantLongGone(firm) : undefined;
    if (plan.accidents) await decide(firm, '/api/pause', { reason: 'HR’s export looks wrong.' }, [200]);
    const asked: Promise<void>[] = [];
    const aged: string[] = [];
    const storm = stormOf(firm, plan, people, asked, aged);
    await killAgain(firm, plan.kills, storm);
    await Promise.all(asked);
    await firm.tenant.core.events.idle();
    const left: string[] = [];
    for (let quarter = 1; quarter <= 2; quarter += 1) {
      // Twice: what one round was told of can be contradicted by a late event.
      await askEntraAgain(firm);
      left.splice(0, left.length, ...(await becomeQuiet(firm)));
    }
    const hour = longGone === undefined ? { kills: 0, faults: [] } : await passFullHour(firm, longGone);
    const { cases, faults } = await compare(firm, before, longGone);
    await firm.killApp();
    const kept = new Set(instancesIn(firm));
    const unpurged = aged.filter((each) => kept.has(each)).map((each) => `the history ${each} is kept for ever`);
    return {
      kills: plan.kills + hour.kills,
      leavers: firm.leavers.length,
      cases,
      faults: [...left.map((each) => `not quiet: ${each}`), ...firm.faults, ...hour.faults, ...faults, ...unpurged],
    };
  } finally {
    await stack.stop();
  }
}

/** The first round of due work makes the tables; where storage must be quick and the machine is busy, one of the next. */
async function makeStorage(firm: Firm): Promise<void> {
  for (let round = 1; ; round += 1) {
    await doDueWork(firm);
    try {
      await rowsIn(firm, 'denied');
      return;
    } catch (error) {
      if (round === 10) throw error;
    }
  }
}

function stormOf(firm: Firm, plan: Plan, people: readonly Person[], asked: Promise<void>[], aged: string[]) {
  const { chance } = firm;
  const begin = (what: string, work: Promise<void>): void => {
    asked.push(
      work.catch((error: unknown) => {
        firm.faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }),
    );
  };
  // The last fifth of the kills meets what came in before.
  const lifeOf = (at: number): number => 1 + Math.floor((at * plan.kills * 0.8) / plan.ways.length);
  const life = {
    goesOn: Math.ceil(plan.kills * 0.06),
    hangs: Math.ceil(plan.kills * 0.4),
  };
  return {
    begins: (now: number): void => {
      for (const [at, way] of plan.ways.entries()) {
        const person = people[at];
        if (person !== undefined && lifeOf(at) === now) begin(way, comeIn(firm, person, way));
      }
      if (plan.accidents && now === life.goesOn) begin('end of the pause', endPause(firm));
      if (plan.accidents && now === life.hangs) begin('hanging storage', hangStorage(firm));
      if (chance.is(0.05)) begin('release', releaseHeld(firm));
    },
    between: async (now: number): Promise<void> => {
      plan.onLife?.(now);
      if (chance.is(0.15)) await askEntraAgain(firm);
      if (plan.accidents && chance.is(0.03)) await loseOrchestration(firm);
      if (plan.accidents && chance.is(0.05)) aged.push(...(await ageHistories(firm)));
    },
  };
}

async function endPause(firm: Firm): Promise<void> {
  await decide(firm, '/api/pause', { reason: 'HR confirmed.' }, [200], { method: 'DELETE' });
}

async function comeIn(firm: Firm, person: Person, way: EntranceName): Promise<void> {
  const leaver = leaverOf(person, way);
  firm.leavers.push(leaver);
  await ENTRANCES[way].tell(firm, leaver);
}

/** Event Grid promises neither order nor that an event comes once; some are lost altogether. */
function onTheWay(waiting: readonly UserEvent[], untold: ReadonlySet<string>, chance: Chance): UserEvent[][] {
  const told = waiting.filter(({ data }) => !untold.has(data.resourceData.id));
  const twice = told.flatMap((event) => (chance.is(0.2) ? [event, event] : [event]));
  return (chance.is(0.3) ? twice.toReversed() : twice).map((event) => [event]);
}
