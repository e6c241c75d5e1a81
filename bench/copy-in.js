/** A chunk for the server; how much waits for it in this process at most. */
const CHUNK_ROWS = 500;

/**
 * `COPY … FROM STDIN` for `pg`, which has no way to send data. Rows are made as the connection takes them, so there are
 * never many.
 * @param rows an iterable of lines of PostgreSQL's text format, without their ends
 */
export function copyIn(client, text, rows) {
  return new Promise((resolve, reject) => {
    const query = new CopyIn(text, rows, (error) => (error ? reject(error) : resolve()));
    client.query(query);
  });
}

class CopyIn {
  constructor(text, rows, callback) {
    Object.assign(this, { text, rows: rows[Symbol.iterator](), callback });
  }

  submit(connection) {
    connection.query(this.text);
  }

  handleCopyInResponse(connection) {
    const { stream } = connection;
    const send = () => {
      for (;;) {
        const lines = this.take();
        if (lines === '') {
          connection.endCopyFrom();
          return;
        }
        connection.sendCopyFromChunk(Buffer.from(lines));
        if (stream.writableNeedDrain) {
          stream.once('drain', send);
          return;
        }
      }
    };
    send();
  }

  take() {
    let lines = '';
    for (let row = 0; row < CHUNK_ROWS; row += 1) {
      const { done, value } = this.rows.next();
      if (done) return lines;
      lines += `${value}\n`;
    }
    return lines;
  }

  handleError(error) {
    this.error = error;
    this.callback(error);
  }

  handleCommandComplete() {}

  handleReadyForQuery() {
    if (!this.error) this.callback();
  }
}
