/** Lines on a grid of 24, drawn for this console. One path each. */
const PATHS = {
  tenants: 'M4 21V5l8-2v18M12 8l8 2v11M2 21h20M7 8h2M7 12h2M7 16h2M15 13h2M15 17h2',
  templates: 'M4 4h16v5H4zM4 13h7v7H4zM15 13h5v7h-5z',
  grant: 'M8 11V8a4 4 0 0 1 8 0v3M5 11h14v9H5zM12 15v2',
  platform: 'M3 5h18v6H3zM3 14h18v6H3zM7 8h.01M7 17h.01M11 8h6M11 17h6',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  application: 'M3 5h18v14H3zM3 9h18M6 7h.01M9 7h.01',
  api: 'M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-5 8-5s7 1 8 5',
  role: 'M12 3l8 3v5c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10V6zM9 12l2 2 4-4',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20c.8-4 3.5-5 7-5s6.2 1 7 5M16 4.5a3.5 3.5 0 0 1 0 6.5M18 15.5c2 .6 3.4 2 4 4.5',
  attribute: 'M4 4h8l8 8-8 8-8-8zM8 8h.01',
  policy: 'M4 6h10M18 6h2M4 12h2M10 12h10M4 18h8M16 18h4M16 4v4M8 10v4M14 16v4',
  branding:
    'M12 3a9 9 0 1 0 0 18c2 0 2-1.5 1.5-2.5S14 16 16 16h2c2 0 3-2 3-4 0-5-4-9-9-9zM7.5 12h.01M10 7.5h.01M15 8h.01',
  key: 'M15 9a5 5 0 1 0-4.6 5L12 16h2v2h2v2h4v-4l-5.3-5.3c.2-.5.3-1.1.3-1.7zM8.5 8.5h.01',
  review: 'M5 3h10l4 4v14H5zM15 3v4h4M8 14l2.5 2.5L16 11',
  audit: 'M4 6h16M4 12h10M4 18h7M18 14v4l2.5 1.5M18 22a5 5 0 1 0 0-10',
  webhook: 'M10 7a3 3 0 1 1 4 2.8L17 15M9 18h6M7 15l3-5M7 21a3 3 0 1 1 2-5M17 21a3 3 0 1 0-2-5',
  mail: 'M3 5h18v14H3zM3 6l9 7 9-7',
  domain: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  text: 'M5 7V5h14v2M12 5v14M9 19h6',
  consent: 'M4 12l5 5L20 6',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  check: 'M5 12l5 5 9-10',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01',
  error: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v6M12 16h.01',
  chevron: 'M9 6l6 6-6 6',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  updown: 'M8 9l4-4 4 4M8 15l4 4 4-4',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  code: 'M5 7l5 5-5 5M12 18h7',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  columns: 'M4 5h16v14H4zM9.5 5v14M14.5 5v14',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  out: 'M14 4H5v16h9M10 12h11M18 9l3 3-3 3',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.5 1.5M17.5 17.5L19 19M19 5l-1.5 1.5M6.5 17.5L5 19',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
