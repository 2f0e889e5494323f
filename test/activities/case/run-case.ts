import type { FileReportInput } from '../../../activities/case/report/filed-report.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Action } from '../../../src/cases/remedies/remedy.ts';
import type { Config } from '../../../src/config.ts';
import { putJson, putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { caseStudy } from '../../report/sample/case-study.ts';
import { AT, OID } from '../../report/sample-case.ts';

/** The case study as its units of work would have left it, under a case id of its own. */
export async function runCase(config: Config, n: number, oid: Oid = OID): Promise<FileReportInput> {
  const caseId = makeCaseId(oid, n);
  const study = caseStudy();
  const parts = [];
  for (const part of study.parts) {
    const ref = await putJson(config, 'work', `${caseId}/${part.step}`, part);
    parts.push({ step: part.step, ref, findings: part.findings.length, coverage: 'complete' as const });
  }
  const actions = [];
  for (const action of study.actions) {
    const image = await putOnce(config, 'evidence', `cases/${caseId}/before/${action.remedyId}.json`, '{"scope":"x"}');
    const done: Action = { ...action, beforeImage: image };
    actions.push(
      await putOnce(config, 'evidence', `cases/${caseId}/actions/${action.remedyId}.json`, JSON.stringify(done)),
    );
  }
  const { decisions: _, restores: __, ...asked } = study.case;
  const row = { ...asked, caseId, oid, n, state: 'running' as const, instanceId: `case-${caseId}` };
  return {
    caseId,
    row,
    leaver: study.leaver,
    startedAt: study.case.startedAt,
    generatedAt: AT,
    parts,
    crashed: [],
    plan: await putJson(config, 'work', `${caseId}/plan`, study.plan),
    actions,
  };
}
