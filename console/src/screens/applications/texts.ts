import { beginTexts } from './texts-begin.js';
import { pageTexts } from './texts-page.js';

export const texts = {
  en: { ...beginTexts.en, ...pageTexts.en },
  de: { ...beginTexts.de, ...pageTexts.de },
};
