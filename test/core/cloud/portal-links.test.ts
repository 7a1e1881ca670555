import { expect, test } from 'vitest';
import { type Cloud, CloudName, clouds, withPortalsOf } from '../../../src/core/cloud/clouds.ts';
import { armAdvice, armSignatures } from '../../../src/core/escrow/advice.ts';
import { entraAdvice } from '../../../src/core/words/entra.ts';
import { exchangeAdvice } from '../../../src/core/words/exchange.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { graphAdvice, graphSignatures } from '../../../src/core/words/graph.ts';
import { ownAdvice } from '../../../src/core/words/own.ts';
import { say } from '../../../src/core/words/say.ts';

const rows = [
  ...Object.values(entraAdvice),
  ...Object.values(graphAdvice),
  ...Object.values(exchangeAdvice),
  ...graphSignatures.map(({ advice }) => advice),
  ...Object.values(ownAdvice),
  ...armAdvice.values(),
  ...armSignatures.map(({ advice }) => advice),
];

test.each(CloudName.options)(
  'the advice for a customer of %s leads to no portal of another cloud',
  (cloud) => {
    const portalsOf = ({ portal, azurePortal, adminPortals }: Cloud) => [
      ...[portal, azurePortal],
      ...Object.values(adminPortals),
    ];
    const own = portalsOf(clouds[cloud]);
    const others = Object.values(clouds)
      .flatMap(portalsOf)
      .filter((portal) => !own.includes(portal));
    const read = rows.map((advice) => {
      const failure = new Failure({
        code: 'X',
        message: say`Look. ${advice.next}`,
        doing: say`test`,
        advice,
      });
      const told = withPortalsOf(cloud, failure);
      if (!(told instanceof Failure)) throw told;
      return `${told.message} ${told.advice.cause} ${told.advice.next}`;
    });
    expect(read.filter((text) => text.includes(clouds[cloud].portal)).length).toBeGreaterThan(15);
    expect(read.filter((text) => others.some((portal) => text.includes(portal)))).toEqual([]);
  },
);

test('what is no failure stays what it is', () => {
  const bug = new Error('a bug');
  expect(withPortalsOf('china', bug)).toBe(bug);
});
