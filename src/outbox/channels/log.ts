import type { CaseRow } from '../../cases/case.ts';
import type { Denied } from '../../cases/denied.ts';
import { type Tell, tellOnce } from './channel.ts';
import { stableId } from './webhook.ts';

/** Adds a row to the table of cases in Log Analytics, from which a SOC's alert rules read. */
export const tellLog: Tell = (delivery) => {
  const { message, link, vendors } = delivery;
  const { incident = false, mode, trigger, state, outcome } = 'row' in delivery ? delivery.row : asRow(delivery.denied);
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

/** A containment has the columns of a case, as far as it has something to say in them. */
function asRow({
  state,
}: Denied): Pick<CaseRow, 'incident' | 'outcome'> & Record<'mode' | 'trigger' | 'state', string> {
  return { mode: 'apply', trigger: 'api', state };
}
