import OpenAI from 'openai';
import { VERSION } from 'openai/version';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { call, dataUrl, serve } from './driver.mjs';

// What the SDK's stream adds to items is nothing that OpenAI takes back.
const plain = ({ parsed_arguments, ...item }) => item;

async function ask(client, job, input, text, signal) {
  const body = {
    model: job.model,
    input,
    ...(job.system && { instructions: job.system }),
    ...(job.maxTokens && { max_output_tokens: job.maxTokens }),
    ...(job.tools && { tools: job.tools.map(tool => ({ type: 'function', strict: false, ...tool })) }),
    ...(job.schema && { text: { format: zodTextFormat(z.fromJSONSchema(job.schema), 'answer') } }),
  };
  if (job.stream) {
    const stream = client.responses.stream(body, { signal });
    stream.on('response.output_text.delta', event => text(event.delta));
    stream.on('response.refusal.delta', event => text(event.delta));
    return { answer: await stream.finalResponse() };
  }

  const answer = await (job.schema ? client.responses.parse(body, { signal }) : client.responses.create(body, { signal }));
  return { answer, requestId: answer._request_id };
}

async function converse(job, text, signal) {
  const client = new OpenAI({ baseURL: job.baseUrl + '/v1', apiKey: job.key });
  const input = job.image ? [{ role: 'user', content: [{ type: 'input_text', text: job.user }, { type: 'input_image', detail: 'auto', image_url: dataUrl(job.image) }] }] : job.user;
  let { answer, requestId } = await ask(client, job, input, text, signal);
  const calls = answer.output.filter(item => item.type === 'function_call');
  if (job.results) {
    const items = [{ role: 'user', content: job.user }, ...answer.output.map(plain), ...calls.map((one, index) => ({ type: 'function_call_output', call_id: one.call_id, output: job.results[index] }))];
    ({ answer, requestId } = await ask(client, job, items, text, signal));
  }

  const said = answer.output.flatMap(item => (item.type === 'message' ? item.content : []));
  return {
    requestId,
    text: answer.output_text,
    refusal: said.find(part => part.type === 'refusal')?.refusal,
    calls: calls.map(one => call(one.name, one.arguments)),
    parsed: answer.output_parsed ?? undefined,
    finish: answer.incomplete_details?.reason ?? answer.status,
    usage: { input: answer.usage.input_tokens, cached: answer.usage.input_tokens_details.cached_tokens, output: answer.usage.output_tokens },
  };
}

serve(VERSION, converse, error => ({ status: error.status, code: error.code, type: error.type, requestId: error.requestID ?? undefined }));
