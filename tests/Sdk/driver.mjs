// What the drivers have in common. A line of JSON on standard input asks for one conversation through the SDK, a line on standard output says what the
// SDK made of it; {"abort":id} leaves a conversation that is waited for. The first line says which SDK this is.
import { createInterface } from 'node:readline';

const left = new Map();
const say = line => process.stdout.write(JSON.stringify(line) + '\n');

// converse(job, heard, signal): heard.text(piece) for each piece of streamed text; gives what the SDK gave at the end.
export function serve(version, converse, describe) {
  say({ version });
  createInterface({ input: process.stdin }).on('line', async line => {
    const job = JSON.parse(line);
    if (job.abort) {
      left.get(job.abort)?.abort();
      return;
    }

    const leaving = new AbortController();
    left.set(job.id, leaving);
    const heard = { pieces: [] };
    const text = piece => {
      heard.pieces.push(piece);
      if (job.leaves) {
        leaving.abort();
      }
    };
    try {
      const given = await converse(job, text, leaving.signal);
      say({ id: job.id, pieces: heard.pieces, ...given });
    } catch (error) {
      say({ id: job.id, pieces: heard.pieces, error: { class: error?.constructor?.name ?? typeof error, message: String(error?.message ?? error), ...describe(error) } });
    } finally {
      left.delete(job.id);
    }
  });
}

// Tool input is an object in some SDKs and text in others.
export const call = (name, input) => ({ name, input: typeof input === 'string' ? JSON.parse(input) : input });

export const dataUrl = image => `data:image/png;base64,${image}`;
