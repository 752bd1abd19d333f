import { counted, lastOf, level, type Rows } from '../content';
import type { Behave, Place } from '../place';
import { during, isIn, steady, wave } from '../time/course';
import { windowsOf } from '../world/world';

/** How long the power has been away, in seconds; 0 while it is there. */
const awayFor =
  ({ world, host }: Place) =>
  (time: number): number =>
    windowsOf(world, 'ups-on-battery', host)
      .filter((window) => isIn(window, time))
      .reduce((longest, { from }) => Math.max(longest, time - from + 1), 0);

/** A battery that lasts forty minutes. */
const runtime = 2_400;
const chargeOf = (place: Place) => (time: number) => Math.max(5, 100 - (100 * awayFor(place)(time)) / runtime);
const leftOf = (place: Place) => (time: number) => Math.max(60, runtime - awayFor(place)(time));
const lineOf = (place: Place) => {
  const volts = wave(`${place.key} line`, { mean: 231, day: 0.004, noise: 0.01 });
  return (time: number): number => (awayFor(place)(time) > 0 ? 0 : volts.at(time));
};
const loadOf = (place: Place) => level(wave(`${place.key} load`, { mean: 24, day: 0.2, noise: 0.1 }));

/** What the driver says: online, on battery, battery low, and so on. */
const flags = ['OL', 'OB', 'LB', 'CHRG', 'DISCHRG', 'RB', 'HB', 'BYPASS', 'CAL', 'OFF', 'OVER', 'TRIM', 'BOOST', 'FSD'];

/** DRuggeri/nut_exporter. */
export const nutExporter: Behave = (place) => {
  const away = awayFor(place);
  const status: Rows = flags.map((flag) => [
    { flag },
    (time: number) =>
      Number(
        flag === 'OL'
          ? away(time) === 0
          : flag === 'OB' || flag === 'DISCHRG'
            ? away(time) > 0
            : flag === 'LB' && away(time) > runtime - 300,
      ),
  ]);
  return {
    metrics: {
      network_ups_tools_battery_charge: chargeOf(place),
      network_ups_tools_battery_runtime: leftOf(place),
      network_ups_tools_battery_voltage: (time) => 22 + (5.4 * chargeOf(place)(time)) / 100,
      network_ups_tools_battery_voltage_high: 27.4,
      network_ups_tools_battery_voltage_low: 21,
      network_ups_tools_battery_voltage_nominal: 24,
      network_ups_tools_device_info: [
        [
          {
            mfr: 'Simulated',
            model: 'UPS 900',
            serial: 'SIM0001',
            type: 'ups',
            contact: '',
            description: '',
            location: '',
            macaddr: '',
            part: '',
          },
          1,
        ],
      ],
      // There only while upsd does not answer.
      network_ups_tools_error: () => undefined,
      network_ups_tools_input_voltage: lineOf(place),
      network_ups_tools_input_voltage_nominal: 230,
      network_ups_tools_ups_load: loadOf(place),
      network_ups_tools_ups_status: status,
    },
  };
};

/** mdlayher/apcupsd_exporter. */
export const apcupsdExporter: Behave = (place) => {
  const away = awayFor(place);
  const windows = windowsOf(place.world, 'ups-on-battery', place.host);
  return {
    labels: { ups: 'ups' },
    metrics: {
      apcupsd_battery_charge_percent: chargeOf(place),
      apcupsd_battery_time_left_seconds: leftOf(place),
      apcupsd_battery_time_on_seconds: away,
      apcupsd_battery_cumulative_time_on_seconds_total: counted(during(windows, steady(0), steady(1))),
      apcupsd_battery_number_transfers_total: counted(
        during(
          windows.map(({ from }) => ({ from, to: from + 1 })),
          steady(0),
          steady(1),
        ),
      ),
      apcupsd_battery_nominal_volts: 24,
      apcupsd_battery_volts: (time) => 22 + (5.4 * chargeOf(place)(time)) / 100,
      apcupsd_info: (['ONLINE', 'ONBATT'] as const).map((status) => [
        { status, hostname: place.host, model: 'Simulated UPS 900' },
        (time: number) => ((status === 'ONLINE') === (away(time) === 0) ? 1 : undefined),
      ]),
      apcupsd_internal_temperature_celsius: level(wave(`${place.key} heat`, { mean: 31, day: 0.05, noise: 0.02 })),
      apcupsd_line_nominal_volts: 230,
      apcupsd_line_volts: lineOf(place),
      apcupsd_output_volts: 230,
      apcupsd_nominal_power_watts: 540,
      apcupsd_ups_load_percent: loadOf(place),
      apcupsd_last_transfer_on_battery_time_seconds: (time) =>
        lastBefore(
          windows.map(({ from }) => from),
          time,
        ),
      apcupsd_last_transfer_off_battery_time_seconds: (time) =>
        lastBefore(
          windows.map(({ to }) => to),
          time,
        ),
      apcupsd_last_selftest_time_seconds: lastOf(1_209_600),
    },
  };
};

const lastBefore = (moments: readonly number[], time: number): number =>
  Math.max(Date.UTC(2026, 0, 10) / 1000, ...moments.filter((moment) => moment <= time));
