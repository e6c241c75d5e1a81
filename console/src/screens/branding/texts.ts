import { defineTexts } from '../../texts/texts.js';
import { de } from './texts-de.js';
import { en } from './texts-en.js';

export const texts = defineTexts({ en, de });
