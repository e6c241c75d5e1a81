import '@mantine/core/styles.css';
import './design/tokens.css';
import './design/base.css';
import './shell/shell.css';
import './kit/kit.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// What locks the scrolling behind a dialog reads the nonce of its style from here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

// A page that the browser kept shows what was there before a sign-out.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload();
});

const root = document.getElementById('root');
if (root) createRoot(root).render(<App base={document.baseURI} nonce={nonce} />);
