import { expect, test } from 'vitest';
import { type Cloud, type CloudName, clouds } from '../../../src/core/cloud/clouds.ts';
import { signInAsApplication } from '../../../src/core/mail/application.ts';
import { checkAttachments } from '../../../src/core/mail/attachment-file.ts';
import { rangeBytes } from '../../../src/core/mail/limits.ts';
import { attachLarge } from '../../../src/core/mail/upload.ts';
import { endpointsOf } from '../../../src/core/preferences/endpoints.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { html, json, resetAfter, resetBefore } from '../../support/fault-server.ts';
import { faultyHttp } from '../../support/faulty-http.ts';
import { fileOf } from '../../support/mail-tenant.ts';
import { preferencesWith } from '../../support/preferences.ts';
import { complete, holds, type OutlookScript, outlookScript } from '../../support/scripted-outlook.ts';
import { tempFile } from '../../support/temp-folder.ts';

const size = 2 * rangeBytes + 1;
const first = `PUT bytes 0-${rangeBytes - 1}/${size}`;
const second = `PUT bytes ${rangeBytes}-${2 * rangeBytes - 1}/${size}`;
const third = `PUT bytes ${2 * rangeBytes}-${2 * rangeBytes}/${size}`;

/** Uploads a file of three parts against a script; what came of it: bytes reported, or the failure; and the log. */
async function upload(script: OutlookScript, cloud: Cloud = clouds.global) {
  const { http, clock, lines } = await faultyHttp([script.turn]);
  const { value: application } = await signInAsApplication(
    preferencesWith({}, endpointsOf(cloud)),
    http,
    undefined,
  );
  const [file] = await checkAttachments([await tempFile('big.bin', fileOf(size))]);
  if (!file) throw new Error('no file');
  const draft = { userId: 'u', id: 'm', internetMessageId: '<m>' };
  const patience = { clock, signal: undefined, patientUntil: 0 };
  const reported: number[] = [];
  try {
    for await (const step of attachLarge(http, application, draft, file, patience)) {
      if (step.state === 'progress') reported.push(step.sent);
    }
    return { reported, failure: undefined, clock, lines };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { reported, failure, clock, lines };
  }
}

test('sends part after part, without a token, and reports what the service holds', async () => {
  const script = outlookScript({ parts: [holds(rangeBytes), holds(2 * rangeBytes), complete] });
  const { reported, failure } = await upload(script);
  expect(failure).toBeUndefined();
  expect(script.asked).toEqual(['session', first, second, third]);
  expect(reported).toEqual([rangeBytes, 2 * rangeBytes]);
  expect(script.tokenSeen()).toBe(false);
});

test.each([
  ['NextExpectedRanges', ['3932160-']],
  ['nextExpectedRanges', ['3932160-7864320', '7864321-']],
  ['NEXTEXPECTEDRANGES', ['3932160']],
])('reads %s %j', async (name, ranges) => {
  const script = outlookScript({ parts: [json(200, { [name]: ranges }), holds(2 * rangeBytes), complete] });
  expect((await upload(script)).failure).toBeUndefined();
  expect(script.asked).toEqual(['session', first, second, third]);
});

test.each([
  ['the answer is lost', resetAfter],
  ['the connection breaks', resetBefore],
  ['the service fails', json(503)],
  ['a gateway gives up', json(504)],
  ['the offset is another one', json(416)],
  ['a proxy answers', html(200)],
])('asks where the service stands when %s, and goes on from there', async (_, turn) => {
  const script = outlookScript({
    parts: [turn, holds(2 * rangeBytes), complete],
    looks: [holds(rangeBytes)],
  });
  expect((await upload(script)).failure).toBeUndefined();
  expect(script.asked).toEqual(['session', first, 'GET', second, third]);
});

test('sends a part again that did not arrive', async () => {
  const parts = [resetBefore, holds(rangeBytes), holds(2 * rangeBytes), complete];
  const script = outlookScript({ parts, looks: [holds(0)] });
  expect((await upload(script)).failure).toBeUndefined();
  expect(script.asked).toEqual(['session', first, 'GET', first, second, third]);
});

test.each([404, 410, 401])('opens a new session after %s, and sends from the start', async (status) => {
  const parts = [holds(rangeBytes), json(status), holds(rangeBytes), holds(2 * rangeBytes), complete];
  const script = outlookScript({ parts });
  const { failure, clock } = await upload(script);
  expect(failure).toBeUndefined();
  expect(script.asked).toEqual(['session', first, second, 'attachments', 'session', first, second, third]);
  expect(clock.waits).toEqual([5000]);
});

test('takes the file for attached when only the last answer was lost', async () => {
  const parts = [holds(rangeBytes), holds(2 * rangeBytes), resetAfter];
  const script = outlookScript({ parts, attachments: [{ name: 'big.bin', size: size + 180 }] });
  expect((await upload(script)).failure).toBeUndefined();
  expect(script.asked).toEqual(['session', first, second, third, 'GET', 'attachments']);
});

test('does not take another attachment for it', async () => {
  const attachments = [
    { name: 'big.bin', size: 10 },
    { name: 'other.bin', size },
  ];
  const script = outlookScript({ parts: [json(404), json(404), json(404)], attachments });
  expect((await upload(script)).failure).toMatchObject({ code: 'TA-UPLOAD-STUCK' });
  expect(script.asked.filter((each) => each === 'session')).toHaveLength(3);
});

test.each([
  ['does not move four times', Array.from({ length: 5 }, () => holds(rangeBytes)), rangeBytes],
  ['goes back', [holds(rangeBytes), holds(0)], rangeBytes],
  ['claims more than there is', [holds(size + 1)], 0],
])('stops when the service %s', async (_, parts, at) => {
  const { failure } = await upload(outlookScript({ parts }));
  expect(failure).toMatchObject({
    code: 'TA-UPLOAD-STUCK',
    message: `The upload of big.bin stopped at ${at} of ${size} bytes.`,
  });
});

test.each([
  ['no range', {}],
  ['an empty list', { nextExpectedRanges: [] }],
  ['a word', { nextExpectedRanges: ['soon'] }],
  ['a negative number', { nextExpectedRanges: ['-5'] }],
])('does not guess when an answer holds %s', async (_, answer) => {
  const { failure } = await upload(outlookScript({ parts: [json(200, answer)] }));
  expect(failure).toMatchObject({ code: 'TA-ODD-ANSWER' });
});

test('gives a refusal with its advice, and never shows the upload address', async () => {
  const refused = json(413, { error: { code: 'ErrorMessageSizeExceeded', message: 'Too large.' } });
  const { failure, lines } = await upload(outlookScript({ parts: [refused] }));
  expect(failure).toMatchObject({ code: 'ErrorMessageSizeExceeded', status: 413 });
  expect(`${failure?.message} ${failure?.detail} ${lines.join(' ')}`).not.toContain('eyJcanary');
});

test.each([
  ['global', ['outlook.office.com', 'outlook.office365.com']],
  ['usgov', ['outlook.office365.us']],
  ['usgovdod', ['outlook-dod.office365.us', 'outlook.office365.us']],
  ['china', ['partner.outlook.cn']],
] satisfies [CloudName, string[]][])(
  'in %s an upload may go to Outlook at %j, and to no other host',
  async (cloud, hosts) => {
    const refused: string[] = [];
    for (const host of [
      'outlook.office.com',
      'outlook.office365.com',
      'outlook.office365.us',
      'outlook-dod.office365.us',
      'partner.outlook.cn',
    ]) {
      const script = outlookScript({ session: { uploadUrl: `https://${host}/upload` }, parts: [complete] });
      const { failure } = await upload(script, clouds[cloud]);
      if (failure?.code === 'TA-UNTRUSTED-HOST') refused.push(host);
    }
    expect(refused.filter((host) => hosts.includes(host))).toEqual([]);
    expect(refused).toHaveLength(5 - hosts.length);
  },
);

test.each([
  'https://evil.example/upload?authtoken=eyJcanary',
  'http://outlook.office.com/upload',
  'https://outlook.office.com.evil.example/upload',
  'https://outlook.office.com@evil.example/upload',
  'https://outlook.office.com:8443/upload',
  'https://graph.microsoft.com/v1.0/me',
  'https://outlook.office365.us/upload',
  'nonsense',
])('sends no byte to %s', async (uploadUrl) => {
  const script = outlookScript({ session: { uploadUrl }, parts: [complete] });
  const { failure } = await upload(script);
  expect(failure).toMatchObject({ code: 'TA-UNTRUSTED-HOST' });
  const host = URL.canParse(uploadUrl) ? new URL(uploadUrl).host : 'no valid host';
  expect(failure?.message).toContain(`The upload address points to ${host}, which`);
  expect(String(failure?.advice.next)).toContain('Report the name of this host');
  expect(failure?.message).not.toContain('eyJcanary');
  expect(script.asked).toEqual(['session']);
});
