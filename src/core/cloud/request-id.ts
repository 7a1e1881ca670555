/** Graph says `request-id`, Entra `x-ms-request-id`. Support can find a request by it. */
export function requestIdOf(header: (name: string) => string | undefined): string | undefined {
  return header('request-id') ?? header('x-ms-request-id');
}
