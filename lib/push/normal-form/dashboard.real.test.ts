import { describe } from 'vitest';
import { boardStory } from './testing/board-story';

describe('all boards of the example homelabs', () => boardStory({ homelabs: ['typical', 'everything'], numRuns: 100 }));
