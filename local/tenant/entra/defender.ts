import type { Row } from '../kql/values/values.ts';

/** What Defender knows of devices. */
export interface DefenderState {
  /** Without its licence there are no tables of devices, and a query that names one is wrong. */
  licensed: boolean;
  /** Rows of an answer at most; the rest is left out without a word. */
  rowLimit: number;
  readonly tables: {
    readonly DeviceProcessEvents: Row[];
    readonly DeviceNetworkEvents: Row[];
    readonly DeviceInfo: Row[];
  };
}

/** A Defender that knows no device. */
export function emptyDefender(): DefenderState {
  const tables = { DeviceProcessEvents: [], DeviceNetworkEvents: [], DeviceInfo: [] };
  return { licensed: true, rowLimit: 100_000, tables };
}
