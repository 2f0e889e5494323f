/** Faults for one vendor, or for those of its calls that match. The first matching fault wins. */
export interface Fault {
  readonly vendor: string;
  /** Only calls with this method. */
  readonly method?: string;
  /** Only calls whose path and query match. */
  readonly path?: RegExp;
  /** How many calls are hit; without it, all of them until the fault is lifted. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export type FaultEffect =
  /** Answers in the vendor's place. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Cuts the connection before any byte of the answer. */
  | { readonly kind: 'reset' }
  /** Sends the vendor's own answer with its full length announced, and stops in the middle. */
  | { readonly kind: 'truncate' }
  /** Lets the vendor answer and changes the JSON of its body: rows of an odd shape, rows left out. */
  | { readonly kind: 'alter'; readonly alter: (body: unknown) => unknown }
  /** Waits this many milliseconds, then lets the vendor answer. */
  | { readonly kind: 'delay'; readonly ms: number };

interface Armed {
  readonly fault: Fault;
  left: number;
}

export interface FaultBoard {
  /** Arms a fault; the returned function lifts it. */
  add(fault: Fault): () => void;
  clear(): void;
  /** Whether some vendor, or some of its calls, is made to wait. */
  makesWait(): boolean;
  /** The effect that hits this call, counted down. */
  next(vendor: string, method: string, pathAndQuery: string): FaultEffect | undefined;
}

export function makeFaultBoard(): FaultBoard {
  let armed: Armed[] = [];
  return {
    add: (fault) => {
      const entry: Armed = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      armed.push(entry);
      return () => {
        armed = armed.filter((other) => other !== entry);
      };
    },
    clear: () => {
      armed = [];
    },
    makesWait: () => armed.some(({ fault, left }) => left > 0 && fault.effect.kind === 'delay'),
    next: (vendor, method, pathAndQuery) => {
      const hit = armed.find(
        ({ fault, left }) =>
          left > 0 &&
          fault.vendor === vendor &&
          (fault.method === undefined || fault.method === method) &&
          (fault.path === undefined || fault.path.test(pathAndQuery)),
      );
      if (hit === undefined) return undefined;
      hit.left -= 1;
      return hit.fault.effect;
    },
  };
}
