/** A worker could not start, and has said why. */
export class WorkerRefusedError extends Error {
  constructor() {
    super('A worker could not start.');
  }
}
