import ical, {
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { plain } from '../advice/plain.ts';
import { dateOf, dayMs } from './dates.ts';
import type { Facts } from './facts.ts';
import type { Texts } from './texts.ts';

const daysBefore = [60, 30, 7];

/** Noon of the day before. */
const alarmSeconds = 12 * 60 * 60;

/**
 * Calendar entries (RFC 5545) some days before the client secret expires, those still to come; `undefined` where there
 * are none. They are whole days, the same in every time zone. Another hand-over of the same app changes the entries of
 * the one before instead of adding to them: the UIDs stay, and SEQUENCE, minutes since 1970, grows.
 */
export function makeReminders(facts: Facts, { reminders: t }: Texts): string | undefined {
  const { customer, application, expiresAt, writtenAt } = facts;
  if (expiresAt === undefined) return undefined;
  const coming = daysBefore.filter((days) => dateOf(expiresAt - days * dayMs) > dateOf(writtenAt));
  if (coming.length === 0) return undefined;
  const calendar = ical({ method: ICalCalendarMethod.PUBLISH, prodId: '//ta-exchange//hand-over//EN' });
  for (const days of coming) {
    const event = calendar.createEvent({
      id: `${application.clientId}-${days}-days@ta-exchange`,
      sequence: Math.floor(writtenAt / 60_000),
      stamp: new Date(writtenAt),
      start: new Date(dateOf(expiresAt - days * dayMs)),
      allDay: true,
      timezone: 'UTC',
      summary: t.title(plain(customer.name), days),
      description: t.text(dateOf(expiresAt), application.clientId),
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    });
    event.createAlarm({ type: ICalAlarmType.display, triggerBefore: alarmSeconds });
  }
  return calendar.toString();
}
