import { fieldWords, Repeat, repeat } from './faces.ts';
import { type Advice, row } from './failure.ts';
import { inTerminal, say } from './say.ts';

/** Advice for our own codes: failures that no service of Microsoft reported. */
export const ownAdvice = {
  'TA-WRONG-TENANT': row(
    say`You signed in to a tenant that is not the one in the customer file.`,
    'you',
    say`Sign out, then sign in again with an administrator account of the customer's own tenant. If the customer file names the wrong tenant, correct it first.`,
  ),
  'TA-CANCELLED': row(say`You stopped the run.`, 'you', say`${Repeat}. It continues with what is left.`),
  'TA-BUSY': row(
    say`Two runs for one customer at the same time would create things twice.`,
    'you',
    say`Wait until the other run has ended, or stop it. If it crashed on another computer, its lock expires after two minutes.`,
  ),
  'TA-LOCK-LOST': row(
    say`This run was silent for minutes, for example because this computer was asleep. In the meantime a run on another computer started.`,
    'you',
    say`Wait until the other run has ended. Then ${repeat}: it looks at what exists and does only what is left.`,
  ),
  'TA-NO-CONNECTION': row(
    say`This computer could not connect to Microsoft, so nothing was sent.`,
    'the network team',
    say`Check that this computer is online and that its firewall or proxy allows HTTPS (port 443) to this host. Then ${repeat}.`,
    'ours',
  ),
  'TA-NO-ANSWER': row(
    say`The request was sent, but the connection failed before an answer came.`,
    'you',
    say`${Repeat}. It checks first what Microsoft did, so that nothing is created twice.`,
    'ours',
  ),
  'TA-UNTRUSTED-CERTIFICATE': row(
    say`This computer does not trust the server's certificate. Often a company proxy inspects encrypted traffic.`,
    'the network team',
    say`Set the environment variable NODE_EXTRA_CA_CERTS to the path of the proxy's root certificate (a PEM file), or exclude Microsoft's sign-in and Graph hosts from inspection. Also check the clock of this computer.`,
  ),
  'TA-CERTIFICATE-CHECK-OFF': row(
    say`The environment variable NODE_TLS_REJECT_UNAUTHORIZED is 0, which turns off certificate checks. This tool does not send secrets without them.`,
    'you',
    say`Remove NODE_TLS_REJECT_UNAUTHORIZED from the environment. If a company proxy needs its own root certificate, set NODE_EXTRA_CA_CERTS to the PEM file instead.`,
  ),
  'TA-BAD-PROXY': row(
    say`This tool can use HTTP proxies only, by an address such as http://proxy.example.com:8080 or proxy.example.com:8080. Scripts for automatic configuration (PAC) and SOCKS proxies are not supported.`,
    'you',
    say`Set this environment variable to the address of an HTTP proxy, or remove it. In a password, percent-encode special characters.`,
  ),
  'TA-PROXY': row(
    say`The proxy that is set in the environment did not let the request through. Nothing was sent to Microsoft.`,
    'the network team',
    say`Check the address in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, and that the proxy allows HTTPS (CONNECT, port 443) to Microsoft's hosts. If it asks for a password (HTTP 407), set HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT. Then ${repeat}.`,
  ),
  'TA-SOMETHING-BETWEEN': row(
    say`A proxy, a firewall or the sign-in page of a guest network answered instead of Microsoft.`,
    'the network team',
    say`Open a web page in the browser and sign in to the network if asked. Behind a proxy, set HTTPS_PROXY and allow login.microsoftonline.com and graph.microsoft.com. Then ${repeat}.`,
  ),
  'TA-ERROR-PAGE': row(
    say`A service at Microsoft is down, or a proxy on the way reports an error. The page does not say which.`,
    'you',
    say`Check https://status.cloud.microsoft, wait five minutes and ${repeat}. If it fails again, ask the network team whether a proxy sent the page.`,
  ),
  'TA-ODD-ANSWER': row(
    say`The answer is not in the form that Microsoft documents.`,
    'you',
    say`${Repeat}. If it fails again, report the request id and the version of this tool.`,
  ),
  'TA-ANSWER-TOO-LARGE': row(
    say`Microsoft's answers to this request are never this large.`,
    'the network team',
    say`Look for a proxy that changes traffic. Then ${repeat}.`,
  ),
  'TA-BAD-INPUT': row(
    say`A value in a file is missing or wrong.`,
    'you',
    say`Correct this value and ${repeat}.`,
  ),
  'TA-FILE-MISSING': row(say`No file has this name.`, 'you', say`Check the path and the name of the file.`),
  'TA-CANNOT-READ': row(
    say`This computer denies access, or the path is longer than it allows. This tool cannot tell whether the file or folder exists.`,
    'you',
    say`Make sure that your account can read it and the folder that it is in, and that the drive is connected. Then ${repeat}.`,
  ),
  'TA-CANNOT-WRITE': row(
    say`This computer did not let this tool write the file.`,
    'you',
    say`Choose a folder that exists, that you can write to and that has free space. Close the file if another program has it open.`,
  ),
  'TA-PATH-OUTSIDE': row(
    say`A record can come from someone else. Its paths could send the client secret to any place, or read it from there.`,
    'you',
    say`If you chose that place, name it again: ${inTerminal`--preferences FILE on the command line, `}Choose File in VS Code. Otherwise do not use this record.`,
  ),
  'TA-UNTRUSTED-HOST': row(
    say`Only Microsoft's hosts of this cloud are allowed. Nothing was sent to this one.`,
    'you',
    say`Do not use the file or sign-in that contains this address. Take the values from the T&A article, or create the file again with this tool.`,
  ),
  'TA-TENANT-NOT-FOUND': row(
    say`Microsoft does not find a tenant with this domain or id in this cloud.`,
    'you',
    say`Check the spelling. The Tenant ID is at https://entra.microsoft.com under Overview. For US Government or China, set ${fieldWords.cloud} ${fieldWords.place}.`,
  ),
  'TA-TIMED-OUT': row(
    say`It can take minutes for a change to reach all of Microsoft's data centres.`,
    'you',
    say`Wait five minutes and ${repeat}. It continues where it stopped.`,
  ),
} as const satisfies Readonly<Record<string, Advice>>;

export type OwnCode = keyof typeof ownAdvice;
