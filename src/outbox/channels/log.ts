import { type Tell, tellOnce } from './channel.ts';
import { stableId } from './webhook.ts';

/** Adds a row to the table of cases in Log Analytics, from which a SOC's alert rules read. */
export const tellLog: Tell = (delivery) => {
  const { message, row, link, vendors } = delivery;
  return tellOnce(delivery, () =>
    vendors.auditIngestion.uploadCaseRow({
      TimeGenerated: message.at,
      MessageId: stableId(message),
      CaseId: row.caseId,
      Moment: message.moment,
      Incident: row.incident ?? false,
      Mode: row.mode,
      Trigger: row.trigger,
      State: row.state,
      Outcome: row.outcome ?? '',
      Link: link ?? '',
    }),
  );
};
