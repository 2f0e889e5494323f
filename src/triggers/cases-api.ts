import { app } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import * as df from 'durable-functions';
import { answerFailure } from '../api/answer-failure.ts';
import type { Run } from '../api/case-view.ts';
import { config } from '../config.ts';
import { vendors } from '../connectors/vendors.ts';
import { askEngine } from '../intake/ask-engine.ts';
import { startCaseWith } from '../intake/start-case.ts';
import { logOf } from '../log.ts';
import { getCaseById } from './get-case.ts';
import { getDoctor } from './get-doctor.ts';
import { getHealth } from './get-health.ts';
import { getRejections } from './get-rejections.ts';
import { getReport } from './get-report.ts';
import { getLatestSweep } from './get-sweep.ts';
import { getCases } from './list-cases.ts';
import { postCase } from './post-case.ts';
import { cancelCase, rescheduleCase, startCaseNow } from './reschedule-case.ts';

/** The HTTP API. Callers are verified in code, so the host asks for no key of its own. */
const authLevel = 'anonymous';
const durableClient = (): df.DurableClientInput => df.input.durableClient();

export function registerCasesApi(): void {
  app.http('postCase', {
    ...{ route: 'cases', methods: ['POST'], authLevel },
    extraInputs: [durableClient()],
    handler: (request, context) =>
      answerFailure(context, () =>
        postCase(vendors(), config(), request, startCaseWith(df.getClient(context)), logOf(context)),
      ),
  });
  app.http('cancelCase', {
    ...{ route: 'cases/{id}/cancel', methods: ['POST'], authLevel },
    handler: (request, context) =>
      answerFailure(context, () => cancelCase(vendors(), config(), request, logOf(context), new Date())),
  });
  app.http('startCase', {
    ...{ route: 'cases/{id}/start', methods: ['POST'], authLevel },
    extraInputs: [durableClient()],
    handler: (request, context) =>
      answerFailure(context, () => {
        const start = startCaseWith(df.getClient(context));
        return startCaseNow(vendors(), config(), request, start, logOf(context), () => new Date());
      }),
  });
  app.http('rescheduleCase', {
    ...{ route: 'cases/{id}/reschedule', methods: ['POST'], authLevel },
    handler: (request, context) =>
      answerFailure(context, () => rescheduleCase(vendors(), config(), request, logOf(context), new Date())),
  });
  app.http('getCases', {
    ...{ route: 'cases', methods: ['GET'], authLevel },
    handler: (request, context) => answerFailure(context, () => getCases(vendors(), config(), request)),
  });
  app.http('getCase', {
    ...{ route: 'cases/{id}', methods: ['GET'], authLevel },
    extraInputs: [durableClient()],
    handler: (request, context) =>
      answerFailure(context, () => getCaseById(vendors(), config(), request, readRunWith(df.getClient(context)))),
  });
  app.http('getReport', {
    ...{ route: 'cases/{id}/{document}', methods: ['GET'], authLevel },
    handler: (request, context) =>
      answerFailure(context, () => getReport(vendors(), config(), request, logOf(context))),
  });
  app.http('getLatestSweep', {
    ...{ route: 'sweeps/latest', methods: ['GET'], authLevel },
    extraInputs: [durableClient()],
    handler: (request, context) =>
      answerFailure(context, () =>
        getLatestSweep(vendors(), config(), request, readRunWith(df.getClient(context)), new Date()),
      ),
  });
  app.http('getRejections', {
    ...{ route: 'rejections', methods: ['GET'], authLevel },
    handler: (request, context) =>
      answerFailure(context, () => getRejections(vendors(), config(), request, new Date())),
  });
  app.http('getDoctor', {
    ...{ route: 'doctor', methods: ['GET'], authLevel },
    handler: (request, context) => answerFailure(context, () => getDoctor(vendors(), config(), request, new Date())),
  });
  app.http('getHealth', {
    ...{ route: 'health', methods: ['GET'], authLevel },
    handler: (_request, context) => answerFailure(context, () => getHealth(vendors())),
  });
}

/** Progress is a courtesy: a case is shown without it where its instance was purged or does not answer. */
function readRunWith(client: DurableClient): (instanceId: string) => Promise<Run | undefined> {
  return async (instanceId) => {
    try {
      const { runtimeStatus, customStatus } = await askEngine('asking for an orchestration', () =>
        client.getStatus(instanceId),
      );
      return { runtimeStatus, customStatus };
    } catch {
      return undefined;
    }
  };
}
