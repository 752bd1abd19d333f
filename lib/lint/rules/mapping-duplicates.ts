import { defineRule } from '../rule';

/** Each value is mapped once. */
export const mappingDuplicates = defineRule({
  id: 'mapping-duplicates',
  on: 'panel',
  severity: 'warning',
  needs: 'nothing',
  says: 'two value mappings for the same value',
  why: 'The first that fits is taken; the text of the other is never shown.',
  instead: 'Keep one of them.',

  *check(panel) {
    const seen = new Map<string, string>();
    for (const mapping of panel.fields.mappings) {
      for (const [value, text] of mappedValues(mapping)) {
        const before = seen.get(value);
        if (before !== undefined && before !== text)
          yield {
            message: `the value \`${value}\` is mapped twice, to \`${before}\` and to \`${text}\``,
            culprit: value,
            expected: 'keep one of them',
          };
        seen.set(value, before ?? text);
      }
    }
  },

  accepts: [
    { name: 'two values', panel: maps({ 0: { text: 'down' } }, { 1: { text: 'up' } }) },
    { name: 'the same said twice', panel: maps({ 0: { text: 'down' } }, { 0: { text: 'down' } }) },
  ],
  rejects: [
    {
      name: 'one value with two texts',
      panel: maps({ 0: { text: 'down' } }, { 0: { text: 'off' } }),
      because: 'is mapped twice',
    },
  ],
});

function maps(...options: readonly object[]): object {
  return { fieldConfig: { defaults: { mappings: options.map((one) => ({ type: 'value', options: one })) } } };
}

const mappedValues = (mapping: object): readonly (readonly [string, string])[] => {
  if (!('type' in mapping) || mapping.type !== 'value' || !('options' in mapping)) return [];
  const { options } = mapping;
  if (typeof options !== 'object' || options === null) return [];
  return Object.entries(options).map(([value, result]: [string, unknown]) => [
    value,
    typeof result === 'object' && result !== null && 'text' in result ? String(result.text) : '',
  ]);
};
