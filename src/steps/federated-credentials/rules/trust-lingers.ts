/**
 * How long Entra may still honour a trust that is gone. It speaks of several minutes for a change to arrive everywhere,
 * and names no bound: learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export const TRUST_LINGERS_MINUTES = 10;
