import ical, { ICalAlarmType, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator';
import { dayMs, dayOf } from '../words/moment.ts';
import { plain } from '../words/say.ts';
import type { Facts } from './facts.ts';
import type { Texts } from './texts.ts';

/** Noon of the day before. */
const alarmSeconds = 12 * 60 * 60;

/**
 * Calendar entries (RFC 5545) some days before the client secret expires, those still to come; `undefined` where there
 * are none. They are whole days, the same in every time zone. Another hand-over of the same app changes the entries of
 * the one before instead of adding to them: the UIDs stay, and SEQUENCE, minutes since 1970, grows. There is no METHOD: it
 * would want an ORGANIZER (RFC 5546 3.2.1), and these are no one's invitation.
 */
export function makeReminders(facts: Facts, { reminders: t }: Texts): string | undefined {
  const { customer, record, application, expiresAt, writtenAt, remindsBefore } = facts;
  if (expiresAt === undefined || remindsBefore.length === 0) return undefined;
  const title = record.kind === 'practice' ? t.practiceTitle : t.title;
  const calendar = ical({ prodId: '//ta-exchange//hand-over//EN' });
  for (const days of remindsBefore) {
    const event = calendar.createEvent({
      id: `${application.clientId}-${days}-days@ta-exchange`,
      sequence: Math.floor(writtenAt / 60_000),
      stamp: new Date(writtenAt),
      start: new Date(dayOf(expiresAt - days * dayMs)),
      allDay: true,
      timezone: 'UTC',
      summary: title(plain(customer.name), days),
      description: t.text(dayOf(expiresAt), application.clientId),
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    });
    event.createAlarm({ type: ICalAlarmType.display, triggerBefore: alarmSeconds });
  }
  // The last line is a line too (RFC 5545 3.1).
  return `${calendar.toString()}\r\n`;
}
