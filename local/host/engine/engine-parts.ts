import type { HostSettings } from '../host-settings.ts';
import type { Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import type { App } from '../registry.ts';
import type { Clock } from './clock.ts';
import type { Redelivery } from './redelivery.ts';
import type { Determinism } from './replay/determinism.ts';
import type { DurableSchema } from './storage/schema.ts';
import type { Store } from './storage/store.ts';

/** What the engine is made of. */
export interface EngineParts {
  readonly app: App;
  readonly store: Store;
  readonly clock: Clock;
  readonly invoke: Invoke;
  readonly log: Logger;
  readonly settings: HostSettings['durableTask'];
  readonly determinism: Determinism;
  /** Default: V4. */
  readonly schema?: DurableSchema | undefined;
  readonly deliverTwice?: readonly Redelivery[] | undefined;
}
