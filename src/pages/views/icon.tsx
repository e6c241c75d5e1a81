const PATHS = {
  check: 'M4.5 10.5l3.6 3.6 7.4-8.2',
  alert: 'M10 6v4.6M10 13.6v.1M10 2.2 18.2 17H1.8z',
  info: 'M10 9.2v4.6M10 6.3v.1M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z',
  shield: 'M10 2l6.5 2.4v5c0 4-2.7 7-6.5 8.6-3.8-1.6-6.5-4.6-6.5-8.6v-5zM7 10.2l2.2 2.2 4-4.4',
} as const;

/** Decoration beside a text that says the same. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
