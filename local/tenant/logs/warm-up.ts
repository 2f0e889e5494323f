import { bind } from '../kql/bind.ts';
import { AUDIT_SCHEMA } from './state.ts';

/**
 * Loads the parser of KQL and lets it warm up. It takes a second or two in which no vendor answers, so it is done
 * before anybody asks.
 */
export function warmUpQueries(): void {
  const [table = ''] = Object.keys(AUDIT_SCHEMA);
  bind(
    `${table} | where TimeGenerated > ago(1d) | summarize count() by bin(TimeGenerated, 1h) | sort by count_`,
    AUDIT_SCHEMA,
  );
}
