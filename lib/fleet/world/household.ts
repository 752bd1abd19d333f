/** The people of the simulated house: all of them made up. */
export const people = ['ada', 'bruno', 'clara', 'dmitri', 'elin'] as const;

/** Devices they watch on, one each. */
export const screens = ['Living room TV', 'Kitchen tablet', 'Study desktop', 'Phone', 'Bedroom TV'] as const;

/** Programs they watch with, one each. */
export const players = ['Android TV', 'iPad', 'Web', 'Android', 'Roku'] as const;

/** Films that nobody made. */
export const films = [
  'The Quiet Harbour',
  'Seven Lamps',
  'A Letter to Nobody',
  'Paper Rivers',
  'North of Winter',
] as const;

/** Series that nobody made. */
export const shows = ['Lighthouse Keepers', 'The Tin Orchestra', 'Salt and Copper'] as const;

/** Where their screens are. */
export const addressesOfScreens = [
  '192.168.1.31',
  '192.168.1.32',
  '192.168.1.33',
  '192.168.1.34',
  '192.168.1.35',
] as const;
