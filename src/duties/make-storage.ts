import type { Duty } from './duty.ts';

/** Makes the tables and containers that could not be made while the app was starting, because storage was away. */
export const makeStorage: Duty = {
  name: 'make storage',
  run: async ({ vendors }) => ((await vendors.storage.ensureStorage()) ? 1 : 0),
};
