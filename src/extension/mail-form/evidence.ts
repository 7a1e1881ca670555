import type { RunView, StepView } from '../../contract/run-view.ts';

/** The mail's way as text for a ticket: times, statuses and ids; people only by their domain. English, as support reads it. */
export function mailEvidence(run: RunView, { tenant, client }: { tenant: string; client: string }): string {
  const { customerName, code, startedAt, steps, recipients, messageId, verdict, failure } = run;
  const masked = [
    'T&A test email',
    `Customer: ${customerName}`,
    `Tenant id: ${tenant}`,
    `Client id: ${client}`,
    `Started: ${instant(startedAt)}`,
    `Receipt code: ${code}`,
    `Result: ${verdict ?? 'still under way'}`,
    ...steps.map((step) => `${instant(step.startedAt)} ${stepLine(step)}`),
    ...recipients.map(({ address, outcome }) => `Recipient ${address}: ${outcome}`),
    ...(failure ? failureLines(failure) : []),
  ].map(maskPeople);
  const trace = messageId === undefined ? [] : [`Message ID: ${messageId}`];
  return `${[...masked, ...trace].join('\n')}\n`;
}

function stepLine({ step, state, name, total, status, requestId, ms }: StepView): string {
  const facts = [
    name && `${name}, ${total} bytes`,
    status !== undefined && `HTTP ${status}`,
    ms !== undefined && `${ms} ms`,
    requestId && `request id ${requestId}`,
  ].filter(Boolean);
  return `${step}: ${[state, ...facts].join(', ')}`;
}

function failureLines({ code, message, cause, who, next, status, requestId, detail }: Failed): string[] {
  const lines = [
    `Failure: ${message}`,
    `Code: ${code}`,
    `Cause: ${cause}`,
    `Action for: ${who}`,
    `What to do: ${next}`,
  ];
  if (status !== undefined) lines.push(`HTTP status: ${status}`);
  if (requestId !== undefined) lines.push(`Request ID: ${requestId}`);
  if (detail !== undefined) lines.push(`Said: ${detail}`);
  return lines;
}
type Failed = NonNullable<RunView['failure']>;

function instant(at: number): string {
  return new Date(at).toISOString();
}

/** `robin@contoso.com` -> `r***@contoso.com`, wherever an address stands. */
function maskPeople(line: string): string {
  return line.replace(/([^\s@<>"(),;:])[^\s@<>"(),;:]*@/gu, '$1***@');
}
