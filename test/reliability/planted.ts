/** A bug as somebody might make it, and the test that has to notice. */
export interface Planted {
  readonly bug: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
  /** File, and the beginning of the test's name. */
  readonly caughtBy: readonly [file: string, test: string];
}

export const planted: readonly Planted[] = [
  {
    bug: 'a file is put in place before it is on the disk',
    file: 'src/core/files/atomic-write.ts',
    from: '  if (durable) await file.sync();\n',
    to: '',
    caughtBy: ['test/reliability/disk.test.ts', 'what is put in place is on the disk'],
  },
  {
    bug: 'after a lost answer it is sent again without a look',
    file: 'src/core/mail/create-once.ts',
    from: 'const found = last && (await find().catch(stillOpen));',
    to: 'const found = last && round > 9 ? await find().catch(stillOpen) : undefined;',
    caughtBy: ['test/core/mail/create-once.test.ts', ''],
  },
  {
    bug: 'temporary files of killed runs stay',
    file: 'src/core/files/leftovers.ts',
    from: '    await rm(file, { recursive: true, force: true })',
    to: '    await stat(file)',
    caughtBy: ['test/core/files/leftovers.test.ts', ''],
  },
  {
    bug: 'the practice tenant answers to any name',
    file: 'src/practice/tenant.ts',
    from: '?? refuseHost;',
    to: "?? hosts.get('graph.microsoft.com') ?? refuseHost;",
    caughtBy: ['test/practice/serve.test.ts', ''],
  },
  {
    bug: 'a time to wait is believed however short',
    file: 'src/core/cloud/headers.ts',
    from: 'return Math.min(maxMs, Math.max(minMs, Math.ceil(ms)));',
    to: 'return Math.min(maxMs, Math.ceil(ms));',
    caughtBy: ['test/core/cloud/headers.test.ts', ''],
  },
  {
    bug: 'the old file goes before the new secret is proved',
    file: 'src/core/stories/prove-and-send.ts',
    from: '  yield* proveOnce(job, ports, recordFile);',
    to: '  await job.file.dropOld();\n  yield* proveOnce(job, ports, recordFile);',
    caughtBy: ['test/core/preferences/old-file-onboarding.test.ts', ''],
  },
  {
    bug: 'a whole error object is logged',
    file: 'src/core/cloud/log-policy.ts',
    from: '      throw error;',
    to: '      log.debug(JSON.stringify([request.body, request.headers.toJSON()]));\n      throw error;',
    caughtBy: ['test/core/cloud/pipeline-secrets.test.ts', ''],
  },
  {
    bug: 'a name of the tenant becomes markup',
    file: 'webview/element.ts',
    from: 'target.replaceChildren(...wordsOf(text));',
    to: 'target.innerHTML = text;',
    caughtBy: ['test/webview/kit.test.ts', 'no source makes elements out of text'],
  },
  {
    bug: 'a host is compared by its end',
    file: 'src/core/cloud/trusted-url.ts',
    from: '&& isAsWritten(text, host)) return url;',
    to: '|| url?.hostname.endsWith(host)) return url;',
    caughtBy: ['test/core/cloud/trusted-url.test.ts', 'refuses'],
  },
  {
    bug: 'the lock of a dead process holds for ever',
    file: 'src/core/customer/lock.ts',
    from: '  if (!found || found.live) return;',
    to: '  if (!found || found.text) return;',
    caughtBy: ['test/core/customer/lock.test.ts', 'a lock of a dead process'],
  },
  {
    bug: 'an application is adopted whatever it carries',
    file: 'src/core/setup/strangers.ts',
    from: '  return found.map(({ text }) => text);',
    to: '  return found.slice(found.length).map(({ text }) => text);',
    caughtBy: ['test/core/stories/adopt.test.ts', ''],
  },
  {
    bug: 'an upload begins again after a lost part',
    file: 'src/core/mail/upload.ts',
    from: 'if (now && moved(now)) return { settled: now };',
    to: 'if (now && moved(now)) return { settled: { ...now, position: 0 } };',
    caughtBy: ['test/core/mail/upload.test.ts', ''],
  },
  {
    bug: 'the tenant of a token is not compared',
    file: 'src/core/cloud/graph-client.ts',
    from: 'if (found?.toLowerCase() !== tenantId.toLowerCase())',
    to: 'if (found === tenantId.toLowerCase().slice(1))',
    caughtBy: ['test/core/cloud/graph-client.test.ts', ''],
  },
  {
    bug: 'a stop does not reach the request under way',
    file: 'src/core/cloud/one-try.ts',
    from: '...(request.signal === undefined ? {} : { abortSignal: request.signal }),',
    to: '',
    caughtBy: ['test/core/cloud/pipeline-cancel.test.ts', ''],
  },
];
