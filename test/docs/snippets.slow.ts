import { givenPlatformOfPages, isFirstPage, pastePages } from './pasted-pages.js';

pastePages(givenPlatformOfPages(), (page) => !isFirstPage(page));
