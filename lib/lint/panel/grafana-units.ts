/** What a Grafana unit shows: one of its dimension's base units, times `factor`. */
export interface Dimension {
  readonly of: string;
  readonly factor: number;
}

/**
 * Units by what they measure, from `packages/grafana-data/src/valueFormats/categories.ts` of Grafana 12.3. Factors to: bytes, bytes per
 * second, seconds, milliseconds since 1970, the whole of a share, events per second, and the plain unit of electricity, energy and so on.
 */
const measured: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  data: {
    ...{ bytes: 1, decbytes: 1, bits: 1 / 8, decbits: 1 / 8 },
    ...{ kbytes: 1024, mbytes: 1024 ** 2, gbytes: 1024 ** 3, tbytes: 1024 ** 4, pbytes: 1024 ** 5 },
    ...{ deckbytes: 1e3, decmbytes: 1e6, decgbytes: 1e9, dectbytes: 1e12, decpbytes: 1e15 },
  },
  'data rate': {
    ...{ binBps: 1, Bps: 1, binbps: 1 / 8, bps: 1 / 8 },
    ...{ KiBs: 1024, MiBs: 1024 ** 2, GiBs: 1024 ** 3, TiBs: 1024 ** 4, PiBs: 1024 ** 5 },
    ...{ KBs: 1e3, MBs: 1e6, GBs: 1e9, TBs: 1e12, PBs: 1e15 },
    ...{ Kibits: 128, Mibits: 1024 ** 2 / 8, Gibits: 1024 ** 3 / 8, Tibits: 1024 ** 4 / 8, Pibits: 1024 ** 5 / 8 },
    ...{ Kbits: 125, Mbits: 125e3, Gbits: 125e6, Tbits: 125e9, Pbits: 125e12 },
  },
  time: {
    ...{ ns: 1e-9, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86400 },
    ...{ dtdurationms: 1e-3, dtdurations: 1, dthms: 1, dtdhms: 1, timeticks: 0.01, clockms: 1e-3, clocks: 1 },
  },
  moment: {
    ...{ dateTimeAsIso: 1, dateTimeAsIsoNoDateIfToday: 1, dateTimeAsUS: 1, dateTimeAsUSNoDateIfToday: 1 },
    ...{ dateTimeAsLocal: 1, dateTimeAsLocalNoDateIfToday: 1, dateTimeAsSystem: 1, dateTimeFromNow: 1 },
  },
  share: { percentunit: 1, percent: 0.01, humidity: 0.01 },
  events: {
    ...{
      pps: 1,
      cps: 1,
      ops: 1,
      reqps: 1,
      rps: 1,
      wps: 1,
      iops: 1,
      eps: 1,
      mps: 1,
      recps: 1,
      rowsps: 1,
      hertz: 1,
      rothz: 1,
    },
    ...{ cpm: 1 / 60, opm: 1 / 60, reqpm: 1 / 60, rpm: 1 / 60, wpm: 1 / 60, epm: 1 / 60, mpm: 1 / 60, recpm: 1 / 60 },
    ...{ rowspm: 1 / 60, rotrpm: 1 / 60, rotkhz: 1e3, rotmhz: 1e6, rotghz: 1e9 },
  },
  power: {
    watt: 1,
    kwatt: 1e3,
    megwatt: 1e6,
    gwatt: 1e9,
    mwatt: 1e-3,
    voltamp: 1,
    kvoltamp: 1e3,
    voltampreact: 1,
    kvoltampreact: 1e3,
  },
  energy: { joule: 1, watth: 3600, kwatth: 3.6e6 },
  current: { amp: 1, kamp: 1e3, mamp: 1e-3 },
  voltage: { volt: 1, kvolt: 1e3, mvolt: 1e-3 },
  temperature: { celsius: 1, fahrenheit: 1 / 1.8, kelvin: 1 },
};

/** The rest of them, which only have to be known. */
const others =
  `none string short sishort dB candela hex0x hex sci locale pixel accMS2 accFS2 accG degree radian grad arcmin arcsec
areaM2 areaF2 areaMI2 acres hectares flops mflops gflops tflops pflops eflops zflops yflops ppm conppb conngm3 conngNm3 conμgm3 conμgNm3
conmgm3 conmgNm3 congm3 congNm3 conmgdL conmmolL currencyUSD currencyGBP currencyEUR currencyJPY currencyRUB currencyUAH currencyBRL
currencyDKK currencyISK currencyNOK currencySEK currencyCZK currencyCHF currencyPLN currencyBTC currencymBTC currencyμBTC currencyZAR
currencyINR currencyKRW currencyIDR currencyPHP currencyVND currencyTRY currencyMYR currencyXPF currencyBGN currencyPYG currencyUYU
currencyILS Wm2 watthperkg kwattm mwatth amph kamph mamph ev dBm mohm ohm kohm Mohm farad µfarad nfarad pfarad ffarad henry mhenry
µhenry lumens flowgpm flowcms flowcfs flowcfm litreh flowlpm flowmlpm lux forceNm forcekNm forceN forcekN Hs KHs MHs GHs THs PHs EHs
massmg massg masslb masskg masst lengthmm lengthin lengthft lengthm lengthkm lengthmi pressurembar pressurebar pressurekbar pressurepa
pressurehpa pressurekpa pressurehg pressurepsi radbq radci radgy radrad radsv radmsv radusv radrem radexpckg radr radsvh radmsvh radusvh
rotrads rotdegs velocityms velocitykmh velocitymph velocityknot mlitre litre m3 Nm3 dm3 gallons bool bool_yes_no bool_on_off`.split(
    /\s+/,
  );

const dimensions: ReadonlyMap<string, Dimension> = new Map(
  Object.entries(measured).flatMap(([of, ids]) => Object.entries(ids).map(([id, factor]) => [id, { of, factor }])),
);

/** All ids of Grafana's units. What is none of them is shown behind the value as it is written, unscaled. */
export const grafanaUnits: ReadonlySet<string> = new Set([...dimensions.keys(), ...others]);

/** What a unit measures; undefined for plain numbers, custom texts and what the linter does not compare. */
export const dimensionOf = (id: string): Dimension | undefined => dimensions.get(id);

/** Units that say nothing of what a number is. */
export const plainUnits: ReadonlySet<string> = new Set([
  '',
  'none',
  'short',
  'sishort',
  'locale',
  'sci',
  'string',
  'hex',
  'hex0x',
]);
