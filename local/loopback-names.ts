/**
 * RFC 6761: every name below `localhost` is loopback. Not every resolver knows; this process does after importing
 * this file. Local runs give each simulated vendor a name of its own (`graph.localhost`), as in production.
 */
import dns from 'node:dns';

type Lookup = (name: string, options: unknown, done?: unknown) => unknown;

const original = dns.lookup as unknown as Lookup;

function lookup(name: string, options: unknown, done?: unknown): unknown {
  return original(/(^|\.)localhost\.?$/i.test(name) ? '127.0.0.1' : name, options, done);
}

dns.lookup = lookup as typeof dns.lookup;
