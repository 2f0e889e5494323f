import { userToken } from './callers.ts';
import { FIRST_KEY, GO_LIKE, JSON_PARSE, newtonsoft, type OtherParser, type Value } from './other-parsers.ts';
import type { GatewayOutcome, SimulatedGateway } from './simulated-gateway.ts';
import { strangeMessages } from './strange-messages.ts';

/** Arguments that say what a call is about, among those that the messages have. */
const NAMES = ['path', 'uri', 'repo', 'owner', 'secret_name', 'filePath', 'file_path', 'source', 'dir', 'fileNames'];

export interface Differences {
  readonly passed: number;
  /** Messages on which the other parsers are not of one mind: what the gateway is there for. */
  readonly disputed: number;
  /** What passed and would be run as something else than what was judged and logged. */
  readonly faults: readonly string[];
}

/** Sends messages through the gateway, and what passes through four other parsers. */
export async function differences(
  gateway: Pick<SimulatedGateway, 'call' | 'parseLeniently'>,
  count: number,
  seed: number,
): Promise<Differences> {
  const parsers = [JSON_PARSE, GO_LIKE, FIRST_KEY, newtonsoft((text) => gateway.parseLeniently(text))];
  const token = userToken('mcp.tools.read mcp.tools.write');
  const looked = await Promise.all(
    strangeMessages(count, seed).map(async (body) => {
      const outcome = await gateway.call({ policy: 'github', body, token });
      const sent = outcome.forwarded?.body ?? undefined;
      const meanings = await Promise.all(parsers.map((parser) => meaningOf(parser, sent ?? body)));
      return { sent, meanings, judged: judgedOf(outcome) };
    }),
  );
  const faults = looked.flatMap(({ sent, meanings, judged }) =>
    sent === undefined
      ? []
      : meanings.flatMap((meaning, index) =>
          meaning.every((part) => judged.includes(part))
            ? []
            : [`${parsers[index]?.name} reads ${meaning.join(' ')}, logged is ${judged.join(' ')}: ${sent}`],
        ),
  );
  return {
    passed: looked.filter(({ sent }) => sent !== undefined).length,
    disputed: looked.filter(({ meanings }) => new Set(meanings.map((meaning) => meaning.join())).size > 1).length,
    faults,
  };
}

/** What the gateway says that the call is: its tool, and each argument that it logs. */
function judgedOf({ events }: GatewayOutcome): readonly string[] {
  const [event] = events;
  if (event === undefined) return [];
  const { tool_name, resource_accessed } = JSON.parse(event.text) as Readonly<Record<string, string>>;
  // A name that only ends like a known one is logged as it was written, and some parsers do not mind its case.
  const about = (resource_accessed ?? '')
    .split('; ')
    .map((each) => each.replace(/^[^=]+=/, (name) => name.toLowerCase()));
  return [`tool=${tool_name}`, ...about];
}

/** The same of a parser; nothing where it is no tool call to it. */
async function meaningOf({ read, field }: OtherParser, text: string): Promise<readonly string[]> {
  const message = await read(text);
  if (message?.kind === 'array') return ['a batch'];
  if (stringOf(field(message, 'method')) !== 'tools/call') return [];
  const params = field(message, 'params');
  const args = field(params, 'arguments');
  const about = NAMES.flatMap((name) => {
    const value = field(args, name);
    const said = value?.kind === 'array' ? value.items.map(stringOf).join(', ') : stringOf(value);
    return said === undefined ? [] : [`${name.toLowerCase()}=${said}`];
  });
  return [`tool=${stringOf(field(params, 'name'))}`, ...about];
}

function stringOf(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
