import * as vscode from 'vscode';
import { clouds } from '../../core/cloud/clouds.ts';
import type { Customer } from '../../core/customer/customer.ts';
import type { Session } from '../../core/sign-in/session.ts';
import { signIn } from '../../core/sign-in/sign-in.ts';
import type { Ports } from '../ports.ts';
import type { RunningPractice } from '../practice-room.ts';

/** Shows the device code with its countdown until the admin has signed in. */
export async function askAdmin(
  customer: Customer,
  tenant: string,
  ports: Ports,
  practice: RunningPractice | undefined,
): Promise<Session> {
  return await signIn({
    ...ports,
    cloud: clouds[customer.cloud],
    tenant,
    way: 'device code',
    showCode: ({ userCode, verificationUri }) =>
      void vscode.window.showInformationMessage(
        `${practice ? `${practice.origin}/devicelogin` : verificationUri}: ${userCode}`,
      ),
  });
}
