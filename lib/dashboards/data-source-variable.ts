/** Name of the dashboard variable that chooses a data source of the homelab file. */
export const dataSourceVariable = (key: string): string =>
  key === 'prometheus' ? 'datasource' : `datasource_${key.replace(/\W/g, '_')}`;
