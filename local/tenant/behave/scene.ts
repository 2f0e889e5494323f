import type { CaseStudy } from '../case-study.ts';
import type { Fault, FaultBoard } from '../core/faults.ts';

/** A running tenant whose manners are set by the answers of a record. */
export interface Scene {
  readonly states: CaseStudy['states'];
  readonly now: Date;
  /** Arms a fault in the name of a probe; what the same probe armed before is lifted. */
  arm(probe: string, fault: Fault): void;
  /** Lifts what was armed in the name of a probe. */
  lift(probe: string): void;
}

/** Makes the tenant answer a probe in one way, whatever it was set to before. */
export type Setting = (scene: Scene) => void;
/** By probe and answer. */
export type Settings = Readonly<Record<string, Readonly<Record<string, Setting>>>>;

/** The scene of a tenant, one for each: what an earlier record armed is lifted by the next. */
export function sceneOf(study: Pick<CaseStudy, 'states'>, faults: FaultBoard): Scene {
  const known = scenes.get(faults) ?? makeScene(study, faults);
  scenes.set(faults, known);
  return known;
}

const scenes = new WeakMap<FaultBoard, Scene>();

function makeScene({ states }: Pick<CaseStudy, 'states'>, faults: FaultBoard): Scene {
  const armed = new Map<string, () => void>();
  const lift = (probe: string): void => {
    armed.get(probe)?.();
    armed.delete(probe);
  };
  return {
    states,
    now: new Date(),
    lift,
    arm: (probe, fault) => {
      lift(probe);
      armed.set(probe, faults.add(fault));
    },
  };
}

/** A fault that answers questions of a path in the vendor's place. */
export function answering(vendor: string, path: RegExp, status: number, body: unknown): Fault {
  return { vendor, path, effect: { kind: 'answer', status, body: JSON.stringify(body), headers: JSON_TYPE } };
}

const JSON_TYPE = { 'content-type': 'application/json' };
