/**
 * What `node:test` is for the tests of the campaign: it gathers tests, so that one can be run again and again in a
 * process that has loaded everything. Hooks around a whole file run once.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

type Body = (context: Context) => unknown;
type Given = [name: string | Body, optionsOrBody?: object | Body, body?: Body];

/** A test that can be run by itself; it throws what failed. */
export interface Unit {
  readonly name: string;
  readonly run: () => Promise<void>;
}

interface Suite {
  readonly parent: Suite | undefined;
  readonly name: string;
  readonly before: Body[];
  readonly after: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  begun: boolean;
}

const current = new AsyncLocalStorage<Suite>();
let root = suiteOf('', undefined);
let units: Unit[] = [];
let suites: Promise<unknown>[] = [];

/** The tests that a file declares while it is loaded; `end` runs the hooks behind them. */
export async function gathered(load: () => Promise<unknown>): Promise<{ units: Unit[]; end: () => Promise<void> }> {
  const own = suiteOf('', undefined);
  root = own;
  units = [];
  suites = [];
  await load();
  await Promise.all(suites);
  return { units, end: () => inTurn(own.after, new Context('')) };
}

export function test(...given: Given): Promise<void> {
  const { name, options, body } = read(given);
  const suite = here();
  if (body === undefined || options.skip || options.todo) return Promise.resolve();
  const run = async (): Promise<void> => {
    const path = pathOf(suite);
    for (const each of path) await begin(each);
    const context = new Context(name);
    try {
      for (const each of path) await inTurn(each.beforeEach, context);
      await body(context);
    } finally {
      await inTurn(context.after_, context);
      for (const each of path.toReversed()) await inTurn(each.afterEach, context);
    }
  };
  units.push({ name: [...pathOf(suite).map((each) => each.name), name].filter(Boolean).join(' > '), run });
  return Promise.resolve();
}

export function describe(...given: Given): Promise<void> {
  const { name, options, body } = read(given);
  if (body === undefined || options.skip) return Promise.resolve();
  const suite = suiteOf(name, here());
  suites.push((async () => current.run(suite, () => body(new Context(name))))());
  return Promise.resolve();
}

export const it = test;
export const suite = describe;
export const before = (body: Body): void => void here().before.push(body);
export const after = (body: Body): void => void here().after.push(body);
export const beforeEach = (body: Body): void => void here().beforeEach.push(body);
export const afterEach = (body: Body): void => void here().afterEach.push(body);

/** What a test is handed. Subtests run where they stand. */
class Context {
  readonly name: string;
  readonly after_: Body[] = [];
  readonly signal = new AbortController().signal;

  constructor(name: string) {
    this.name = name;
  }
  async test(...given: Given): Promise<void> {
    const { name, body } = read(given);
    const context = new Context(name);
    try {
      await body?.(context);
    } finally {
      await inTurn(context.after_, context);
    }
  }
  after(body: Body): void {
    this.after_.push(body);
  }
  diagnostic(): void {}
}

function here(): Suite {
  return current.getStore() ?? root;
}

function suiteOf(name: string, parent: Suite | undefined): Suite {
  return { parent, name, before: [], after: [], beforeEach: [], afterEach: [], begun: false };
}

function pathOf(suite: Suite): readonly Suite[] {
  return suite.parent === undefined ? [suite] : [...pathOf(suite.parent), suite];
}

async function begin(suite: Suite): Promise<void> {
  if (suite.begun) return;
  suite.begun = true;
  await inTurn(suite.before, new Context(suite.name));
}

async function inTurn(bodies: readonly Body[], context: Context): Promise<void> {
  for (const body of bodies) await body(context);
}

function read(given: Given): { name: string; options: { skip?: unknown; todo?: unknown }; body: Body | undefined } {
  const name = given.find((each) => typeof each === 'string') ?? '';
  const options = given.find((each) => typeof each === 'object') ?? {};
  return { name, options, body: given.find((each): each is Body => typeof each === 'function') };
}
