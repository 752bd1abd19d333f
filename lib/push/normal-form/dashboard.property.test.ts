import { describe } from 'vitest';
import { boardStory } from './testing/board-story';

describe('boards of an example homelab, the smallest that has what is changed', () =>
  boardStory({ homelabs: ['typical'], most: 1, numRuns: 30 }));
