/** What a browser keeps in place of a credential. */
export interface Sessions {
  readonly lifetimeMs: number;
  seal(credential: string): Promise<string>;
  /** @returns the credential, or undefined when the session has ended or is none */
  open(token: string): Promise<string | undefined>;
}
