import { test } from 'node:test';
import type { ReadingDefinition } from '../../../src/posture/reading.ts';
import type { TestApp } from '../../support/apps/start-app.ts';

/** A test for each permission of readings: `claim` holds while the assessor lacks the action. */
export function withoutEach(
  app: Pick<TestApp, 'assessor'>,
  readings: readonly Pick<ReadingDefinition, 'permissions'>[],
  claim: (action: string) => Promise<void>,
): void {
  for (const id of new Set(readings.flatMap(({ permissions }) => permissions))) {
    const [, system, ...rest] = id.split('/');
    // Azure's have a scope in front of the action.
    const action = rest.slice(system === 'azure' ? 1 : 0).join('/');
    test(`without ${action} nobody can say`, async () => {
      const held =
        system === 'azure' ? app.assessor.azure : system === 'graph' ? app.assessor.graph : app.assessor.devops;
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
