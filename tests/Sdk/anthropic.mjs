// One driver for both lines of the SDK: the folder of the one meant is its argument.
import { z } from 'zod';
import { call, serve } from './driver.mjs';

const sdk = process.argv[2];
const { default: Anthropic } = await import(sdk);
const { VERSION } = await import(`${sdk}/version`);
const { zodOutputFormat } = await import(`${sdk}/helpers/zod`);

async function ask(client, job, messages, text, signal) {
  const body = {
    model: job.model,
    max_tokens: job.maxTokens ?? 1024,
    messages,
    ...(job.system && { system: job.system }),
    ...(job.stop && { stop_sequences: job.stop }),
    ...(job.tools && { tools: job.tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })) }),
    ...(job.schema && { output_config: { format: zodOutputFormat(z.fromJSONSchema(job.schema)) } }),
  };
  if (job.stream) {
    const stream = client.messages.stream(body, { signal });
    stream.on('text', text);
    const answer = await stream.finalMessage();
    return { answer, requestId: stream.request_id };
  }

  const answer = await (job.schema ? client.messages.parse(body, { signal }) : client.messages.create(body, { signal }));
  return { answer, requestId: answer._request_id };
}

async function converse(job, text, signal) {
  const client = new Anthropic({ baseURL: job.baseUrl, apiKey: job.key });
  const messages = [{
    role: 'user',
    content: job.image ? [{ type: 'text', text: job.user }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: job.image } }] : job.user,
  }];
  let { answer, requestId } = await ask(client, job, messages, text, signal);
  const calls = answer.content.filter(block => block.type === 'tool_use');
  if (job.results) {
    messages.push(
      { role: answer.role, content: answer.content },
      { role: 'user', content: calls.map((one, index) => ({ type: 'tool_result', tool_use_id: one.id, content: job.results[index] })) });
    ({ answer, requestId } = await ask(client, job, messages, text, signal));
  }

  return {
    requestId,
    text: answer.content.filter(block => block.type === 'text').map(block => block.text).join(''),
    calls: calls.map(one => call(one.name, one.input)),
    parsed: answer.parsed_output ?? undefined,
    finish: answer.stop_reason,
    stop: answer.stop_sequence ?? undefined,
    usage: { input: answer.usage.input_tokens, cached: answer.usage.cache_read_input_tokens ?? 0, written: answer.usage.cache_creation_input_tokens ?? 0, output: answer.usage.output_tokens },
  };
}

serve(VERSION, converse, error => ({ status: error.status, code: error.error?.error?.code, type: error.type ?? undefined, requestId: error.requestID ?? undefined }));
