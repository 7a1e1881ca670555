import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { decode } from 'ini';
import papaparse from 'papaparse';
import { expect, test } from 'vitest';
import { fields } from '../../../../src/core/preferences/fields.ts';
import { type FormatName, formats } from '../../../../src/core/preferences/formats/formats.ts';
import { type PlainPreferences, Preferences } from '../../../../src/core/preferences/preferences.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { hostilePreferences } from '../../../support/hostile-preferences.ts';
import { independentReaders, type Values } from '../../../support/independent-readers.ts';
import { testWith } from '../../../support/machine-tools.ts';
import { preferencesWith } from '../../../support/preferences.ts';
import { tempFile } from '../../../support/temp-folder.ts';

const readable = (Object.keys(formats) as FormatName[]).filter((name) => name !== 'html');
const numRuns = 1_000;

function valuesOf({ component, connection, apiEndpoints }: PlainPreferences): Values {
  return { component, ...connection, ...apiEndpoints };
}

/** As a file is read: bytes, without their mark. */
function stored(text: string): string {
  return new TextDecoder().decode(Buffer.from(text));
}

test.each(readable)(
  '%s gives 1,000 hostile sets back to the byte to an independent reader',
  (name) => {
    fc.assert(
      fc.property(hostilePreferences, (preferences) => {
        const text = stored(formats[name].write(preferences));
        return JSON.stringify(independentReaders[name](text)) === JSON.stringify(valuesOf(preferences));
      }),
      { numRuns },
    );
  },
  240_000,
);

test('the entry sheet gives hostile sets back to an XML reader; a browser reads 10,000 elsewhere', () => {
  fc.assert(
    fc.property(hostilePreferences, (preferences) => {
      expect(independentReaders.html(formats.html.write(preferences))).toStrictEqual(valuesOf(preferences));
    }),
    { numRuns: 500 },
  );
});

const printable = [...Array(0x7f - 0x20).keys()].map((at) => String.fromCharCode(0x20 + at));
const letters = [...printable, ...'äßé日😀\u00a0＝＋－＠'];

/** Each sign at the beginning, in the middle and at the end of the secret and, where a name may have it there, of the name. */
const everySign: readonly PlainPreferences[] = letters.flatMap((sign) =>
  [`${sign}12345678`, `1234${sign}5678`, `12345678${sign}`].flatMap((clientSecret) => {
    const found = withValues({ clientSecret, fromName: clientSecret });
    return [found, withValues({ clientSecret }), withValues({ fromName: clientSecret })].filter(isAllowed);
  }),
);
const hostile = fc.sample(hostilePreferences, { numRuns: 300, seed: 8 });

function withValues(connection: Partial<PlainPreferences['connection']>): PlainPreferences {
  const plain = inClear(preferencesWith());
  return { ...plain, connection: { ...plain.connection, ...connection } };
}

function isAllowed(preferences: PlainPreferences): boolean {
  return Preferences.safeParse(preferences).success;
}

/** Reads each file of a JSON list as Python does, and prints what it found: component, connection, endpoints. */
const python = `
import csv, configparser, io, json, sys
def of_csv(text):
    return dict(csv.reader(io.StringIO(text, newline='')))
def of_ini(text):
    reader = configparser.ConfigParser(interpolation=None, delimiters=('=',), strict=True)
    reader.optionxform = str
    reader.read_string(text)
    unquoted = lambda value: json.loads(value) if value.startswith('"') else value
    return {name: unquoted(value) for part in reader.sections() for name, value in reader.items(part)}
files = json.load(sys.stdin)
json.dump([{'csv': of_csv(each['csv']), 'ini': of_ini(each['ini'])} for each in files], sys.stdout)
`;

testWith('python3')("Python's csv and configparser read every sign in every place back to the letter", () => {
  const all = [...everySign, ...hostile];
  expect(all.length).toBeGreaterThan(600);
  const files = all.map((preferences) => ({
    csv: stored(formats.csv.write(preferences)),
    ini: formats.ini.write(preferences),
  }));
  const run = spawnSync('python3', ['-c', python], {
    input: JSON.stringify(files),
    env: { ...process.env, PYTHONUTF8: '1' },
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  const read: { csv: Record<string, string>; ini: Record<string, string> }[] = JSON.parse(run.stdout);
  for (const [index, preferences] of all.entries()) {
    const wanted = valuesOf(preferences);
    expect(read[index]?.ini, 'ini').toEqual({ version: '1', ...wanted });
    const byLabel = fields.map(({ label, name }) => [label, wanted[name]]);
    expect(read[index]?.csv, 'csv').toEqual({ field: 'value', Version: '1', ...Object.fromEntries(byLabel) });
  }
});

const readings = {
  /** As our note says: both columns of type Text. */
  'as text': 'CSV:44,34,76,1,1/2/2/2',
  /** As a double click does it. */
  'as it is': 'CSV:44,34,76,1',
};

/** What a spreadsheet has in its cells, as text. */
async function cellsIn(csv: string, reading: keyof typeof readings): Promise<string[][]> {
  const file = await tempFile('preferences.csv', csv);
  const out = join(dirname(file), 'read');
  const run = spawnSync(
    'soffice',
    [
      '--headless',
      `-env:UserInstallation=${pathToFileURL(join(dirname(file), 'profile'))}`,
      `--infilter=${readings[reading]}`,
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false',
      '--outdir',
      out,
      file,
    ],
    { encoding: 'utf8' },
  );
  expect(run.status, run.stderr).toBe(0);
  return papaparse.parse<string[]>(stored(readFileSync(join(out, 'preferences.csv'), 'utf8')).trimEnd()).data;
}

/** Preferences in one file, and what is in the cells of each. */
async function readBySpreadsheet(all: readonly PlainPreferences[], reading: keyof typeof readings) {
  const text = all.map((preferences) => stored(formats.csv.write(preferences))).join('');
  const rows = await cellsIn(`\ufeff${text}`, reading);
  const rowsEach = fields.length + 2;
  expect(rows).toHaveLength(all.length * rowsEach);
  return all.map((preferences, index) => {
    const [, , ...cells] = rows.slice(index * rowsEach, (index + 1) * rowsEach);
    return {
      preferences,
      wanted: valuesOf(preferences),
      cells: new Map(cells.map(([label = '', value]) => [label, value])),
    };
  });
}

testWith('LibreOffice')(
  'a spreadsheet reads every sign in every place back to the letter, opened as text',
  async () => {
    for (const { wanted, cells } of await readBySpreadsheet([...everySign, ...hostile], 'as text'))
      for (const { label, name } of fields) expect(cells.get(label), label).toBe(wanted[name]);
  },
);

const likeSomethingElse = [
  '007',
  '1/2',
  '12:30',
  '1e5',
  '1,5',
  '10 %',
  '$5',
  '(5)',
  '5 May',
  'Jan 5',
  'true',
  '20240102',
];

testWith('LibreOffice')('where a spreadsheet alters a value, the export said so', async () => {
  const named = likeSomethingElse.map((fromName) => withValues({ fromName }));
  const read = await readBySpreadsheet([...everySign, ...hostile, ...named], 'as it is');
  const altered = read.flatMap(({ preferences, wanted, cells }) =>
    fields.flatMap(({ label, name }) =>
      cells.get(label) === wanted[name] ? [] : [{ preferences, label, value: wanted[name] }],
    ),
  );
  expect(altered.length).toBeGreaterThan(likeSomethingElse.length / 2);
  const silent = altered.filter(
    ({ preferences, label }) => !String(formats.csv.note?.(preferences)?.what).includes(label),
  );
  expect(silent.map(({ value }) => value)).toEqual([]);
});

test("npm's ini reads our INI too, but for the backslashes that it takes off", () => {
  fc.assert(
    fc.property(hostilePreferences, (preferences) => {
      const { email, connection, apiEndpoints } = decode(formats.ini.write(preferences));
      // It makes true of the word "true".
      const text = Object.entries({ ...connection, ...apiEndpoints }).map(([name, value]) => [
        name,
        `${value}`,
      ]);
      const wanted = Object.entries(valuesOf(preferences)).filter(([, value]) => !value?.includes('\\'));
      expect({ component: email.component, ...Object.fromEntries(text) }).toMatchObject(
        Object.fromEntries(wanted),
      );
    }),
    { numRuns: 1000 },
  );
});
