import * as z from 'zod';
import { instant } from '../shapes/primitives.ts';
import { MACHINE_VENDORS, MachineReportSchema } from './report.ts';

/** `Sayer` as it is stored. */
export const SayerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('github-job'),
    owner: z.string(),
    ownerId: z.number(),
    repository: z.string(),
    repositoryId: z.number(),
    runId: z.string(),
    runAttempt: z.exactOptional(z.string()),
    checkRunId: z.exactOptional(z.string()),
    enterprise: z.exactOptional(z.string()),
  }),
  z.object({ kind: z.literal('managed-identity'), oid: z.string(), resourceId: z.exactOptional(z.string()) }),
]);

/** `ToldRun`s as they are stored. */
export const ToldRunsSchema = z.array(
  z.object({ runId: z.string(), attempt: z.string(), checkRunId: z.exactOptional(z.string()), at: instant }),
);

/** `RunAnswer`s as they are stored. */
export const RunAnswersSchema = z.array(
  z.object({
    run: z.string(),
    askedAt: instant,
    on: z.array(z.object({ id: z.number(), group: z.exactOptional(z.number()) })),
    state: z.enum(['over', 'under-way', 'gone']),
  }),
);

/** `Keeping` as it is stored. */
export const KeepingSchema = z.object({
  machine: z.object({
    vendor: z.enum(MACHINE_VENDORS),
    id: z.string(),
    sayer: SayerSchema,
    reportedAt: instant,
    report: MachineReportSchema,
    gone: z.array(z.object({ token: MachineReportSchema.shape.tokens.element, lastNamed: instant })),
    goneServers: z.exactOptional(
      z.array(
        MachineReportSchema.shape.servers.element.pick({ client: true, name: true }).extend({ lastNamed: instant }),
      ),
    ),
  }),
  heardAt: instant,
  jobs: z.array(z.string()),
  runs: z.exactOptional(ToldRunsSchema),
});
