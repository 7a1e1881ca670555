import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import { ask } from './ask.ts';
import type { Graph } from './graph.ts';

const maxPages = 200;

/** All objects of a list, page by page. A link that leaves this Graph, comes twice or never ends is a Failure. */
export async function readAll<T extends z.core.$ZodType>(
  graph: Graph,
  path: string,
  schema: T,
  doing: string,
  signal: AbortSignal | undefined,
): Promise<z.output<T>[]> {
  const page = z.object({ value: z.array(schema), '@odata.nextLink': z.optional(z.string()) });
  const all: z.output<T>[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = path; next !== undefined; ) {
    if (seen.has(next) || seen.size >= maxPages) throw errors.oddAnswer(doing, { path: '@odata.nextLink' });
    seen.add(next);
    const found: z.output<typeof page> = await ask(
      graph,
      { method: 'GET', path: next, replay: 'safe' },
      page,
      doing,
      signal,
    );
    all.push(...found.value);
    next = nextPath(graph, found['@odata.nextLink']);
  }
  return all;
}

function nextPath(graph: Graph, link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  if (!link.startsWith(`${graph.base}/`))
    throw errors.untrustedHost('The link to the next page', hostOf(link));
  return link.slice(graph.base.length);
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).host : 'no valid address';
}
