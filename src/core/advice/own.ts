import type { Advice } from './failure.ts';
import { row } from './row.ts';

/** Advice for our own codes: failures that no service of Microsoft reported. */
export const ownAdvice = {
  'TA-WRONG-TENANT': row(
    'The sign-in belongs to another tenant than the one in the customer file.',
    'you',
    "Sign out, then sign in again with an admin account of the customer's own tenant. If the customer file names the wrong tenant, correct it first.",
  ),
  'TA-CANCELLED': row(
    'The run was stopped on request.',
    'you',
    'Run the same command again. It looks at what exists and does only what is left.',
  ),
  'TA-BUSY': row(
    'Two runs on one customer at the same time would make things twice.',
    'you',
    'Wait until the other run has ended, or end it. A lock left behind by a crash on this computer does not count; one of another computer does for two minutes.',
  ),
  'TA-LOCK-LOST': row(
    'Nothing was heard of this run for minutes, for example because this computer slept, and a run on another computer began.',
    'you',
    'Wait until the other run has ended. Then run the same command again: it looks at what exists and does only what is left.',
  ),
  'TA-NO-CONNECTION': row(
    'No connection to Microsoft could be made, so nothing was sent.',
    'the network team',
    'Check that this computer is online and that its firewall or proxy lets HTTPS (port 443) through to the host named above. Then run the same command again.',
    'ours',
  ),
  'TA-NO-ANSWER': row(
    'The request was sent, but the connection broke or stayed silent before an answer came.',
    'you',
    'Run the same command again. It first looks whether the request was carried out, so that nothing is made twice.',
    'ours',
  ),
  'TA-UNTRUSTED-CERTIFICATE': row(
    'The server showed a certificate that this computer does not trust. Often a company proxy opens encrypted traffic.',
    'the network team',
    'Ask for the root certificate of the proxy as a PEM file and set the environment variable NODE_EXTRA_CA_CERTS to its path, or have Microsoft sign-in and Graph hosts excluded from inspection. Also check the clock of this computer.',
  ),
  'TA-CERTIFICATE-CHECK-OFF': row(
    'The environment variable NODE_TLS_REJECT_UNAUTHORIZED is 0, which turns certificate checks off. Secrets are not sent that way.',
    'you',
    'Remove NODE_TLS_REJECT_UNAUTHORIZED from the environment. If a company proxy needs its own root certificate, set NODE_EXTRA_CA_CERTS to the PEM file instead.',
  ),
  'TA-BAD-PROXY': row(
    'The proxy address in the environment is not a URL.',
    'you',
    'Set HTTPS_PROXY to an address such as http://proxy.example.com:8080, or remove it.',
  ),
  'TA-SOMETHING-BETWEEN': row(
    'A device between this computer and Microsoft answered in place of Microsoft: a proxy, a firewall or the sign-in page of a guest network.',
    'the network team',
    'Open a web page in the browser and pass any network sign-in. Behind a proxy, set HTTPS_PROXY and ask for access to login.microsoftonline.com and graph.microsoft.com. Then run the same command again.',
  ),
  'TA-ODD-ANSWER': row(
    'Microsoft answered with something this tool cannot read.',
    'you',
    'Run the same command again. If it stays so, report the request id and the version of this tool.',
  ),
  'TA-ANSWER-TOO-LARGE': row(
    'The answer is larger than any real answer of Microsoft to this request.',
    'the network team',
    'Check for a proxy that alters traffic. Then run the same command again.',
  ),
  'TA-BAD-INPUT': row(
    'A value in a file is missing or wrong. Nothing was changed.',
    'you',
    'Correct the value named above and run the same command again.',
  ),
  'TA-FILE-MISSING': row(
    'The file does not exist. Nothing was changed.',
    'you',
    'Check the path and the name of the file.',
  ),
  'TA-CANNOT-READ': row(
    'This computer did not let the tool look at the file, so the tool does not know what it contains, or whether it exists.',
    'you',
    'Make sure that your account can read the file and its folder, and that the drive is connected. Then run the same command again.',
  ),
  'TA-CANNOT-WRITE': row(
    'The file cannot be written.',
    'you',
    'Choose a folder that exists, that you may write to and that has free space. Close the file if another program has it open.',
  ),
  'TA-PATH-OUTSIDE': row(
    'A record can come from someone else. If its paths counted, it could have the client secret written to any place, or read from it.',
    'you',
    'If you chose that place yourself, name it again: --preferences FILE on the command line, Choose File in VS Code. Otherwise do not use this record.',
  ),
  'TA-UNTRUSTED-HOST': row(
    'An address points to a host that is not one of the Microsoft hosts of this cloud. Nothing was sent to it.',
    'you',
    'Do not go on with the file or sign-in that brought this address. Take the values from the T&A article, or make the file anew with this tool.',
  ),
  'TA-TENANT-NOT-FOUND': row(
    'Microsoft knows no tenant with this domain or id in this cloud.',
    'you',
    'Check the spelling. The Tenant ID is at https://entra.microsoft.com under Overview. A US Government or China tenant needs its own cloud in the customer file.',
  ),
  'TA-TIMED-OUT': row(
    'The expected state did not come within the time allowed. Microsoft spreads changes over its data centres, which can take minutes.',
    'you',
    'Wait five minutes and run the same command again. It continues where it stopped.',
  ),
} as const satisfies Readonly<Record<string, Advice>>;

export type OwnCode = keyof typeof ownAdvice;
