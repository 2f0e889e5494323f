import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPackageDefinition, Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProviderSchema } from './provider-schema.ts';
import { type ProviderKnowledge, schemaProvider } from './schema-provider.ts';

export interface ServedProviders {
  /** The value of TF_REATTACH_PROVIDERS: Terraform uses these instead of looking for plugins. */
  readonly reattach: string;
  stop(): void;
}

interface Service {
  readonly service: ServiceDefinition;
}

const protocol = loadPackageDefinition(
  loadSync(
    ['tfplugin6', 'plugin-host', 'health'].map((name) => join(import.meta.dirname, `../protocol/${name}.proto`)),
    { keepCase: true, longs: Number, enums: String, bytes: Buffer },
  ),
) as unknown as {
  readonly tfplugin6: { readonly Provider: Service };
  readonly plugin: Readonly<Record<'GRPCController' | 'GRPCStdio' | 'GRPCBroker', Service>>;
  readonly grpc: { readonly health: { readonly v1: { readonly Health: Service } } };
};

/** Serves one provider per schema on a Unix socket each. */
export async function serveProviders(
  schemas: readonly ProviderSchema[],
  knowledge: ProviderKnowledge,
): Promise<ServedProviders> {
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  const reattach: Record<string, object> = {};
  const servers: Server[] = [];
  for (const schema of schemas) {
    const socket = join(folder, `${schema.source.replace('/', '-')}.sock`);
    servers.push(await listen(socket, schemaProvider(schema, knowledge)));
    // Test: Terraform neither starts nor stops the process, and asks for no certificate and no version.
    reattach[`registry.terraform.io/${schema.source}`] = {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'unix', String: socket },
    };
  }
  return {
    reattach: JSON.stringify(reattach),
    stop: () => {
      for (const server of servers) server.forceShutdown();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listen(socket: string, provider: Record<string, unknown>): Promise<Server> {
  const server = new Server({ 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 });
  const { plugin, tfplugin6, grpc } = protocol;
  server.addService(tfplugin6.Provider.service, provider as never);
  server.addService(grpc.health.v1.Health.service, {
    Check: (_call: unknown, respond: (error: null, response: object) => void) => respond(null, { status: 1 }),
  });
  server.addService(plugin.GRPCController.service, {
    Shutdown: (_call: unknown, respond: (error: null, response: object) => void) => respond(null, {}),
  });
  // Kept open and silent: the provider has no output of its own and brokers nothing.
  server.addService(plugin.GRPCStdio.service, { StreamStdio: () => {} });
  server.addService(plugin.GRPCBroker.service, { StartStream: () => {} });
  await new Promise<void>((done, fail) => {
    server.bindAsync(`unix://${socket}`, ServerCredentials.createInsecure(), (error) =>
      error === null ? done() : fail(error),
    );
  });
  return server;
}
