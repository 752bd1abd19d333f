/** Parameters of a request; a list stands for one parameter given several times. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** `a=1&a=2&b=c+d`: Grafana ignores the `a[]=1` of other libraries without a word, and answers with everything. */
export const queryText = (query: Query): string => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of typeof value === 'string' ? [value] : value) form.append(name, each);
  return form.toString();
};
