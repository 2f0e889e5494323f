/** As what the gateway logs calls of the canary’s own identity in its API; other callers there are another. infra/modules/gateway */
const CANARY_SERVER = 'canary';

/** Whether a row is of the app’s own canary: it is nobody’s call, and reached no document. */
export function isCanary(server: string): boolean {
  return server.toLowerCase() === CANARY_SERVER;
}
