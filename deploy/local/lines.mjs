import { StringDecoder } from 'node:string_decoder';

const LONGEST = 1024 * 1024;

/** Cuts a stream of bytes into lines; one that never ends is cut too, so that it cannot fill the memory. */
export function eachLine(stream, receive) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop();
    lines.forEach((line) => receive(line));
    if (rest.length > LONGEST) {
      receive(rest);
      rest = '';
    }
  });
  stream.on('end', () => {
    if (rest !== '') receive(rest);
  });
}
