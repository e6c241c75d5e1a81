import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../scripts/install.js';

const START_LIMIT_MS = 60_000;

/** A server under measurement, in a process of its own. */
export async function startServer({ name, node = process.execPath, args, env, readyUrl }) {
  const child = spawn(node, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors = [];
  child.stderr.on('data', (chunk) => errors.push(chunk));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const server = {
    name,
    pid: child.pid,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(readyUrl))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not start.\n${Buffer.concat(errors).toString()}`);
    }
    await delay(100);
  }
  return server;
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Seconds of processor time that a process has used, in the kernel's ticks of 10 ms; undefined where there is no /proc. */
export function processorSeconds(pid) {
  const fields = readProc(pid, 'stat')?.split(') ')[1]?.split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory in MB. */
export function residentMegabytes(pid) {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes && Number(kilobytes) / 1024;
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
