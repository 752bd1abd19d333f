/** The least role of a service account that has an action, in a Grafana without roles of its own (12.3). */
export const roleFor = (action: string): 'Viewer' | 'Editor' | 'Admin' | 'Grafana Admin' => {
  if (action === 'provisioning:reload') return 'Grafana Admin';
  if (
    /^datasources:(create|write|delete)$|^(folders|dashboards)\.permissions:|^alert\.provisioning\.secrets:/.test(
      action,
    )
  )
    return 'Admin';
  return /:(read|query)$/.test(action) ? 'Viewer' : 'Editor';
};
