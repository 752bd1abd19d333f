import { describe } from 'vitest';
import { incidents } from './index';
import { itShows } from './testing/incident-shows';

describe('incidents', () => {
  // Immich 3 does not write what these change.
  const elsewhere = ['immich-erring', 'immich-slow'];
  itShows(incidents.map(({ name }) => name).filter((name) => !elsewhere.includes(name)));
});
