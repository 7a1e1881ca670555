/** The questions of a terminal. Loaded by whoever asks one; what is not named here is not in the package. */
export { confirm, isCancel, password, select, text } from '@clack/prompts';
