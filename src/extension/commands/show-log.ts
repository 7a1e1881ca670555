import type { Command } from '../shell/shell.ts';

export const showLog: Command = async ({ log }) => log.show();
