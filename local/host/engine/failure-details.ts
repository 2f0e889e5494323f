import * as z from 'zod';

/** How DurableTask.Core writes a failure into history; `durable-functions` makes a `TaskFailedError` of it. */
export interface FailureDetails {
  readonly ErrorType: string;
  readonly ErrorMessage: string;
  readonly StackTrace: string | null;
  readonly InnerFailure: FailureDetails | null;
  readonly IsNonRetriable: boolean;
  readonly Properties: Readonly<Record<string, unknown>> | null;
}

/** What an activity throws as its message where the app's exception properties provider knows the error. */
const thrown = z
  .object({
    errorType: z.string(),
    errorMessage: z.string(),
    stackTrace: z.string().optional(),
    isNonRetriable: z.boolean().default(false),
    properties: z.record(z.string(), z.unknown()),
  })
  .transform(
    ({ errorType, errorMessage, stackTrace, isNonRetriable, properties }): FailureDetails => ({
      ErrorType: errorType,
      ErrorMessage: errorMessage,
      StackTrace: stackTrace ?? null,
      InnerFailure: null,
      IsNonRetriable: isNonRetriable,
      Properties: properties,
    }),
  );

/** What an orchestrator answers that a failed task ended. */
export const failureDetails: z.ZodType<FailureDetails> = z.object({
  ErrorType: z.string(),
  ErrorMessage: z.string(),
  StackTrace: z.string().nullish().transform(orNull),
  get InnerFailure() {
    return failureDetails.nullish().transform(orNull);
  },
  IsNonRetriable: z.boolean().default(false),
  Properties: z.record(z.string(), z.unknown()).nullish().transform(orNull),
});

/** The failure that a thrown message tells in full; null for an ordinary message. */
export function failureDetailsOf(message: string): FailureDetails | null {
  if (!message.startsWith('{')) return null;
  try {
    return thrown.safeParse(JSON.parse(message)).data ?? null;
  } catch {
    return null;
  }
}

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}
