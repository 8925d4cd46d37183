/** A request as a fault hook sees it. */
export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * What goes wrong instead of, or during, the answer: another answer; a connection broken at once; a request that is never
 * answered; or a connection broken after so many bytes of the body, in the middle of a line if that is where they end.
 */
export type Fault =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly cutAfterBytes: number }
  | 'destroy'
  | 'hang';

/** Asked for each request; undefined leaves it alone. */
export type FaultHook = (request: FaultRequest) => Fault | undefined;
