const MachineDate = Date;
const machineNow = MachineDate.now.bind(MachineDate);

/**
 * Leads the clock of this process: every `Date`, those of SDKs and of the simulated tenant among them, goes by it. Between
 * two settings it goes on as the machine's does. Timers wait by the machine's clock all the while.
 */
export function leadClock(begin: string) {
  let ahead = Date.parse(begin) - machineNow();
  const now = (): number => Math.floor(machineNow() + ahead);
  MachineDate.now = now;
  // A proxy, and no subclass: dates that Node makes itself (`structuredClone`, file times) stay instances of it.
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new Date().toString(),
  });
  Object.defineProperty(MachineDate.prototype, 'constructor', { value: globalThis.Date });
  return {
    /** Moves on to an instant; never back. */
    goTo: (at: number): void => {
      if (at < now()) throw new Error(`${new Date(at).toISOString()} is over`);
      ahead = at - machineNow();
    },
  };
}
