import type { RunView } from '../../src/contract/run-view.ts';

/** A run that has just begun. */
export function blankRun(part: Partial<RunView> = {}): RunView {
  return {
    id: 'run-1',
    customer: 'contoso',
    customerName: 'Contoso Ltd',
    code: 'TA-7K3Q-9F',
    startedAt: 0,
    steps: [],
    recipients: [],
    ...part,
  };
}
