import { describe, expect, it } from 'vitest';
import { toSeconds } from '../../duration';
import { readSightings } from './promtool-output';

/** As Debian's promtool 2.42 and upstream's 3.15 print it, to the letter. */
const printed = `Unit Testing:  test.yaml
  FAILED:
    name: course,
    alertname: HostDown, time: 5m, 
        exp:[], 
        got:[
            0:
              Labels:{alertname="HostDown", host="b", severity="critical"}
              Annotations:{description="line1\\nline2, a=\\"b\\"}", summary="b is down"},
            1:
              Labels:{alertname="HostDown", host="n, a\\"}s", severity="critical"}
              Annotations:{}
            ]
    name: course,
    alertname: DeadMansSwitch, time: 1h1m, 
        exp:[], 
        got:[
            0:
              Labels:{alertname="DeadMansSwitch"}
              Annotations:{}
            ]

`;
const read = (text: string) => readSightings(text, toSeconds);

describe('what promtool says it saw', () => {
  it('is read with labels, texts and moments', () => {
    expect(read(printed)).toEqual([
      {
        at: 300,
        firing: [
          {
            labels: { alertname: 'HostDown', host: 'b', severity: 'critical' },
            annotations: { description: 'line1\nline2, a="b"}', summary: 'b is down' },
          },
          { labels: { alertname: 'HostDown', host: 'n, a"}s', severity: 'critical' }, annotations: {} },
        ],
      },
      { at: 3660, firing: [{ labels: { alertname: 'DeadMansSwitch' }, annotations: {} }] },
    ]);
  });

  it('is nothing when every test holds', () => {
    expect(read('Unit Testing:  test.yaml\n  SUCCESS\n\n')).toEqual([]);
  });

  it.each([
    ['a line of another kind', printed.replace('name: course,', 'group: host, error: many-to-many matching')],
    ['labels without an end', printed.replace('severity="critical"}', 'severity="critical"')],
    ['an escape of Go alone', printed.replace('b is down', '\\x07')],
    ['an alert without texts', printed.replace('Annotations:{}\n', '\n')],
    ['an end too soon', printed.slice(0, printed.indexOf('0:'))],
  ])('is refused with %s', (_, text) => {
    expect(() => read(text)).toThrow(/^promtool('s output is cut off| says something that the replay cannot read)/);
  });
});
