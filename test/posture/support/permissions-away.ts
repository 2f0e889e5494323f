import { test } from 'node:test';
import type { ReadingDefinition } from '../../../src/posture/reading.ts';
import type { TestApp } from '../../support/start-app.ts';

/** A test for each permission of readings: `claim` holds while the assessor lacks the action. */
export function withoutEach(
  app: Pick<TestApp, 'assessor'>,
  readings: readonly Pick<ReadingDefinition, 'permissions'>[],
  claim: (action: string) => Promise<void>,
): void {
  for (const id of new Set(readings.flatMap(({ permissions }) => permissions))) {
    const action = id.split('/').slice(3).join('/');
    test(`without ${action} nobody can say`, async () => {
      const held = app.assessor.azure;
      const name = held.has(action) ? action : `${action}@subscriptions`;
      held.delete(name);
      try {
        await claim(action);
      } finally {
        held.add(name);
      }
    });
  }
}
