import { formatMatcher, selectorsOf } from '../promql/matchers';
import { defineRule } from '../rule';

/** Each matcher stands once. */
export const duplicateMatchers = defineRule({
  id: 'duplicate-matchers',
  on: 'query',
  severity: 'warning',
  needs: 'nothing',
  says: 'the same matcher twice in one selector',
  why: 'One of them was meant to be another: a label copied and not changed.',
  instead: 'Leave one out, or name the label that was meant.',

  *check(query) {
    for (const { matchers } of selectorsOf(query)) {
      if (matchers.length < 2) continue;
      const seen = new Set<string>();
      for (const matcher of matchers) {
        const written = formatMatcher(matcher);
        if (seen.has(written)) {
          yield { message: `\`${written}\` stands twice in one selector`, culprit: matcher.label, span: matcher };
        }
        seen.add(written);
      }
    }
  },

  accepts: [
    { name: 'two labels', query: 'node_filesystem_avail_bytes{fstype!="tmpfs", mountpoint!="tmpfs"}' },
    { name: 'two patterns of one label', query: 'node_disk_read_bytes_total{device=~"sd.+", device=~"$disk"}' },
    { name: 'all but two', query: 'node_filesystem_avail_bytes{fstype!="tmpfs", fstype!="overlay"}' },
    { name: 'in two selectors', query: 'up{job="node"} == 0 or probe_success{job="node"} == 0' },
  ],
  rejects: [
    { name: 'twice', query: 'up{job="node", job="node"}', because: 'stands twice' },
    { name: 'with a variable', query: 'up{job=~"$job", instance="a", job=~"$job"}', because: 'stands twice' },
  ],
});
