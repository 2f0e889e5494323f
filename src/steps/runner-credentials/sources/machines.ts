import { noInterface } from '../../define-source.ts';

/**
 * What stands on the disks of machines that run jobs. A machine that has the inventory tells of itself, and may add
 * findings; it may as well send nothing, so that its word never makes the source read. A line of its own says which
 * machine that is online has not told.
 */
export const MACHINE_SOURCES = noInterface('machines', [
  [
    'inventory',
    'tokens that are cached on self-hosted runners, agents and other machines that run jobs',
    'No vendor shows a machine’s disk. Install the inventory on self-hosted runners (docs/runner-inventory.md): what it names becomes a finding, and what it does not name proves nothing.',
  ],
]);
