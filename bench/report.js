const MEMORY_LIMIT_MB = 250;
/** Workload → the peer that must not be cheaper. */
const FLOORS = { A: 'oidc-provider, memory', C: 'oidc-provider, pg', D: 'oidc-provider, pg', E: 'oidc-provider, pg' };

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

export function floorTable(results) {
  const lines = ['| floor | measured | |', '|---|--:|---|'];
  for (const { workload, rows } of results) {
    const peer = FLOORS[workload.id];
    if (!peer) continue;
    const ratio =
      rows.find(({ target }) => target === 'Tenantry').cpuMs / rows.find(({ target }) => target === peer).cpuMs;
    lines.push(`| ${workload.name}: no dearer than ${peer} | ${number(ratio, 2)} | ${verdict(ratio <= 1)} |`);
  }
  const most = Math.max(...results.map(({ rows }) => rows.find(({ target }) => target === 'Tenantry').megabytes));
  lines.push(
    `| resident memory below ${MEMORY_LIMIT_MB} MB | ${number(most, 0)} | ${verdict(most < MEMORY_LIMIT_MB)} |`,
  );
  return lines.join('\n');
}

export function tenantTable(rows) {
  const lines = [
    '| tenants | CPU ms/op | rate /s | RSS MB | CPU to one tenant | rate to one tenant | memory to one tenant |',
    '|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const [first] = rows;
  for (const { count, cpuMs, rate, megabytes, toFirst } of rows) {
    const figures = [number(cpuMs, 3), number(rate, 0), number(megabytes, 0)];
    const ratios = [toFirst.cpuMs, toFirst.rate, megabytes / first.megabytes].map((ratio) => number(ratio, 2));
    lines.push(`| ${[count, ...figures, ...ratios].join(' | ')} |`);
  }
  return lines.join('\n');
}

function number(value, digits) {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function verdict(met) {
  return met ? 'met' : 'missed';
}
