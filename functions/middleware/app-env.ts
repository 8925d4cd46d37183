/** What middleware leaves for the handlers behind it. */
export interface AppEnv {
  Variables: { requestId: string };
}
