/** Ends as soon as something listens on the port of this machine. */
import { connect } from 'node:net';

const isOpen = () =>
  new Promise((resolve) => {
    const socket = connect(Number(process.argv[2]), '127.0.0.1', () => resolve(socket.destroy()));
    socket.once('error', () => resolve(undefined));
  });
while (!(await isOpen()));
