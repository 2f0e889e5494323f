import { world } from '../../fixtures/durable/world.ts';
import { hostUnderTest } from '../../host-under-test.ts';

export const host = await hostUnderTest('durable');

export const reset = () => {
  world.calls.length = 0;
  world.failuresLeft.clear();
  world.gates.clear();
};

const eventTypes = (id: string): number[] => host.engine.history(id).map(({ EventType }) => EventType);
export const countOf = (id: string, type: number): number => eventTypes(id).filter((each) => each === type).length;
