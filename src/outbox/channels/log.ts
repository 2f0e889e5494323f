import type { CaseRow } from '../../cases/case.ts';
import { type Tell, type Told, tellOnce } from './channel.ts';
import { stableId } from './webhook.ts';

/** Adds a row to the table of cases in Log Analytics, from which a SOC's alert rules read. */
export const tellLog: Tell = (delivery) => {
  const { message, link, vendors } = delivery;
  const { incident = false, mode, trigger, state, outcome } = columnsOf(delivery);
  return tellOnce(delivery, () =>
    vendors.auditIngestion.uploadCaseRow({
      TimeGenerated: message.at,
      MessageId: stableId(message),
      CaseId: message.caseId,
      Moment: message.moment,
      Incident: incident,
      Mode: mode,
      Trigger: trigger,
      State: state,
      Outcome: outcome ?? '',
      Link: link ?? '',
    }),
  );
};

type RowColumns = Pick<CaseRow, 'incident' | 'outcome'> & Record<'mode' | 'trigger' | 'state', string>;

/** A containment, and a run of the checklist, have the columns of a case, as far as they have something to say in them. */
function columnsOf(told: Told): RowColumns {
  if ('row' in told) return told.row;
  if ('denied' in told) return { mode: 'apply', trigger: 'api', state: told.denied.state };
  return { mode: '', trigger: '', state: 'filed' };
}
