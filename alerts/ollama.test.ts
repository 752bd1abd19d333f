import ollama from './ollama';
import { ollamaVariants } from './ollama.cases';
import { testVariants } from './testing/variants';

testVariants('ollama', ollama, ollamaVariants);
