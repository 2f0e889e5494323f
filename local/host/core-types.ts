/**
 * The part of `@azure/functions-core` that `@azure/functions` 4 uses. The package is the Functions worker's own
 * and is not published, so its shapes are written down here, as read from `@azure/functions/src`.
 */

/** How the worker's protobuf library reads a 64-bit number. */
export interface RpcLong {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

/** A value as it crosses between host and worker. Exactly one field is set; none means "no value". */
export interface RpcTypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: RpcHttpData;
  readonly collectionBytes?: { readonly bytes: readonly Uint8Array[] };
  readonly collectionSint64?: { readonly sint64: readonly RpcLong[] };
  readonly collectionString?: { readonly string: readonly string[] };
}

export interface RpcNullableString {
  readonly value: string;
}

export interface RpcHttpCookie {
  readonly name?: string;
  readonly value?: string;
  readonly domain?: RpcNullableString;
  readonly path?: RpcNullableString;
  readonly expires?: { readonly value?: { readonly seconds: number } };
  readonly secure?: { readonly value: boolean };
  readonly httpOnly?: { readonly value: boolean };
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: { readonly value: number };
}

export interface RpcHttpData {
  readonly method?: string;
  readonly url?: string;
  readonly nullableHeaders?: Readonly<Record<string, RpcNullableString>>;
  readonly nullableParams?: Readonly<Record<string, RpcNullableString>>;
  readonly nullableQuery?: Readonly<Record<string, RpcNullableString>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RpcTypedData | null;
  readonly statusCode?: string;
  readonly cookies?: readonly RpcHttpCookie[];
}

/** One binding as the app registered it; triggers end in `Trigger`. */
export interface RpcBindingInfo {
  readonly type: string;
  readonly direction: 'in' | 'out';
  readonly [option: string]: unknown;
}

interface RpcRetryOptions {
  readonly maxRetryCount?: number;
  readonly retryStrategy?: 'fixedDelay' | 'exponentialBackoff';
  readonly delayInterval?: { readonly seconds: number };
  readonly minimumInterval?: { readonly seconds: number };
  readonly maximumInterval?: { readonly seconds: number };
}

export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, RpcBindingInfo>>;
  readonly retryOptions?: RpcRetryOptions;
}

export type FunctionCallback = (...args: unknown[]) => unknown;

export interface RpcInvocationRequest {
  readonly inputData: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly triggerMetadata?: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext?: { readonly traceParent: string };
  readonly retryContext?: { readonly retryCount: number; readonly maxRetryCount: number };
}

export interface RpcInvocationResponse {
  readonly invocationId: string;
  readonly returnValue?: RpcTypedData | null;
  readonly outputData?: readonly { readonly name: string; readonly data: RpcTypedData | null }[];
}

type RpcLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
type RpcLogCategory = 'user' | 'system' | 'customMetric';

export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: RpcLogLevel, category: RpcLogCategory, message: string): void;
}

interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<RpcInvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log';
export type HookCallback = (context: Record<string, unknown>) => unknown;
