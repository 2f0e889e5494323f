import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

const PlaceSchema = z.strictObject({
  organisation: text,
  repository: text,
  /** The beginning of the SHA-256 of a token that is somebody’s own. */
  token: text,
  type: text,
  does: z.enum(['calls-gateway', 'starts-server']),
});
export type PipelineToken = z.output<typeof PlaceSchema>;

/** Personal tokens where pipelines find them that call the gateway or start an MCP server. */
export const pipelineTokens = defineReading({
  id: 'github/pipeline-tokens',
  holds: 'personal tokens in repositories whose workflows call the gateway or start a server',
  permissions: ['reader/github/metadata=read', 'reader/github/contents=read'],
  shape: z.strictObject({ places: z.array(PlaceSchema) }),
  nothing: { places: [] },
  weekly: true,
});
