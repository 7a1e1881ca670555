import { domainToASCII } from 'node:url';

/** An international domain in the ASCII form in which directories keep it. Only letters and digits are put over. */
export function asciiDomain(domain: string): string {
  return /[^ -~]/.test(domain) && /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) ? domainToASCII(domain) : domain;
}
