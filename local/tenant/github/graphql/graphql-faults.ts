import { GraphQLError } from 'graphql';
import { type Caller, holds } from '../access.ts';

/** Refuses whoever lacks the permission to read. */
export function demand(caller: Caller, permission: string): void {
  if (!holds(caller, permission, 'read')) throw fault('FORBIDDEN', 'Resource not accessible by integration');
}

/** An error with a type, as GitHub has them. */
export function fault(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
