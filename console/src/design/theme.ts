import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from '@mantine/core';

/** The accent of the platform's own pages, from its tint to its darkest. */
const accent: MantineColorsTuple = [
  '#eef2f8',
  '#dbe3ee',
  '#b9c8dd',
  '#93aac9',
  '#7490b8',
  '#5a79a5',
  '#2f4a6d',
  '#28405f',
  '#213650',
  '#182840',
];

const SANS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial, sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", "Liberation Mono", monospace';

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS, fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  radius: { xs: '0.1875rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'md',
        transitionProps: { duration: 80 },
        overlayProps: { backgroundOpacity: 0.4 },
        // The title of a dialog is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
    // A heading of a dialog is no banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 60 }, withinPortal: true } },
    Tooltip: {
      defaultProps: {
        withArrow: false,
        openDelay: 200,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Skeleton: { defaultProps: { animate: true } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right' } },
    // A list that is closed has no options in the page, and no place that is looked for when the page is first painted.
    Combobox: { defaultProps: { keepMounted: false } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' } },
  },
});

/** Mantine's own colours are those of `tokens.css`. */
const COLORS = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--soft)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--tint)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-color-placeholder': 'var(--soft)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-accent-filled': 'var(--primary)',
  '--mantine-color-accent-filled-hover': 'var(--primary-hover)',
  '--mantine-color-accent-outline': 'var(--link)',
  '--mantine-color-accent-light': 'var(--tint)',
  '--mantine-color-accent-light-hover': 'var(--line)',
  '--mantine-color-accent-light-color': 'var(--link)',
  '--mantine-color-red-filled': 'var(--danger-fill)',
  '--mantine-color-red-filled-hover': 'var(--danger-fill-hover)',
  '--mantine-color-red-outline': 'var(--danger)',
  '--mantine-color-red-light': 'var(--danger-tint)',
  '--mantine-color-red-light-hover': 'var(--danger-tint)',
  '--mantine-color-red-light-color': 'var(--danger)',
  '--mantine-color-gray-light-color': 'var(--soft)',
  '--mantine-color-disabled': 'var(--tint)',
  '--mantine-color-disabled-color': 'var(--soft)',
  '--mantine-color-disabled-border': 'var(--line)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: COLORS, dark: COLORS });
