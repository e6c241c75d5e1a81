const MEMORY_LIMIT_MB = 200;
const FACTOR_LIMIT_MS = 1;
const POSTGRES = 'oidc-provider, pg';
/** Workload → the peer that must not be cheaper, and how many times as much per core is aimed for. */
const FLOORS = {
  A: { peer: 'oidc-provider, memory', aim: 3 },
  B: { peer: POSTGRES, aim: 1.5 },
  C: { peer: POSTGRES, aim: 2.5 },
  D: { peer: POSTGRES, aim: 2 },
  E: { peer: POSTGRES, aim: 1.3 },
  G: { peer: POSTGRES, aim: 1.5 },
  H: { peer: POSTGRES, aim: 1.5 },
};

export function workloadTable(results) {
  const lines = [
    '| work | server | CPU ms/op | rate /s | p50 ms | p99 ms | CPU to oidc-provider in memory | CPU to oidc-provider on PostgreSQL | RSS MB |',
    '|---|---|--:|--:|--:|--:|--:|--:|--:|',
  ];
  for (const { workload, rows } of results) {
    const cost = (name) => rows.find(({ target }) => target === name)?.cpuMs;
    for (const row of rows) {
      const ratio = (name) => number(row.cpuMs / cost(name), 2);
      const figures = [number(row.cpuMs, 3), number(row.rate, 0), number(row.p50, 2), number(row.p99, 1)];
      const ratios = [ratio('oidc-provider, memory'), ratio('oidc-provider, pg')];
      const cells = [`${workload.id} ${workload.name}`, row.target, ...figures, ...ratios, number(row.megabytes, 0)];
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  return lines.join('\n');
}

export function limitTable({ without, with: disturbed, control, ratios, ratiosOfControl, ratiosToControl }) {
  const row = (name, { p50, p95, cpuMs, served, refused }) =>
    `| ${[name, number(p50, 2), number(p95, 2), number(cpuMs, 0), served, refused].join(' | ')} |`;
  const perRefusal = (disturbed.cpuMs - without.cpuMs) / disturbed.refused;
  return [
    '| another tenant | its p50 ms | its p95 ms | CPU ms of the process | requests let through | refused |',
    '|---|--:|--:|--:|--:|--:|',
    row('is quiet', without),
    row('is at a hundred times its limit', disturbed),
    row('sends the same to a bare HTTP server (control)', control),
    '',
    `p50 ${number(ratios.p50, 2)} times, p95 ${number(ratios.p95, 2)} times; a refusal costs ${number(perRefusal, 3)} ms.`,
    `The control: p95 ${number(ratiosOfControl.p95, 2)} times. The platform to the control: p95 ${number(ratiosToControl.p95, 2)} times.`,
  ].join('\n');
}

export function floorTable(results) {
  const lines = [
    '| work | no dearer than | CPU to it | floor | per core, to oidc-provider on PostgreSQL | aim | |',
    '|---|---|--:|---|--:|--:|---|',
  ];
  for (const { workload, rows } of results) {
    const floor = FLOORS[workload.id];
    if (!floor) continue;
    const cost = (name) => rows.find(({ target }) => target === name).cpuMs;
    const ratio = cost('Tenantry') / cost(floor.peer);
    const times = cost(POSTGRES) / cost('Tenantry');
    const cells = [workload.name, floor.peer, number(ratio, 2), verdict(ratio <= 1)];
    lines.push(`| ${[...cells, number(times, 2), floor.aim, verdict(times >= floor.aim)].join(' | ')} |`);
  }
  const most = Math.max(...results.map(({ rows }) => rows.find(({ target }) => target === 'Tenantry').megabytes));
  const memory = `Resident memory: ${number(most, 0)} MB, ${verdict(most < MEMORY_LIMIT_MB)} (below ${MEMORY_LIMIT_MB} MB).`;
  return `${lines.join('\n')}\n\n${memory}`;
}

/** What a second factor costs, beside the same sign-in without one. */
export function factorLine([without, withFactor]) {
  const more = withFactor.cpuMs - without.cpuMs;
  return `A second factor: ${number(more, 2)} ms of CPU more, ${verdict(more <= FACTOR_LIMIT_MS)} (at most ${FACTOR_LIMIT_MS} ms).`;
}

export function tenantTable(rows) {
  const lines = [
    '| tenants | CPU ms/op | rate /s | RSS MB | CPU to one tenant | rate to one tenant | memory to one tenant |',
    '|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const [first] = rows;
  for (const { name, cpuMs, rate, megabytes, toFirst } of rows) {
    const figures = [number(cpuMs, 3), number(rate, 0), number(megabytes, 0)];
    const ratios = [toFirst.cpuMs, toFirst.rate, megabytes / first.megabytes].map((ratio) => number(ratio, 2));
    lines.push(`| ${[name, ...figures, ...ratios].join(' | ')} |`);
  }
  return lines.join('\n');
}

function number(value, digits) {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function verdict(met) {
  return met ? 'met' : 'missed';
}
