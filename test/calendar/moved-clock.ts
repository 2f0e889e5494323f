/**
 * Moves the clock of every process that is started with `NODE_OPTIONS=--import=<this file>?by=<milliseconds>`, so that
 * the app, the tenant, storage and the tests all live on another day. `zone` moves the firm to another time zone.
 *
 * The one thing that still goes by the machine's own clock is how long certificates are valid: OpenSSL looks that up.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { WORLD } from '../../local/tenant/seeds/world.ts';

const asked = new URL(import.meta.url).searchParams;
const by = Number(asked.get('by') ?? Number.NaN);
const zone = asked.get('zone');

if (!Number.isSafeInteger(by)) throw new Error('moved-clock.ts wants `?by=<milliseconds>`');

const MachineDate = Date;
const machineNow = MachineDate.now.bind(MachineDate);
MachineDate.now = () => machineNow() + by;

// A proxy, and no subclass: dates that Node makes itself (`structuredClone`, file times) stay instances of it.
globalThis.Date = new Proxy(MachineDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [MachineDate.now()] : values, newTarget),
  apply: () => new Date().toString(),
});
Object.defineProperty(MachineDate.prototype, 'constructor', { value: globalThis.Date });

// Node keeps a Date of its own for the header.
subscribe('http.server.request.start', (message) => {
  const { response } = message as { readonly response: ServerResponse };
  response.setHeader('date', new Date().toUTCString());
});

if (zone !== null) {
  Object.assign(WORLD, { timeZone: zone });
  process.env.TZ = zone;
}
