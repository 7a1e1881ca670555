import * as vscode from 'vscode';
import type { Action, StageName } from '../../contract/set-up.ts';
import type { RunState } from '../set-up/run-state.ts';

/** A piece of work on one customer. It goes on whether a page shows it or not. */
export interface OpenRun {
  state(): RunState;
  /** Whether it has not ended. */
  isLive(): boolean;
  /** What a person pressed; nothing where this run does not wait for it. */
  press(action: Action): void;
}

/** The last piece of work on each customer of this window, ended or not. */
export interface Runs extends vscode.Disposable {
  of(customer: vscode.Uri): OpenRun | undefined;
  put(customer: vscode.Uri, run: OpenRun | undefined): void;
  changed(customer: vscode.Uri): void;
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** Whether the failure is to be seen on a page, and of which customer. */
  customerOf(failure: unknown): vscode.Uri | undefined;
}

export function createRuns(): Runs {
  const emitter = new vscode.EventEmitter<vscode.Uri>();
  const runs = new Map<string, { readonly customer: vscode.Uri; readonly run: OpenRun }>();
  return {
    of: (customer) => runs.get(customer.toString())?.run,
    put(customer, run) {
      if (run) runs.set(customer.toString(), { customer, run });
      else runs.delete(customer.toString());
      emitter.fire(customer);
    },
    changed: (customer) => emitter.fire(customer),
    onDidChange: emitter.event,
    customerOf(failure) {
      const found = [...runs.values()].find(({ run }) => {
        const { end } = run.state();
        return end !== undefined && 'failure' in end && end.failure === failure;
      });
      return found?.customer;
    },
    dispose() {
      const left = [...runs.values()];
      // What ends from here on was cut off.
      runs.clear();
      for (const { run } of left) run.press('cancel');
      emitter.dispose();
    },
  };
}

export const pageType = 'taExchange.setUp';

/** Not contributed: reaches the pages of the window from anywhere. */
export const openPageCommand = '_taExchange.openSetUpPage';

/** Opens the page of a customer, or brings it to the front; without one, that of a new customer. */
export async function openSetUpPage(customer?: vscode.Uri, stage?: StageName): Promise<void> {
  await vscode.commands.executeCommand(openPageCommand, customer, stage);
}

/** Not contributed: reaches the one form of the window from anywhere. */
export const openFormCommand = '_taExchange.openForm';

/** Opens the form, or brings it to the front; `customer`: the customer file to choose. */
export async function openForm(customer: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand(openFormCommand, customer);
}
