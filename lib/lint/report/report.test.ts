import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportGithub } from './github';
import { reportJson } from './json';
import { reportJunit } from './junit';
import { reportReadable, type Paint } from './readable';
import { finding, result } from './testing/result';

const same = (text: string): string => text;
const plain: Paint = { bold: same, dim: same, red: same, yellow: same, cyan: same, green: same };

describe('for eyes', () => {
  it('shows place, query, caret, what was meant, what says so', () => {
    expect(reportReadable(result, plain, 'warning')).toBe(`boards/my host.json
  12:19  error  \`node_cpu_secnds_total\` does not exist  metric-exists
    Host › CPU › CPU busy › A
        rate(node_cpu_secnds_total[5m])
             ^^^^^^^^^^^^^^^^^^^^^
    did you mean \`node_cpu_seconds_total\`?
    says: node_exporter 1.12.1, golden
  12:19  info  no unit, <none> & "none"  panel-unit
    Host › CPU › CPU busy › A
        rate(node_cpu_secnds_total[5m])
             ^^^^^^^^^^^^^^^^^^^^^
    says: node_exporter 1.12.1, golden

not understood  odd.json:1:2: no dashboard
    {"a":
     ^
    try: give another

1 error, 1 info, 1 allowed with a reason, 1 not understood: 2 files, 1 board, 3 panels, 4 queries, 0 alerts
asked: 85 recorded catalogs
not run: query-cost: needs a server: --prometheus URL
next: npm run -s lint -- --explain metric-exists
`);
  });

  describe('conventions', () => {
    const infos = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...finding,
        rule: index === 0 ? 'alert-runbook' : 'panel-unit',
        severity: 'info' as const,
        message: `convention ${index}`,
      }));
    const many = { ...result, findings: [...infos(6), finding] };
    const blocks = (text: string): number => text.match(/ {2}info {2}convention/g)?.length ?? 0;

    it('are counted by rule where there are many, so that they do not hide what is broken', () => {
      const text = reportReadable(many, plain, 'warning');
      expect(blocks(text)).toBe(0);
      expect(text).toContain('`node_cpu_secnds_total` does not exist');
      expect(text).toContain('      5  panel-unit  convention 1  boards/my host.json:12 and elsewhere');
      expect(text).toContain('      1  alert-runbook  convention 0  boards/my host.json:12\n');
      expect(text).toContain('--fail-on info');
      expect(text).toContain('1 error, 6 info');
    });

    it('are shown where there are few', () =>
      expect(blocks(reportReadable({ ...result, findings: [...infos(5), finding] }, plain, 'warning'))).toBe(5));

    it.each([
      ['where they fail', many, 'info'],
      ['where one rule was asked for', { ...many, rules: ['panel-unit'] }, 'warning'],
    ] as const)('are shown %s', (_, asked, failOn) => expect(blocks(reportReadable(asked, plain, failOn))).toBe(6));
  });

  it.each([
    ['\n\nup == 0\n', '      up == 0\n      ^^^^^^^\n'],
    ['\n', '      \n      ^\n'],
    ['', '      \n      ^\n'],
  ])('shows the first line of a query on which something stands: %j', (text, shown) => {
    const whole = { ...finding, query: { text, from: 0, to: text.length } };
    expect(reportReadable({ ...result, findings: [whole] }, plain, 'warning')).toContain(shown);
  });

  it('writes no control characters of names', () => {
    const odd = { ...finding, message: '`a\u001b[2Jb`', where: 'x\n::error::y' };
    const text = reportReadable({ ...result, findings: [odd] }, plain, 'warning');
    expect(text).toContain('`a [2Jb`');
    expect(text).toContain('    x ::error::y\n');
  });

  it('keeps the carets under the slice where a long line is cut', () =>
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 1, max: 60 }), fc.nat(400), (before, length, after) => {
        const text = 'a'.repeat(before) + 'X'.repeat(length) + 'b'.repeat(after);
        const shown = reportReadable(
          { ...result, problems: [], findings: [{ ...finding, query: { text, from: before, to: before + length } }] },
          plain,
          'warning',
        ).split('\n');
        const at = shown.findIndex((line) => /^\s*\^+$/.test(line));
        const carets = shown[at] ?? '';
        const above = shown[at - 1]?.slice(carets.indexOf('^'), carets.length);
        expect(above).toBe('X'.repeat(length));
      }),
    ));
});

it('JSON holds the result as it is', () => expect(JSON.parse(reportJson(result))).toEqual(result));

it('annotations escape what would end them', () => {
  const [first, second, third] = reportGithub(result).split('\n');
  expect(first).toBe(
    '::error file=boards/my host.json,line=12,col=19,title=metric-exists::Host › CPU › CPU busy › A: `node_cpu_secnds_total` does not exist; did you mean `node_cpu_seconds_total`? (node_exporter 1.12.1, golden)',
  );
  expect(second).toMatch(/^::notice file=/);
  expect(third).toBe(
    '::error file=odd.json,line=1,col=2,title=not understood::no dashboard%0A{"a":%0A ^%0Atry: give another',
  );
});

describe('JUnit', () => {
  it('counts what fails and escapes text', () => {
    const xml = reportJunit(result, 'info');
    expect(xml).toContain('tests="3" failures="2" errors="1"');
    expect(xml).toContain('no unit, &lt;none&gt; &amp; &quot;none&quot;');
    expect(reportJunit(result, 'warning')).toContain('tests="2" failures="1" errors="1"');
  });

  it('passes when nothing is found', () =>
    expect(reportJunit({ ...result, findings: [], problems: [] }, 'warning')).toContain(
      'tests="1" failures="0" errors="0"',
    ));
});
