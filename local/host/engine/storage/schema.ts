/**
 * Version of the format in which the extension and an SDK out of process talk about orchestrations. `V4` (extension of
 * mid-2026) tells failures apart by `FailureDetails` where the app has an exception properties provider, and knows
 * critical sections; nothing else differs.
 * Sources: github.com/Azure/azure-functions-durable-extension/pull/3451 and /pull/3453
 */
export const SCHEMAS = ['V3', 'V4'] as const;
export type DurableSchema = (typeof SCHEMAS)[number];

/** What the SDK is told the extension can do at most; `ReplaySchema` of durable-functions. */
export const SCHEMA_NUMBER: Readonly<Record<DurableSchema, number>> = { V3: 2, V4: 3 };
