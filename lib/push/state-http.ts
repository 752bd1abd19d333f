/** The part of `GrafanaClient` that the state and the history need. Paths begin with `/`; an answer that is no 2xx is thrown. */
export interface StateHttp {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
  put(path: string, body: unknown): Promise<unknown>;
  delete(path: string): Promise<unknown>;
}

/** The status of a refusal; undefined where nobody answered. */
export const statusOf = (error: unknown): number | undefined => {
  const status = (error as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' ? status : undefined;
};
