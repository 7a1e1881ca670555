import * as z from 'zod/mini';
import { bodyOf, type Question } from './question.ts';

export interface Organization {
  readonly id: string;
  readonly displayName: string;
  readonly defaultDomain: string;
  readonly domains: readonly string[];
}

const Body = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean() })),
    }),
  ),
});

export const organization: Question<Organization | undefined> = {
  path: '/organization?$select=id,displayName,verifiedDomains',
  read(answer) {
    const [found] = bodyOf(answer, Body).value;
    if (!found) return undefined;
    const { id, displayName, verifiedDomains } = found;
    const domains = verifiedDomains.map(({ name }) => name);
    const defaultDomain = verifiedDomains.find(({ isDefault }) => isDefault)?.name ?? domains[0] ?? id;
    return { id, displayName, defaultDomain, domains };
  },
};
