import fc from 'fast-check';
import { decode } from 'ini';
import papaparse from 'papaparse';
import { expect, test } from 'vitest';
import { parseShape } from '../../../../src/core/files/read-json.ts';
import { type FormatName, formats } from '../../../../src/core/preferences/formats/formats.ts';
import { IncomingPreferences, type PlainPreferences } from '../../../../src/core/preferences/preferences.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { hostilePreferences } from '../../../support/hostile-preferences.ts';
import { independentReaders, type Values } from '../../../support/independent-readers.ts';
import { preferencesWith } from '../../../support/preferences.ts';

const readable = (Object.keys(formats) as FormatName[]).filter((name) => name !== 'html');
const numRuns = 10_000;

function valuesOf({ component, connection, apiEndpoints }: PlainPreferences): Values {
  return { component, ...connection, ...apiEndpoints };
}

/** As a file is read: bytes, without their mark. */
function stored(text: string): string {
  return new TextDecoder().decode(Buffer.from(text));
}

test.each(readable)(
  '%s gives 10,000 hostile sets back to the byte, to us and to an independent reader',
  async (name) => {
    const { read, write } = await formats[name].load();
    fc.assert(
      fc.property(hostilePreferences, (preferences) => {
        const text = stored(write(preferences));
        const ours = JSON.stringify(read?.(text, 'a')) === JSON.stringify(preferences);
        const theirs =
          JSON.stringify(independentReaders[name](text)) === JSON.stringify(valuesOf(preferences));
        return ours && theirs;
      }),
      { numRuns },
    );
  },
  240_000,
);

test('the entry sheet gives hostile sets back to an XML reader; a browser reads 10,000 elsewhere', async () => {
  const { write } = await formats.html.load();
  fc.assert(
    fc.property(hostilePreferences, (preferences) => {
      expect(independentReaders.html(write(preferences))).toStrictEqual(valuesOf(preferences));
    }),
    { numRuns: 500 },
  );
});

test("npm's ini reads our INI too", async () => {
  const { write } = await formats.ini.load();
  fc.assert(
    fc.property(hostilePreferences, (preferences) => {
      const { email, connection, apiEndpoints } = decode(write(preferences));
      // It makes true of the word "true".
      const text = Object.entries({ ...connection, ...apiEndpoints }).map(([name, value]) => [
        name,
        `${value}`,
      ]);
      expect({ component: email.component, ...Object.fromEntries(text) }).toEqual(valuesOf(preferences));
    }),
    { numRuns: 1000 },
  );
});

test.each([',', ';', '\t', '|'])(
  'no cell of the CSV begins a formula where the separator is %j',
  async (separator) => {
    const { write } = await formats.csv.load();
    fc.assert(
      fc.property(hostilePreferences, (preferences) => {
        const text = stored(write(preferences));
        const { data } = papaparse.parse<string[]>(text, { delimiter: separator });
        const torn = text.split(/\r\n/).flatMap((line) => line.split(separator));
        expect([...data.flat(), ...torn].filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  },
);

test.each(readable)('%s cut off at any place is refused, and no message quotes a value', async (name) => {
  const { read, write } = await formats[name].load();
  const whole = stored(write(inClear(preferencesWith())));
  const end = name === 'ini' || name === 'csv' ? whole.length : whole.trimEnd().length;
  for (let length = 0; length < end; length += 1) {
    const cut = () => parseShape(read?.(whole.slice(0, length), 'a'), IncomingPreferences, 'a');
    expect(cut, `cut off after ${length}`).toThrow(
      /^a(?:, [^:]*)?: expected (?!.*(?:Xy8Q|Contoso|2b4e28ba))/,
    );
  }
});
