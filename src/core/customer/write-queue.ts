/** The writes of a run: one after the other, and none once the run is over. */
export interface WriteQueue {
  /** Resolves when the work is done; left out once the run is over. */
  take(work: () => Promise<void>): Promise<void>;
  /** Waits for the last one. What a branch of the run that nobody waits for wants to write then would be in the next run's way. */
  end(): Promise<void>;
}

export function createWriteQueue(): WriteQueue {
  let last = Promise.resolve();
  let over = false;
  return {
    take(work) {
      if (over) return Promise.resolve();
      last = last.catch(() => undefined).then(work);
      return last;
    },
    async end() {
      for (let seen: Promise<void> | undefined; seen !== last; await seen.catch(() => undefined)) seen = last;
      over = true;
    },
  };
}
