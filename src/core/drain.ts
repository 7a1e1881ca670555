/** Runs a generator of core to its end, showing what it yields, and gives what it returns. Where showing fails it is closed. */
export async function drain<Event, Result>(
  story: AsyncGenerator<Event, Result>,
  show: (event: Event) => Promise<void> | void = () => {},
): Promise<Result> {
  try {
    let step = await story.next();
    for (; !step.done; step = await story.next()) await show(step.value);
    return step.value;
  } catch (cause) {
    await story.throw(cause);
    throw cause;
  }
}
