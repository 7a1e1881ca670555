import { expect, test } from 'vitest';
import { xml } from '../../../../src/core/preferences/formats/formats.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';

test('looks as a person would write it', () => {
  const text = xml.write(inClear(preferencesWith()));
  expect(text).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<emailPreferences>\n {2}<email>\n {4}<version>1<\/version>\n {4}<component>EXCH/,
  );
  expect(text).toContain('<fromName>Contoso Time &amp; Attendance</fromName>');
});
