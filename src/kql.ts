import { readFileSync } from 'node:fs';

/** The queries of the app; each file's head says which values its caller puts in front of it. */
export type QueryFile =
  | 'activity-audit.kql'
  | 'after-departure-watch.kql'
  | 'days-without-rows.kql'
  | 'file-system-volume.kql'
  | 'out-of-hours-writes.kql'
  | 'pipeline-silence.kql'
  | 'posture/busiest-minute.kql'
  | 'posture/calls-logged-details.kql'
  | 'posture/calls-logged.kql'
  | 'posture/refused-calls.kql'
  | 'posture/reporting-devices.kql'
  | 'posture/workstation-servers.kql'
  | 'repeated-401.kql'
  | 'repeated-403.kql'
  | 'rows-by-hour.kql';

const texts = new Map<QueryFile, string>();

/** The text of a query. The files lie in `kql/`, beside `src/` and, in the deployment package, beside the bundle's folder. */
export function queryText(file: QueryFile): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`../kql/${file}`, import.meta.url), 'utf8');
  texts.set(file, text);
  return text;
}
