import type { Labels } from './prometheus';

/** An alert as Alertmanager holds it. */
export interface HeldAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly status: { readonly state: 'active' | 'suppressed' | 'unprocessed' };
  readonly receivers: readonly { readonly name: string }[];
}

/** What fires, as the Alertmanager at `url` knows it; what ended is not in it. */
export const fetchAlerts = async (url: string): Promise<readonly HeldAlert[]> => {
  const response = await fetch(`${url}/api/v2/alerts`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${url}/api/v2/alerts answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as readonly HeldAlert[];
};
