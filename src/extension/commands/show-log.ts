import type { Command } from '../commands.ts';

export const showLog: Command = async ({ log }) => log.show();
